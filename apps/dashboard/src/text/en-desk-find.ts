import type { Texts } from './texts.js';

export const enDeskFind: Texts['desk']['find'] = {
  open: 'Find an order (/)',
  title: 'Find an order',
  label: 'Number, name, phone …',
  hint: 'Order number, NP transaction id, slip number, name, kana or family name, phone (its last four digits will do), mail address. Widths and hyphens make no difference.',
  results: 'Transactions found',
  searching: 'Searching…',
  found: (count) => (count === 0 ? '' : `Showing ${count}`),
  nothing: 'Nothing found. Type numbers from their beginning, and names as family name or in full.',
  more: (shown) => `(the latest ${shown}; type on to narrow down)`,
  keys: '↑↓ to choose, Enter to open, Esc to close.',
  inquiryTitle: 'NP’s inquiry number (akt…) cannot be searched',
  inquiryHelp:
    'NP tells this number to the buyer directly; shop systems never receive it. Ask the buyer for the order number, name or phone, or look the number up in NP’s console and enter the NP transaction id shown there.',
  kinds: {
    order: 'Order number',
    'np-id': 'NP transaction id',
    slip: 'Slip number',
    phone: 'Phone',
    phone4: 'Last four digits of the phone',
    mail: 'Mail address',
    name: 'Name or kana',
  },
};

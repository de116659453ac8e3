import type { Texts } from './texts.js';

export const enDeskPayment: Texts['desk']['payment'] = {
  title: 'Propose another way to pay',
  lead: 'What the shop offers instead of NP Atobarai: the total without NP’s fee, with the fee of the method (all with tax).',
  np: {
    aliveTitle: 'The transaction at NP is still alive',
    alive:
      'Taking the money in another way now may bill the buyer twice. Cancel at NP first: the draft appears once the end at NP is proven.',
    cancel: 'Cancel at NP first',
    endingTitle: 'Waiting for NP',
    ending: 'NP has not confirmed the cancel yet. The draft appears here once the end at NP is proven.',
    unsureTitle: 'Something may be left at NP',
    unsure:
      'Do not bill in another way before the end at NP is proven. Follow what this page says under “What to do now” and beside it to end the transaction.',
    ended: 'Nothing is alive at NP: billing in another way bills once.',
  },
  byCart:
    'By this shop’s settings the cart changes this order to cash on delivery. Look at the method in the cart before you propose another one.',
  fee: 'NP’s fee within the cart’s total (yen, with tax)',
  feeHelp:
    'This cart does not tell its fee, so it counts as 0 yen. Enter the amount if the shop charges one.',
  table: 'Amounts by method',
  columns: {
    name: 'Method',
    now: 'Total now',
    npFee: 'NP’s fee',
    fee: 'New fee',
    total: 'New total',
  },
  choose: (name) => `Propose ${name}`,
  impossible: 'Not possible',
  obstacles: {
    'nothing-to-pay': 'Without NP’s fee nothing is left to be paid.',
    'no-band': 'The shop has no fee for this amount.',
  },
  overLimit: (limit) => `It is over the limit of ${limit}.`,
  limit: (limit) => `up to ${limit}`,
  none: 'This shop has entered no other methods.',
  noneWhere: 'Enter them in the shop’s settings under “Other methods”',
  noneAsk: 'Ask an operator to enter them in the shop’s settings under “Other methods”.',
  chooseFirst: 'Choose a method: the draft appears, with what to change in the cart.',
  draft: 'Draft to the buyer',
  cartTitle: (cart) => `What to change in ${cart}`,
  cart: {
    method: 'Method',
    fee: 'Fee',
    total: 'Total',
    change: (from, to) => `${from} → ${to}`,
    atOnce:
      'Once the buyer agrees, save method and amounts together: an amount that changes first may start NP’s review again.',
    after: 'When the hub reads the change, the order is out of its hands, and NP does not get it.',
  },
};

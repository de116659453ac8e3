import type { Texts } from './texts.js';

export const enDeskCase: Texts['desk']['case'] = {
  title: 'Assignee and notes',
  isSnoozed: 'Snoozed',
  isDone: 'Done (back in the inbox when something changes)',
  note: 'Note',
  noteHint: 'Stored encrypted; not shown to those who may only look.',
  addNote: 'Add note',
  empty: 'No notes yet.',
  buyer: 'The buyer (by link)',
  kinds: {
    note: 'Note',
    assigned: 'Assignee',
    snoozed: 'Snoozed',
    done: 'Done',
    reopened: 'Open again',
    'link-made': 'Link for the buyer made',
    'link-revoked': 'Link for the buyer revoked',
    'link-used': 'The buyer has corrected',
  },
};

export const enDeskContact: Texts['desk']['contact'] = {
  title: 'Contact the buyer',
  mail: 'Mail draft',
  phone: 'Phone script',
  subject: 'Subject',
  body: 'Text',
  script: 'Script',
  notSent: 'Nothing is sent from here: copy it into your own mail. Buyers are written to in Japanese.',
  linkLead:
    'Make a link by which the buyer puts it right alone: no login, one use. The buyer sees the shop’s name and what stands in the chosen fields now, and nothing else.',
  linkFields: 'Fields to be corrected',
  linkLength: 'Valid for',
  linkHours: { 24: '1 day', 72: '3 days', 168: '7 days' },
  makeLink: 'Make a link',
  madeTitle: 'The link is made',
  madeHelp:
    'The address is shown only now, and stands in the draft. Send it to the buyer alone. A new link ends the one before.',
  address: 'Address of the link',
  revoke: 'Revoke',
  states: { open: 'Open until', used: 'Used', revoked: 'Revoked', expired: 'Expired' },
};

export const enDeskFix: Texts['desk']['fix'] = {
  title: 'Correct your order',
  lead: (shop) => `Please check these details of your order at ${shop}, and put them right.`,
  closed: 'Closed',
  failed: 'Not sent',
  send: 'Send',
  once: (until) => `You can send once. Valid until ${until}`,
  thanks: 'Thank you',
  thanksHelp: 'Your correction has arrived. You can close this page.',
  label: (field, destination) => (destination ? `${field} (delivery)` : field),
  count: (now, limit) => `${now} of ${limit} characters`,
  fields: {
    name: 'Name',
    kana: 'Name in kana',
    postalCode: 'Postal code',
    address: 'Address',
    phone: 'Phone',
    email: 'Mail address',
  },
  hints: {
    name: 'Family name and given name.',
    kana: 'In full-width katakana.',
    postalCode: 'Seven digits.',
    address: 'From the prefecture to block, building and room number, in Japanese.',
    phone: 'A number in Japan, with its area code.',
    email: 'An address that you use now.',
  },
};

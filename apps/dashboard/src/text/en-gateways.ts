import type { jaGateways } from './ja-gateways.js';

export const enGateways: typeof jaGateways = {
  idHint: 'The SBPS transaction id and the tracking id, with a / between them.',
  idFault: 'Give it as transaction id/tracking id.',
  fees: {
    title: 'Expected fees',
    transaction: 'Billing and postage',
    withoutTax: (yen) => `${yen} (without tax), unless it is cancelled on the day of the settlement`,
    reissue: 'Reissue of the invoice',
    free: 'Free',
    surcharge: 'Added from ¥50,000',
    range: (store, post) =>
      `${store} (revenue stamp at a convenience store) or ${post} (Japan Post, tax included)`,
    note: 'Where the buyer will pay is not known beforehand, hence the range. What is charged is on the statement of SBPS.',
  },
  calls: {
    title: 'Notices',
    lead: 'This gateway tells the results of registrations, shipment reports and cancels by notices. Register this address for them.',
    address: 'Address for notices',
    noAddress:
      'The public address of the hub (NP_HUB_PUBLIC_URL) is not set, so no notice can arrive. Until then no result is known.',
    waiting: 'Notices that wait (no known transaction, or a call under way)',
    noneWaiting: 'No notice waits.',
    about: 'About',
    ids: 'Ids of the transaction',
    received: 'Received',
    kinds: {
      credit: 'Result of the credit check',
      report: 'Result of the shipment report (settlement)',
      cancel: 'Result of the cancel',
      lapse: 'Cancelled by itself after its time',
    },
  },
  checkout: {
    title: 'Text for the page where the buyer chooses how to pay',
    lead: 'The page on which NP後払い is chosen has to show the text that NP demands, with the link to the terms. The hub translates none: enter a text in another language once NP has confirmed it.',
    enter: 'Enter a text in another language',
    given: 'the text that NP demands',
    entered: (day) => `entered (confirmed by NP on ${day})`,
    copyText: 'Text',
    copyHtml: 'HTML with the link',
    remove: 'Remove',
    language: 'Language code',
    languageHelp: 'Examples: ja, zh-Hant',
    text: 'Text',
    textHelp: 'Word for word as NP has confirmed it.',
    linked: 'Linked words',
    linkedHelp: 'The words of the text that lead to the terms.',
    confirmedOn: 'Confirmed by NP on',
    save: 'Save',
    failed: 'Not saved',
  },
};

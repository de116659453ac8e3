import type { Texts } from './texts.js';

const some = (count: number): string => (count === 1 ? '1 order' : `${count} orders`);

export const enDeskRepairs: Texts['desk']['repairs'] = {
  nav: 'Bulk repair',
  title: 'Bulk repair',
  lead: 'Orders that are held up by the same thing, put right together. Look at the proposals, then apply: until then nothing changes.',
  notForViewers: 'Not for those who may only look.',
  words: 'Unknown words (give a meaning once, and every order that waits goes on)',
  word: (orders, raw, shop) => `${some(orders)}: “${raw}” (${shop})`,
  pattern: 'What holds them up',
  orders: 'Orders',
  shops: 'Shops',
  empty: 'No orders are held up',
  emptyHelp: 'Orders stopped by the checks or by NP appear here by their reason.',
  back: 'Back to the reasons',
  patternEmpty: 'No orders are held up by this any more',
  patternEmptyHelp: 'Corrected orders go to a new review by themselves.',
  preview: 'Proposals',
  proposed: (proposed, all) =>
    `There is a proposal for ${proposed} of ${some(all)}. Each has been tried against the checks.`,
  now: 'Now',
  after: 'Then',
  noProposal: 'No proposal (type to correct)',
  onThePage: 'Cannot be corrected here. Please open the order.',
  hows: {
    'building-to-department': 'The building goes to the department field',
    shortened: 'The end is cut off (please look at it)',
    'characters-replaced': 'Letters that cannot be sent become their usual form',
    'characters-removed': 'Signs that cannot be sent are removed',
    'phone-zero': 'The missing 0 in front',
    'phone-first': 'Only the first number',
    'postal-zero': 'The missing 0 in front',
    'mail-cleaned': 'Spaces and stray signs are removed',
  },
  apply: (count) => `Correct ${some(count)}`,
  applyHelp: 'The cart’s order stays as it is. Can be taken back until the shipment is reported.',
  sure: 'This will be sent to NP as shown. Go on?',
  progress: (done) => `${some(done)} done`,
  applied: (done, failed) =>
    failed === 0 ? `${some(done)} corrected` : `${some(done)} corrected, ${failed} not possible`,
  undo: (count) => `Take back ${some(count)}`,
  undone: (done, failed) =>
    failed === 0 ? `${some(done)} taken back` : `${some(done)} taken back, ${failed} not possible`,
  corrected: 'Corrected',
  takenBack: 'Taken back',
};

import { type CartAdapter, notSent } from '@np-hub/kit';
import { type WordKey, wordKeys } from '@np-hub/model';
import { type Check, demand, demandNone } from './check.js';

/** A dead or unborn attempt: nothing was ever sent for it, or its last word already forbids shipping. */
const beforeAnyWord: readonly WordKey[] = ['received'];

/**
 * Situations in which the gate cannot be `ship` although the last word may have permitted it (model.md,
 * properties 4 and 5). The situations after a shipment are not among them: the goods have gone.
 */
const closedAfterApproval: readonly WordKey[] = [
  'blocked',
  'registering-queued',
  'registering-sent',
  'reviewing',
  'held',
  'rejected',
  'amending-queued',
  'amending-sent',
  'amendment-failed',
  'cancelling',
  'cancel-failed',
  'cancelled',
  'lapsed',
  'released',
];

const where = 'src/data/words.ts:';

function checkTexts<Settings>({ words }: CartAdapter<Settings>): void {
  expect(Object.keys(words).sort()).toEqual([...wordKeys].sort());
  demandNone(
    wordKeys.filter(
      (key) => words[key] !== notSent && (words[key] === '' || words[key].trim() !== words[key]),
    ),
    `${where} write the cart's own word for each of these situations, without spaces around it, or \`notSent\` where it has none:`,
  );
}

function checkShipping<Settings>({ words, shippingWords }: CartAdapter<Settings>): void {
  demand(
    shippingWords.some((word) => word === words.approved),
    `${where} shippingWords has to hold the word of \`approved\`: on it the staff ship.`,
  );
  const sent = Object.values<unknown>(words);
  demandNone(
    shippingWords.filter((word) => !sent.includes(word)),
    `${where} shippingWords names words that are never sent:`,
  );
}

function checkClosed<Settings>({ words, shippingWords }: CartAdapter<Settings>): void {
  demandNone(
    closedAfterApproval.filter((key) => words[key] === notSent),
    `${where} after an approval the cart would go on showing it. These need a word that holds the goods back:`,
  );
  demandNone(
    [...closedAfterApproval, ...beforeAnyWord].filter((key) =>
      shippingWords.some((word) => word === words[key]),
    ),
    `${where} in these situations the goods must not go, but their word is one of shippingWords:`,
  );
}

/** The cart's words for what happens at NP. */
export const wordChecks = <Settings>(adapter: CartAdapter<Settings>): Check[] => [
  { name: 'words: one, or notSent, for every situation', run: () => checkTexts(adapter) },
  {
    name: 'words: the staff ship on the approval, and on no word that is never sent',
    run: () => checkShipping(adapter),
  },
  { name: 'words: nothing unapproved says that the goods may go', run: () => checkClosed(adapter) },
  {
    name: 'words: an order that is open for editing is not shipped',
    run: () =>
      demand(
        adapter.editOpenWord === null || !adapter.shippingWords.includes(adapter.editOpenWord),
        `${where} editOpenWord is one of shippingWords.`,
      ),
  },
];

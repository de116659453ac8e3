import { type CartAdapter, notSent } from '@np-hub/kit';
import { type WordKey, wordKeys } from '@np-hub/model';

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

export function describeWords<Settings>(adapter: CartAdapter<Settings>): void {
  const { words, shippingWords, editOpenWord } = adapter;
  describe('words', () => {
    it('has a word or notSent for every situation, and nothing else', () => {
      expect(Object.keys(words).sort()).toEqual([...wordKeys].sort());
    });

    it.each(wordKeys)('%s: the word is a text, or notSent', (key) => {
      const word = words[key];
      expect(word === notSent || (typeof word === 'string' && word.trim() === word && word !== '')).toBe(
        true,
      );
    });

    it('lets the staff ship on the approval, and names no shipping word that is never sent', () => {
      expect(shippingWords).toContain(words.approved);
      shippingWords.forEach((word) => expect(Object.values(words)).toContain(word));
    });

    it.each(closedAfterApproval)('%s: says something, and never that the goods may go', (key) => {
      expect(typeof words[key]).toBe('string');
      expect(shippingWords).not.toContain(words[key]);
    });

    it.each(beforeAnyWord)('%s: never says that the goods may go', (key) => {
      expect(shippingWords).not.toContain(words[key]);
    });

    it('does not ship an order that is open for editing', () => {
      expect(shippingWords).not.toContain(editOpenWord);
    });
  });
}

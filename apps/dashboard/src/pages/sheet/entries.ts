import type { TransactionView } from '@np-hub/model';
import { entryOf } from '../../words.js';

/**
 * The events that say something to a buyer, the oldest first, each once in a row. Calls, codes, refusals of ours and
 * doubts are the shop's own affair.
 */
export function sheetEntries(
  { timeline }: Pick<TransactionView, 'timeline'>,
  sentences: Readonly<Record<string, string>>,
): readonly { readonly id: string; readonly at: string; readonly sentence: string }[] {
  // The timeline has the newest first, also of several at one moment.
  const told = [...timeline]
    .reverse()
    .filter(({ kind, outcome }) => kind === 'event' && outcome === null)
    .flatMap(({ id, at, name }) => {
      const sentence = entryOf(sentences, name);
      return sentence === null ? [] : [{ id, at, sentence }];
    });
  return told.filter(({ sentence }, index) => sentence !== told[index - 1]?.sentence);
}

import { aboutFields } from '@np-hub/kit';
import { type WordKey, wordKeys } from '@np-hub/model';
import { z } from 'zod';
import { fieldTexts } from './data/texts.js';
import { shippingKeys, words } from './data/words.js';

const about = aboutFields(fieldTexts);

const ownWord = z.string().trim().min(1).max(100);

/** True where no word lets goods go in one state and holds them back in another. */
function isClear(own: Readonly<Partial<Record<WordKey, string>>>): boolean {
  const wordOf = (key: WordKey) => own[key] ?? words[key];
  const shipping = new Set(shippingKeys.map(wordOf));
  return wordKeys.every((key) => shippingKeys.includes(key) || !shipping.has(wordOf(key)));
}

export const settingsSchema = z.object({
  settlementType: z.enum(['02', '03']).default('02').meta(about('settlementType')),
  words: z
    .partialRecord(z.enum(wordKeys), ownWord)
    .default({})
    .refine(
      isClear,
      '出荷してよい状態と、そうでない状態に同じ言葉が使われています。 / One word stands both for a state in which the goods may go and for one in which they may not.',
    )
    .meta(about('words')),
});
export type AnySystemSettings = z.output<typeof settingsSchema>;

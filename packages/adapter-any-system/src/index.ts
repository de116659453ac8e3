import { defineAdapter } from '@np-hub/kit';
import { shippingKeys, words } from './data/words.js';
import { readOrder } from './read.js';
import { type AnySystemSettings, settingsSchema } from './settings.js';

/**
 * Any system without an adapter of its own: it sends orders, shipments and cancellations to the hub's API, and
 * follows the feed of changes or takes webhooks. Nothing is pulled, and nothing is pushed.
 */
export const anySystem = defineAdapter<AnySystemSettings>({
  id: 'any-system',
  label: { ja: 'その他のシステム（API）', en: 'Any other system (API)' },
  settings: settingsSchema,
  words,
  ownWords: (settings) => settings.words,
  shippingWords: shippingKeys.flatMap((key) => {
    const word = words[key];
    return typeof word === 'string' ? [word] : [];
  }),
  editOpenWord: null,
  readOrder,
});

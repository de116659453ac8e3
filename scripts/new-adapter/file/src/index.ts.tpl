import { defineAdapter } from '@np-hub/kit';
import { shippingWords, words } from './data/words.js';
import { readOrder } from './read.js';
import { type __PASCAL__Settings, settingsSchema } from './settings.js';
import { file } from './wire.js';

/** FILL_IN: one sentence on the cart, and on how orders come and results go. */
export const __CAMEL__Adapter = defineAdapter<__PASCAL__Settings>({
  id: '__NAME__',
  label: { ja: 'FILL_IN', en: 'FILL_IN' },
  settings: settingsSchema,
  words,
  shippingWords,
  editOpenWord: null,
  readOrder,
  file,
});

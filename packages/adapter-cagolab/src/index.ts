import { defineAdapter } from '@np-hub/kit';
import { buttons, reminders, shippingWords, words } from './data/words.js';
import { readOrder } from './read.js';
import { type CagolabSettings, settingsSchema } from './settings.js';
import { file } from './wire.js';

/** カゴラボ (EC-CUBE 2.13): 受注CSV and 配送先商品CSV come in, a file with NP's words goes out. It has no API. */
export const cagolab = defineAdapter<CagolabSettings>({
  id: 'cagolab',
  label: { ja: 'カゴラボ', en: 'カゴラボ (Cagolab)' },
  settings: settingsSchema,
  words,
  shippingWords,
  editOpenWord: null,
  readOrder,
  file,
  buttons,
  reminders,
});

import { defineAdapter } from '@np-hub/kit';
import { buttons, reminders } from './data/buttons.js';
import { defaultPolicies } from './data/policies.js';
import { shippingWords, words } from './data/words.js';
import { readOrder } from './read.js';
import { type GoqSettings, settingsSchema } from './settings.js';
import { file } from './wire.js';

/**
 * GoQSystem (ごくーシステム): orders of several malls and slip numbers by file, results back by file. A person starts the
 * credit check and the report (与信を実行, 伝票番号同期), unless the shop's rules say otherwise.
 */
export const goqsystem = defineAdapter<GoqSettings>({
  id: 'goqsystem',
  label: { ja: 'GoQSystem', en: 'GoQSystem' },
  settings: settingsSchema,
  words,
  shippingWords,
  editOpenWord: null,
  readOrder,
  file,
  buttons,
  reminders,
  defaultPolicies,
});

import { defineAdapter } from '@np-hub/kit';
import { buttons, reminders } from './data/buttons.js';
import { resultHeader } from './data/results.js';
import { shippingWords, words } from './data/words.js';
import { readOrder } from './read.js';
import { type GoqSettings, settingsSchema } from './settings.js';
import { layouts, madeAtOf, resultFileName, resultRow } from './wire.js';

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
  file: {
    layouts,
    results: { encoding: 'cp932', fileName: resultFileName, header: resultHeader, row: resultRow },
    madeAtOf,
  },
  buttons,
  reminders,
  // 伝票番号同期 appears with the first slip number (seed: [2個口] has one button), so parcels do not wait for each other.
  defaultPolicies: {
    creditTiming: 'by-hand',
    reportTrigger: 'by-hand',
    splitShipments: 'first',
    feeMode: 'keep',
  },
});

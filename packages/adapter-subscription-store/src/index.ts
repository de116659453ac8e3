import { type ConnectionCheck, type PushResult, type StatusUpdate, checkBy } from '@np-hub/kit';
import { defineAdapter, everyPage, pushInBatches } from '@np-hub/kit';
import { type StoreIo, errorText, openSession } from './client.js';
import { maximumWriteSize } from './data/protocol.js';
import { reminders } from './data/reminders.js';
import { checkTexts } from './data/texts.js';
import { shippingWords, words } from './data/words.js';
import { file } from './files.js';
import { readOrder } from './read.js';
import { type Settings, settingsSchema } from './settings.js';
import { type Window, ordersAnswer, ordersQuery, statusAnswer, statusBody } from './wire.js';

/** サブスクストア (Temona): orders and results by file; by its API only where the shop has switched that on. */
export const subscriptionStore = defineAdapter<Settings>({
  id: 'subscription-store',
  label: { ja: 'サブスクストア', en: 'Subscription Store' },
  settings: settingsSchema,
  words,
  shippingWords,
  editOpenWord: null,
  readOrder,
  file,
  pull: { enabled: (settings) => settings.apiEnabled, fetchOrders, checkConnection },
  push: { enabled: (settings) => settings.apiEnabled, pushStatus },
  instructions: ['change-to-cod', 'stop-course'],
  reminders,
  defaultPolicies: { creditTiming: 'before-shipment', creditDaysBefore: 3, onRejected: 'hold-shipment' },
});

/** Reads one page of a window, under one token. */
function pages(io: StoreIo, window: Window, size: number) {
  const call = openSession(io);
  const path = (page: number) => `${io.settings.apiPaths.orders}?${ordersQuery(window, page, size)}`;
  return (page: number) => call({ method: 'GET', path: path(page) }, ordersAnswer);
}

/** Every page of the window; nothing while the API is off. */
async function* fetchOrders(io: StoreIo, window: Window): AsyncGenerator<readonly unknown[]> {
  if (io.settings.apiEnabled) yield* everyPage('subscription-store', pages(io, window, io.settings.pageSize));
}

/** Asks for one order of the last hour. While the API is off there is nothing to ask, and it says so. */
async function checkConnection(io: StoreIo): Promise<ConnectionCheck> {
  if (!io.settings.apiEnabled) return { kind: 'ok', message: checkTexts.off };
  const to = io.clock.now();
  const lastHour = { from: new Date(to.getTime() - 3_600_000), to };
  return checkBy(() => pages(io, lastHour, 1)(1), checkTexts);
}

async function pushStatus(io: StoreIo, updates: readonly StatusUpdate[]): Promise<readonly PushResult[]> {
  const { settings } = io;
  const call = openSession(io);
  return pushInBatches(updates, maximumWriteSize, async (batch) => {
    const json = statusBody(batch, settings);
    const { results } = await call({ method: 'POST', path: settings.apiPaths.statuses, json }, statusAnswer);
    const byNumber = new Map(results.map((result) => [result.uid, result]));
    return batch.map(({ orderNumber }): PushResult => {
      const result = byNumber.get(orderNumber);
      if (!result) return { kind: 'failed', message: 'subscription-store: no result for this order' };
      if (result.success) return { kind: 'done' };
      return { kind: 'refused', message: errorText(result.errors, settings) };
    });
  });
}

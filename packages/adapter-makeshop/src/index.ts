import { type ConnectionCheck, type PushResult, type StatusUpdate, checkBy } from '@np-hub/kit';
import { defineAdapter, everyPage, pushInBatches } from '@np-hub/kit';
import { type MakeshopIo, call, safeText } from './client.js';
import { maximumMutationSize } from './data/protocol.js';
import { checkTexts } from './data/texts.js';
import { editOpenWord, reminders, shippingWords, words } from './data/words.js';
import { readOrder } from './read.js';
import { type MakeshopSettings, settingsSchema } from './settings.js';
import { readWebhook } from './webhook.js';
import { searchAnswer, searchQuery, statusAnswer, statusMutation } from './wire.js';

type Window = Readonly<Record<'from' | 'to', Date>>;

/** makeshop (GMOメイクショップ): orders by GraphQL, notices as hints, payment statuses written back where the shop allows it. */
export const makeshop = defineAdapter<MakeshopSettings>({
  id: 'makeshop',
  label: { ja: 'makeshop', en: 'makeshop' },
  settings: settingsSchema,
  words,
  shippingWords,
  editOpenWord,
  reminders,
  readOrder,
  pull: { fetchOrders, checkConnection },
  webhook: { read: readWebhook },
  push: {
    enabled: (settings) => settings.writeBack,
    pushStatus: (io, updates) => pushInBatches(updates, maximumMutationSize, (batch) => pushBatch(io, batch)),
  },
});

/** Observed in every client: `YYYYMMDDHHmmss`, Japan time. */
const wireTime = (at: Date): string =>
  new Date(at.getTime() + 9 * 3_600_000).toISOString().replaceAll(/\D/g, '').slice(0, 14);

async function search(io: MakeshopIo, { from, to }: Window, paging: { page: number; limit: number }) {
  const input = { startOrderDate: wireTime(from), endOrderDate: wireTime(to), sortOrder: 'ASC', ...paging };
  const { searchOrder } = await call(io, searchQuery(io.settings.fieldNames), input, searchAnswer);
  return { total: searchOrder.searchedCount, orders: searchOrder.orders };
}

function fetchOrders(io: MakeshopIo, window: Window): AsyncIterable<readonly unknown[]> {
  return everyPage('makeshop', (page) => search(io, window, { page, limit: io.settings.pageSize }));
}

/** Asks for one order of the last hour: by the whole query, so that a wrong field name shows here. */
function checkConnection(io: MakeshopIo): Promise<ConnectionCheck> {
  const to = io.clock.now();
  const lastHour = { from: new Date(to.getTime() - 3_600_000), to };
  return checkBy(() => search(io, lastHour, { page: 1, limit: 1 }), checkTexts);
}

async function pushBatch(io: MakeshopIo, batch: readonly StatusUpdate[]): Promise<PushResult[]> {
  const codes = io.settings.paymentStatusCodes;
  const requests = batch.map(({ orderNumber, word }) => ({
    displayOrderNumber: orderNumber,
    paymentStatus: Object.keys(codes).find((code) => codes[code] === word) ?? word,
  }));
  const answer = await call(io, statusMutation, { updateOrderPaymentStatusRequests: requests }, statusAnswer);
  const results = answer.updateOrderPaymentStatus.updateOrderPaymentStatusResults;
  const messages = new Map(results.map(({ displayOrderNumber, message }) => [displayOrderNumber, message]));
  return batch.map(({ orderNumber }): PushResult => {
    const message = messages.get(orderNumber);
    if (message === null) return { kind: 'done' };
    if (message === undefined) return { kind: 'failed', message: 'makeshop: no result for this order' };
    return { kind: 'refused', message: safeText(message, io.settings) };
  });
}

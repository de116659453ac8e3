import type { ConnectionCheck, PushResult, StatusUpdate } from '@np-hub/kit';
import { IoError, defineAdapter } from '@np-hub/kit';
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
  push: { enabled: (settings) => settings.writeBack, pushStatus },
});

/** Observed in every client: `YYYYMMDDHHmmss`, Japan time. */
const wireTime = (at: Date): string =>
  new Date(at.getTime() + 9 * 3_600_000).toISOString().replaceAll(/\D/g, '').slice(0, 14);

async function search(io: MakeshopIo, { from, to }: Window, paging: { page: number; limit: number }) {
  const input = { startOrderDate: wireTime(from), endOrderDate: wireTime(to), sortOrder: 'ASC', ...paging };
  return (await call(io, searchQuery(io.settings.fieldNames), input, searchAnswer)).searchOrder;
}

/**
 * Every page of the window. Answers that repeat themselves, or that end before their own count, are `malformed`:
 * the run is tried again rather than taken for whole.
 */
async function* fetchOrders(io: MakeshopIo, window: Window): AsyncGenerator<readonly unknown[]> {
  let last = '[]';
  for (let page = 1, count = 0; ; page += 1) {
    const { searchedCount, orders } = await search(io, window, { page, limit: io.settings.pageSize });
    count += orders.length;
    const repeated = JSON.stringify(orders) === last;
    if (!repeated) yield orders;
    if (count >= searchedCount) return;
    if (repeated) {
      const message = `makeshop: fewer orders than the ${searchedCount} it counts`;
      throw new IoError('malformed', message, { applied: 'no' });
    }
    last = JSON.stringify(orders);
  }
}

/** Asks for one order of the last hour: by the whole query, so that a wrong field name shows here. */
async function checkConnection(io: MakeshopIo): Promise<ConnectionCheck> {
  const to = io.clock.now();
  try {
    await search(io, { from: new Date(to.getTime() - 3_600_000), to }, { page: 1, limit: 1 });
    return { kind: 'ok', message: checkTexts.ok };
  } catch (error) {
    if (!(error instanceof IoError)) throw error;
    return { kind: 'failed', error: `${error.kind}: ${error.message}`, message: checkTexts[error.kind] };
  }
}

/** In batches; once one went through, a failure of a later one fails only the rest, so that no result is lost. */
async function pushStatus(io: MakeshopIo, updates: readonly StatusUpdate[]): Promise<readonly PushResult[]> {
  const results: PushResult[] = [];
  for (let start = 0; start < updates.length; start += maximumMutationSize) {
    const batch = updates.slice(start, start + maximumMutationSize);
    try {
      results.push(...(await pushBatch(io, batch)));
    } catch (error) {
      if (!(error instanceof IoError) || start === 0) throw error;
      const failed: PushResult = { kind: 'failed', message: error.message };
      return [...results, ...updates.slice(start).map(() => failed)];
    }
  }
  return results;
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

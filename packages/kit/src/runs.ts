import type { ConnectionCheck, PushResult } from './adapter.js';
import { IoError, type IoErrorKind } from './errors.js';
import type { StatusUpdate } from './file.js';
import type { LocalText } from './texts.js';

/** One page of orders, and how many there are on all pages together. */
interface OrderPage {
  readonly total: number;
  readonly orders: readonly unknown[];
}

/**
 * Every page, from 1. Answers that repeat themselves, or that end before their own count, are `malformed`: the run is
 * tried again rather than taken for whole. `cart` names the cart in that error.
 */
export async function* everyPage(
  cart: string,
  read: (page: number) => Promise<OrderPage>,
): AsyncGenerator<readonly unknown[]> {
  let last = '[]';
  for (let page = 1, count = 0; ; page += 1) {
    const { total, orders } = await read(page);
    count += orders.length;
    const repeated = JSON.stringify(orders) === last;
    if (!repeated) yield orders;
    if (count >= total) return;
    if (repeated) {
      throw new IoError('malformed', `${cart}: fewer orders than the ${total} it counts`, { applied: 'no' });
    }
    last = JSON.stringify(orders);
  }
}

/** Pushes in batches; once one went through, a failure of a later one fails only the rest, so that no result is lost. */
export async function pushInBatches(
  updates: readonly StatusUpdate[],
  size: number,
  push: (batch: readonly StatusUpdate[]) => Promise<readonly PushResult[]>,
): Promise<readonly PushResult[]> {
  const results: PushResult[] = [];
  for (let start = 0; start < updates.length; start += size) {
    try {
      results.push(...(await push(updates.slice(start, start + size))));
    } catch (error) {
      if (!(error instanceof IoError) || start === 0) throw error;
      const failed: PushResult = { kind: 'failed', message: error.message };
      return [...results, ...updates.slice(start).map(() => failed)];
    }
  }
  return results;
}

/** Whether `ask`, a call that changes nothing, goes through: what to say then, and for each way in which it fails. */
export async function checkBy(
  ask: () => Promise<unknown>,
  texts: Readonly<Record<IoErrorKind | 'ok', LocalText>>,
): Promise<ConnectionCheck> {
  try {
    await ask();
    return { kind: 'ok', message: texts.ok };
  } catch (error) {
    if (!(error instanceof IoError)) throw error;
    return { kind: 'failed', error: `${error.kind}: ${error.message}`, message: texts[error.kind] };
  }
}

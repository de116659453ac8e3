import { setTimeout as sleep } from 'node:timers/promises';

const pausesMs = [100, 500, 2_000];

/**
 * Does a piece of database work again while it fails (a deadlock, a server that restarts): for what may not be
 * thrown away, such as an answer of NP's. The work has to be one transaction. Throws the last failure.
 */
export async function persistently<T>(work: () => Promise<T>): Promise<T> {
  for (const pauseMs of pausesMs) {
    try {
      return await work();
    } catch {
      await sleep(pauseMs);
    }
  }
  return work();
}

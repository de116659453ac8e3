import type { IncomingMessage } from 'node:http';
import { problemOf } from '../http/problem.js';
import { largestFileBytes, tooLarge } from './chunks.js';

/** A sender that says nothing for so long has gone. */
const silenceMs = 60_000;

/**
 * The raw body of a request as it arrives. Throws 413 where it announces more than is allowed, 408 where it stalls or
 * breaks off. The connection stays usable for the answer.
 */
export async function* bodyOf(request: IncomingMessage): AsyncGenerator<Uint8Array> {
  if (Number(request.headers['content-length'] ?? 0) > largestFileBytes) throw tooLarge();
  const timer = setTimeout(() => request.destroy(), silenceMs);
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      timer.refresh();
      yield chunk as Uint8Array;
    }
  } catch {
    throw problemOf(408);
  } finally {
    clearTimeout(timer);
  }
  if (!request.complete) throw problemOf(408);
}

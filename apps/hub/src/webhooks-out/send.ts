import { lookup as resolve, type LookupAddress } from 'node:dns';
import * as http from 'node:http';
import * as https from 'node:https';
import type { LookupFunction } from 'node:net';
import { isPublicAddress, literalAddress } from './addresses.js';

/** All of a call: name, connection, answer. */
const timeoutMs = 10_000;
const keptCharacters = 200;
const readBytes = 4_096;

/** How a call ended. Only `done` (any 2xx) counts as delivered. */
export type SendOutcome = 'done' | 'refused' | 'redirected' | 'timeout' | 'unreachable' | 'private-address';

export interface Sent {
  readonly outcome: SendOutcome;
  readonly status: number | null;
  /** The beginning of the answer. */
  readonly answer: string | null;
  /** As the receiver asks (`Retry-After` in seconds). */
  readonly retryAfterMs: number | null;
}

export interface Message {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

class PrivateAddress extends Error {}

/** Looks a name up, and refuses it where any of its addresses is not public: the connection goes to these very ones. */
const publicLookup: LookupFunction = (hostname, options, callback) => {
  resolve(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    const [first] = addresses ?? [];
    if (error) return callback(error, '', 0);
    if (!first || !addresses.every(({ address }) => isPublicAddress(address)))
      return callback(new PrivateAddress(), '', 0);
    return options.all ? callback(null, addresses) : callback(null, first.address, first.family);
  });
};

/** Sends one message, follows nothing, and never throws. `allowPrivate` lets it go to any address. */
export async function send(message: Message, allowPrivate: boolean): Promise<Sent> {
  const url = new URL(message.url);
  const literal = literalAddress(url);
  if (literal && !allowPrivate && !isPublicAddress(literal)) return failed('private-address');
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await answerTo(url, message, { signal, allowPrivate });
    const status = response.statusCode ?? 0;
    const answer = await beginningOf(response);
    return { outcome: outcomeOf(status), status, answer, retryAfterMs: retryAfterOf(response) };
  } catch (error) {
    if (signal.aborted) return failed('timeout');
    return failed(error instanceof PrivateAddress ? 'private-address' : 'unreachable');
  }
}

function answerTo(
  url: URL,
  { headers, body }: Message,
  { signal, allowPrivate }: { readonly signal: AbortSignal; readonly allowPrivate: boolean },
): Promise<http.IncomingMessage> {
  const request = url.protocol === 'https:' ? https.request : http.request;
  return new Promise((answered, broken) => {
    const call = request(url, {
      method: 'POST',
      // A connection of its own: one that is kept open was looked up by somebody else.
      agent: false,
      signal,
      headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
      ...(allowPrivate ? {} : { lookup: publicLookup }),
    });
    call.on('response', answered);
    call.on('error', broken);
    call.end(body);
  });
}

/** The status has decided: however the body ends, what came of it is enough. */
async function beginningOf(response: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes >= readBytes) break;
    }
  } catch {
    // Cut off: the beginning is kept.
  }
  response.destroy();
  const text = Buffer.concat(chunks).toString('utf8').replaceAll('\u0000', '');
  return [...text].slice(0, keptCharacters).join('');
}

function outcomeOf(status: number): SendOutcome {
  if (status >= 200 && status < 300) return 'done';
  return status >= 300 && status < 400 ? 'redirected' : 'refused';
}

function retryAfterOf(response: http.IncomingMessage): number | null {
  const seconds = Number(response.headers['retry-after']);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : null;
}

const failed = (outcome: SendOutcome): Sent => ({ outcome, status: null, answer: null, retryAfterMs: null });

import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '@np-hub/model';
import { Agent } from 'undici';
import { IoError } from './errors.js';
import { exchange, ExchangeFailure } from './http-exchange.js';
import { type RateLimit, takeTurn } from './http-pacing.js';
import type { HttpClient, HttpRequest, HttpResponse } from './http-message.js';
import { retryAfterMs } from './http-status.js';
import { keepable, mayBeUnkeepable } from './keepable.js';

/** One line of the call log. By construction it has no place for headers, bodies or query values. */
export interface HttpLogEntry {
  readonly method: HttpRequest['method'];
  /** Host and path. */
  readonly target: string;
  /** Null where no whole answer came. */
  readonly status: number | null;
  readonly durationMs: number;
  readonly failure: ExchangeFailure['reason'] | null;
}

export interface HttpClientOptions {
  readonly clock: Clock;
  readonly log: (entry: HttpLogEntry) => void;
  readonly rateLimit?: RateLimit;
  /** Hosts that may be called (`host` or `host:port`); all where it is absent. */
  readonly allowedHosts?: (host: string) => boolean;
  /** From 0 up to 1, for the jitter of retries. */
  readonly random?: () => number;
}

const defaultTimeoutMs = 30_000;
const maxAnswerBytes = 32 * 1024 * 1024;
const firstBackoffMs = 200;
const longestBackoffMs = 5_000;

/**
 * One pool for the process, so that every client of a host shares its connections. The deadline is ours;
 * undici's own per-phase timeouts are off. Idle connections go early, before the other side drops them: a
 * write into a dropped connection is a lost answer.
 */
const pool = new Agent({
  connections: 128,
  keepAliveTimeout: 2_000,
  keepAliveMaxTimeout: 10_000,
  headersTimeout: 0,
  bodyTimeout: 0,
});

interface Attempt {
  readonly request: HttpRequest;
  readonly url: URL;
  readonly timeoutMs: number;
}

/**
 * Makes the client of one credential. Time for the deadline and the pacing is monotonic; `clock` reads
 * dates in answers.
 */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  return { send: (request) => sendWithin(options, request) };
}

async function sendWithin(options: HttpClientOptions, request: HttpRequest): Promise<HttpResponse> {
  const url = allowedUrl(options, request);
  const endsAt = performance.now() + (request.timeoutMs ?? defaultTimeoutMs);
  let anyLeft = false;
  for (let retriesLeft = request.safeRetries ?? 0; ; retriesLeft -= 1) {
    await waitForTurn(options, url, endsAt, anyLeft);
    // Each try gets an even share of what is left, so that a hanging one leaves time for the next.
    const timeoutMs = Math.max(1, (endsAt - performance.now()) / (retriesLeft + 1));
    const outcome = await attempt(options, { request, url, timeoutMs });
    if (outcome instanceof ExchangeFailure) anyLeft ||= outcome.left;
    else anyLeft = true;
    const waitMs = retriesLeft > 0 ? pauseBeforeRetry(options, request, outcome, retriesLeft) : null;
    if (waitMs === null || performance.now() + waitMs >= endsAt) return answerOrThrow(outcome, url, anyLeft);
    await sleep(waitMs);
  }
}

function allowedUrl(options: HttpClientOptions, request: HttpRequest): URL {
  const url = URL.canParse(request.url) ? new URL(request.url) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw new IoError('rejected', 'The address is not an HTTP address.', { applied: 'no' });
  }
  if (options.allowedHosts?.(url.host) === false) {
    throw new IoError('rejected', `Calls to ${url.host} are not allowed.`, { applied: 'no' });
  }
  return url;
}

async function waitForTurn(
  options: HttpClientOptions,
  url: URL,
  endsAt: number,
  anyLeft: boolean,
): Promise<void> {
  if (options.rateLimit === undefined) return;
  const waitMs = takeTurn(options.rateLimit, endsAt - performance.now());
  if (waitMs === null) {
    const applied = anyLeft ? 'unknown' : 'no';
    throw new IoError('throttled', `${url.host}: our own rate limit leaves no turn before the deadline.`, {
      applied,
    });
  }
  if (waitMs > 0) await sleep(waitMs);
}

async function attempt(
  options: HttpClientOptions,
  { request, url, timeoutMs }: Attempt,
): Promise<HttpResponse | ExchangeFailure> {
  const startedAt = performance.now();
  const body = bodyOf(request);
  const headers = {
    accept: request.body === undefined ? 'application/json' : request.body.type,
    ...(body === null ? {} : { 'content-type': request.body?.type ?? 'application/json; charset=utf-8' }),
    ...request.headers,
  };
  const log = (status: number | null, failure: HttpLogEntry['failure']) =>
    options.log({
      method: request.method,
      target: `${url.host}${url.pathname}`,
      status,
      durationMs: Math.round(performance.now() - startedAt),
      failure,
    });
  try {
    const answer = await exchange(pool, {
      url,
      method: request.method,
      headers,
      body,
      timeoutMs,
      maxAnswerBytes,
    });
    log(answer.status, null);
    return { status: answer.status, headers: answer.headers, json: parsed(answer.body), bytes: answer.body };
  } catch (error) {
    if (!(error instanceof ExchangeFailure)) throw error;
    log(null, error.reason);
    return error;
  }
}

function bodyOf({ json, body }: HttpRequest): string | Buffer | null {
  if (body !== undefined) return body.bytes;
  return json === undefined ? null : JSON.stringify(json);
}

function parsed(body: Buffer): unknown {
  try {
    const text = body.toString('utf8').replace(/^\uFEFF/, '');
    return mayBeUnkeepable(text) ? JSON.parse(text, withKeepable) : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** One order that cannot be kept would fail all that come with it. */
const withKeepable = (_key: string, value: unknown): unknown =>
  typeof value === 'string' ? keepable(value) : value;

/** Milliseconds to wait before the next try, or null where another try would not help. */
function pauseBeforeRetry(
  options: HttpClientOptions,
  request: HttpRequest,
  outcome: HttpResponse | ExchangeFailure,
  retriesLeft: number,
): number | null {
  const round = (request.safeRetries ?? 0) - retriesLeft;
  const ceilingMs = Math.min(longestBackoffMs, firstBackoffMs * 2 ** round);
  const jitteredMs = ceilingMs / 2 + (ceilingMs / 2) * (options.random ?? Math.random)();
  if (outcome instanceof ExchangeFailure) {
    return outcome.reason === 'timeout' || outcome.reason === 'connection' ? jitteredMs : null;
  }
  const askedMs = retryAfterMs(outcome.headers, options.clock);
  if (outcome.status === 429) return askedMs === undefined ? null : Math.max(askedMs, jitteredMs);
  return outcome.status >= 500 ? Math.max(askedMs ?? 0, jitteredMs) : null;
}

const failureTexts: Record<ExchangeFailure['reason'], string> = {
  timeout: 'no answer in time',
  connection: 'the connection failed',
  'answer-too-large': `the answer is larger than ${maxAnswerBytes} bytes`,
  'not-http': 'the answer is not HTTP',
};

function answerOrThrow(outcome: HttpResponse | ExchangeFailure, url: URL, anyLeft: boolean): HttpResponse {
  if (!(outcome instanceof ExchangeFailure)) return outcome;
  const kind = outcome.reason === 'timeout' || outcome.reason === 'connection' ? 'unavailable' : 'malformed';
  throw new IoError(kind, `${url.host}: ${failureTexts[outcome.reason]}.`, {
    applied: anyLeft ? 'unknown' : 'no',
    cause: outcome.cause,
  });
}

import type { Dispatcher } from 'undici';

/** One request as undici takes it, and the bounds of its answer. */
interface Exchange {
  readonly url: URL;
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly headers: Record<string, string>;
  readonly body: string | Buffer | null;
  readonly timeoutMs: number;
  readonly maxAnswerBytes: number;
}

interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Why there is no whole answer. `left` is false only where not one byte of the request went out. */
export class ExchangeFailure extends Error {
  override readonly name = 'ExchangeFailure';

  constructor(
    readonly reason: 'timeout' | 'connection' | 'answer-too-large' | 'not-http',
    readonly left: boolean,
    cause?: unknown,
  ) {
    super(reason, { cause });
  }
}

/** Header names come lower-cased; a header given several times is joined as HTTP allows. */
function flatHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}

/** undici's name for "the other side does not speak HTTP"; the class differs between copies of undici. */
function reasonOf(error: unknown): ExchangeFailure['reason'] {
  return error instanceof Error && error.name === 'HTTPParserError' ? 'not-http' : 'connection';
}

/**
 * Sends once and reads the whole answer. The handler is ours, and not undici's `request`, because only
 * `onRequestStart` tells reliably whether the request had a connection yet: it is called right before the
 * first byte is written, after name resolution, connect and TLS. Throws `ExchangeFailure`.
 */
export function exchange(dispatcher: Dispatcher, request: Exchange): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    let controller: Dispatcher.DispatchController | null = null;
    let failure: ExchangeFailure | null = null;
    let status = 0;
    let headers: Record<string, string> = {};
    let receivedBytes = 0;
    const chunks: Buffer[] = [];

    const fail = (reason: ExchangeFailure['reason'], cause?: unknown) => {
      if (failure !== null) return;
      clearTimeout(timer);
      failure = new ExchangeFailure(reason, controller !== null, cause);
      controller?.abort(failure);
      reject(failure);
    };
    const timer = setTimeout(() => fail('timeout'), request.timeoutMs);

    dispatcher.dispatch(
      {
        origin: request.url.origin,
        path: `${request.url.pathname}${request.url.search}`,
        method: request.method,
        headers: request.headers,
        body: request.body,
      },
      {
        onRequestStart(started) {
          if (failure !== null) started.abort(failure);
          else controller = started;
        },
        onResponseStart(_controller, statusCode, answerHeaders) {
          status = statusCode;
          headers = flatHeaders(answerHeaders);
        },
        onResponseData(_controller, chunk) {
          receivedBytes += chunk.length;
          if (receivedBytes > request.maxAnswerBytes) fail('answer-too-large');
          else chunks.push(chunk);
        },
        onResponseEnd() {
          clearTimeout(timer);
          resolve({ status, headers, body: Buffer.concat(chunks) });
        },
        onResponseError(_controller, error) {
          fail(reasonOf(error), error);
        },
      },
    );
  });
}

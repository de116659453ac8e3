/** One HTTP call. `timeoutMs` covers all of it, from the first byte sent to the last byte read. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  /** A body that is no JSON, as its very bytes. */
  readonly body?: { readonly type: string; readonly bytes: Buffer };
  readonly timeoutMs?: number;
  /** Repeats on failure; only for calls that change nothing. 0 by default. */
  readonly safeRetries?: number;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON; `undefined` where the body was not JSON. */
  readonly json: unknown;
  /** The body as it came, for what is no JSON. */
  readonly bytes?: Buffer;
}

/**
 * The kit's client. Any HTTP status resolves; only failures to get a whole answer throw `IoError`, with
 * `applied: 'no'` where the request cannot have left.
 */
export interface HttpClient {
  send(request: HttpRequest): Promise<HttpResponse>;
}

export interface ApiAnswer<Body = never> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

/** One signed-in person. `key` is the `Idempotency-Key`; every write has one of its own where none is given. */
export interface ApiClient {
  get<Body>(path: string): Promise<ApiAnswer<Body>>;
  post<Body>(path: string, body?: unknown, key?: string): Promise<ApiAnswer<Body>>;
  patch<Body>(path: string, body: unknown): Promise<ApiAnswer<Body>>;
  put<Body>(path: string, body: unknown): Promise<ApiAnswer<Body>>;
  delete<Body>(path: string, body?: unknown): Promise<ApiAnswer<Body>>;
}

/** One request with JSON. */
export async function request(
  url: string,
  method: string,
  path: string,
  options: {
    body?: unknown;
    cookie?: string;
    key?: string | undefined;
    headers?: Readonly<Record<string, string>>;
  } = {},
): Promise<ApiAnswer<unknown>> {
  const { body, cookie, key, headers } = options;
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(cookie ? { cookie } : {}),
      ...(key ? { 'idempotency-key': key } : {}),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') && text !== '';
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}

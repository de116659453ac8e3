import { randomUUID } from 'node:crypto';

interface Answer {
  readonly status: number;
  // The tests know what each path answers: the hub's views have tests of their own.
  readonly body: never;
}

/** One JSON call. Throws only where nobody answers. */
export async function request(
  method: string,
  url: string,
  options: { readonly body?: object; readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<Answer & { readonly headers: Headers }> {
  const response = await fetch(url, {
    method,
    headers: { ...(options.body ? { 'content-type': 'application/json' } : {}), ...options.headers },
    ...(options.body ? { body: JSON.stringify(options.body) } : {}),
  });
  const text = await response.text();
  const json = (response.headers.get('content-type') ?? '').includes('json');
  return {
    status: response.status,
    body: (json ? JSON.parse(text) : text) as never,
    headers: response.headers,
  };
}

/** A person at the hub: signed in once, also over restarts of the hub. */
export class Person {
  private constructor(
    readonly cookie: string,
    private readonly url: () => string,
  ) {}

  static async signIn(url: () => string, login: string, password: string): Promise<Person> {
    const answer = await request('POST', `${url()}/api/v1/session`, { body: { login, password } });
    if (answer.status !== 200) throw new Error(`Signing in was answered with ${answer.status}`);
    return new Person((answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '', url);
  }

  /** Any call, with its status. */
  call(method: string, path: string, body?: object): Promise<Answer> {
    const headers = { cookie: this.cookie, 'idempotency-key': randomUUID() };
    return request(method, `${this.url()}/api/v1${path}`, { headers, ...(body ? { body } : {}) });
  }

  /** A call that has to succeed. */
  async ask<Body>(method: string, path: string, body?: object): Promise<Body> {
    const answer = await this.call(method, path, body);
    if (answer.status >= 300) {
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    }
    return answer.body;
  }
}

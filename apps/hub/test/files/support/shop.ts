import { randomUUID } from 'node:crypto';
import type { ImportRowPage, ImportView, ResultFileView, Role, ShopView } from '@np-hub/model';
import { request, type ApiAnswer } from '../../support/client.js';
import {
  addConnection,
  password,
  startTestHub,
  type TestHub,
  type TestHubOptions,
} from '../../support/hub.js';
import { installTestCart } from './test-cart.js';

export type Problem = { error: string; message: { ja: string; en: string }; fields: { field: string }[] };

/** A shop of the test cart, and what people do with its files through the API. */
export class FileShop {
  constructor(
    readonly hub: TestHub,
    readonly id: string,
  ) {}

  /** One request with raw bytes, or none, as a signed-in person makes it. */
  async send<Body = ImportView>(
    method: string,
    path: string,
    body?: Uint8Array,
    login: Role = 'support',
  ): Promise<ApiAnswer<Body> & { bytes: Buffer }> {
    const response = await fetch(`${this.hub.url}/api/v1/shops/${this.id}${path}`, {
      method,
      headers: { cookie: await cookieOf(this.hub, login), 'content-type': 'application/octet-stream' },
      ...(body ? { body } : {}),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    const isJson = response.headers.get('content-type')?.includes('json');
    return {
      status: response.status,
      headers: response.headers,
      body: (isJson ? JSON.parse(bytes.toString('utf8')) : null) as Body,
      bytes,
    };
  }

  upload(name: string, bytes: Uint8Array, query = ''): Promise<ApiAnswer<ImportView> & { bytes: Buffer }> {
    return this.send('POST', `/imports?name=${encodeURIComponent(name)}${query}`, bytes);
  }

  /** Uploads and starts a file, and waits until it has been taken in. */
  async take(name: string, bytes: Uint8Array, query = ''): Promise<ImportView> {
    const { status, body } = await this.upload(name, bytes, `&start=1${query}`);
    if (status !== 201) throw new Error(`The upload answered ${status}: ${JSON.stringify(body)}`);
    return this.ended(body.id);
  }

  async act<Body = ImportView>(path: string, body: unknown = {}): Promise<ApiAnswer<Body>> {
    return (await this.hub.as('support')).post<Body>(`/shops/${this.id}${path}`, body, randomUUID());
  }

  /** A person's cookie, for requests that are made by hand. */
  cookie(login: Role): Promise<string> {
    return cookieOf(this.hub, login);
  }

  async put(path: string, body: unknown, login: Role): Promise<ApiAnswer<unknown>> {
    const cookie = await cookieOf(this.hub, login);
    return request(this.hub.url, 'PUT', `/api/v1/shops/${this.id}${path}`, { body, cookie });
  }

  async view(importId: string): Promise<ImportView> {
    return (await (await this.hub.as('support')).get<ImportView>(`/shops/${this.id}/imports/${importId}`))
      .body;
  }

  /** Waits until an import moves no more. */
  async ended(importId: string, timeoutMs = 120_000): Promise<ImportView> {
    let view = await this.view(importId);
    await this.hub.eventually(async () => {
      view = await this.view(importId);
      return !['running', 'waiting'].includes(view.state);
    }, timeoutMs);
    return view;
  }

  async rows(importId: string, kind = ''): Promise<ImportRowPage['rows']> {
    const path = `/shops/${this.id}/imports/${importId}/rows${kind ? `?kind=${kind}` : ''}`;
    return (await (await this.hub.as('support')).get<ImportRowPage>(path)).body.rows;
  }

  async results(): Promise<ResultFileView | null> {
    const { status, body } = await this.act<ResultFileView>('/results');
    return status === 204 ? null : body;
  }

  async change(mode: 'pause' | 'resume'): Promise<void> {
    await (await this.hub.as('operator')).post(`/shops/${this.id}/${mode}`);
  }

  async goLive(): Promise<void> {
    const answer = await (
      await this.hub.as('operator')
    ).post(`/shops/${this.id}/go-live`, {
      takeoverAt: new Date(this.hub.clock.now().getTime() - 3_600_000).toISOString(),
      ownLinkIsOff: true,
    });
    if (answer.status !== 200) throw new Error(`Going live was refused: ${JSON.stringify(answer.body)}`);
  }
}

const cookies = new WeakMap<TestHub, Map<string, Promise<string>>>();

function cookieOf(hub: TestHub, login: string): Promise<string> {
  const known = cookies.get(hub) ?? new Map<string, Promise<string>>();
  cookies.set(hub, known);
  const signIn = async (): Promise<string> => {
    const answer = await request(hub.url, 'POST', '/api/v1/session', { body: { login, password } });
    return answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  };
  const cookie = known.get(login) ?? signIn();
  known.set(login, cookie);
  return cookie;
}

/** Makes a shop of the test cart; live unless told otherwise. */
export async function addFileShop(
  hub: TestHub,
  { live = true, policies = {} }: { readonly live?: boolean; readonly policies?: object } = {},
): Promise<FileShop> {
  const connectionId = await addConnection(hub);
  const made = await (
    await hub.as('operator')
  ).post<ShopView>('/shops', {
    name: 'ファイルの店',
    adapter: 'test-files',
    connectionId,
    settings: {},
    // Its orders are all of one buyer.
    policies: { duplicates: 'off', ...policies },
  });
  if (made.status !== 201) throw new Error(`The shop was refused: ${JSON.stringify(made.body)}`);
  const shop = new FileShop(hub, made.body.id);
  if (live) await shop.goLive();
  return shop;
}

/** A hub of its own with one live shop of the test cart. `hub.stop()` ends it. */
export async function startFileShop(options: TestHubOptions = {}): Promise<FileShop> {
  installTestCart();
  return addFileShop(await startTestHub({ ...options, shop: false }));
}

import type { NewApiKeyView, OpenOrderResult, OpenOrderResults, Role, ShopView } from '@np-hub/model';
import { randomUUID } from 'node:crypto';
import { request, type ApiAnswer } from '../support/client.js';
import { addConnection, type TestHub } from '../support/hub.js';

/** A shop whose orders come by API; live from an hour ago unless it is to stay a draft. */
export async function addOpenShop(
  hub: TestHub,
  {
    live = true,
    name = '自社サイト',
    settings = {},
  }: { live?: boolean; name?: string; settings?: object } = {},
): Promise<string> {
  const operator = await hub.as('operator');
  const connectionId = hub.connectionId || (await addConnection(hub));
  Object.assign(hub, { connectionId });
  const made = await operator.post<ShopView>('/shops', {
    name,
    adapter: 'any-system',
    connectionId,
    settings,
    // Its orders are all of one buyer.
    policies: { duplicates: 'off' },
  });
  if (made.status !== 201) throw new Error(`The shop was refused: ${JSON.stringify(made.body)}`);
  if (live) {
    const takeoverAt = new Date(hub.clock.now().getTime() - 3_600_000).toISOString();
    await operator.post(`/shops/${made.body.id}/go-live`, { takeoverAt, ownLinkIsOff: true });
  }
  return made.body.id;
}

/** A program with an API key. */
export interface Program {
  readonly key: string;
  send<Body>(method: string, path: string, body?: unknown): Promise<ApiAnswer<Body>>;
  put(orderNumber: string, body: object): Promise<ApiAnswer<OpenOrderResult>>;
  post(what: 'orders' | 'shipments' | 'cancellations', body: object): Promise<OpenOrderResult[]>;
}

export async function programOf(
  hub: TestHub,
  shopId: string,
  { role = 'support', shopIds = [shopId] }: { role?: Role; shopIds?: string[] } = {},
): Promise<Program> {
  const operator = await hub.as('operator');
  const { body: made } = await operator.post<NewApiKeyView>('/api-keys', {
    name: randomUUID(),
    role,
    shopIds,
  });
  const headers = { authorization: `Bearer ${made.key}` };
  const send = async (method: string, path: string, body?: unknown) =>
    (await request(hub.url, method, `/api/v1${path}`, { body, headers })) as ApiAnswer;
  return {
    key: made.key,
    send,
    put: (orderNumber, body) =>
      send('PUT', `/shops/${shopId}/orders/${encodeURIComponent(orderNumber)}`, body),
    post: async (what, body) => {
      const answer = (await send(
        'POST',
        `/shops/${shopId}/${what}`,
        body,
      )) as ApiAnswer<unknown> as ApiAnswer<OpenOrderResults>;
      if (answer.status !== 200)
        throw new Error(`${what} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
      return answer.body.results;
    },
  };
}

/** An order that NP approves. */
export const orderBody = (hub: TestHub, fields: object = {}) => ({
  orderedAt: hub.clock.now().toISOString(),
  buyer: {
    name: '見本 太郎',
    kana: 'ミホン タロウ',
    postalCode: '106-0032',
    address: '東京都港区六本木1-1-1',
    phone: '03-1234-5678',
    email: 'taro@example.jp',
  },
  lines: [{ name: '見本品', unitPriceYen: 3_000, quantity: 1 }],
  billedYen: 3_000,
  ...fields,
});

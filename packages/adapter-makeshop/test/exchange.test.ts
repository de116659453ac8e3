import { IoError } from '@np-hub/kit';
import { makeshop } from '../src/index.js';
import { answering } from './fake-makeshop.js';

const clock = { now: () => new Date('2026-11-21T03:00:00Z') };
const window = { from: new Date('2026-11-20T14:59:59Z'), to: new Date('2026-11-20T15:00:00Z') };
const sample = { shopId: 'sampleshop', token: 'PAT.token', apiKey: 'key-0000' };
const settingsOf = (more: object = {}) => makeshop.settings.parse({ ...sample, ...more });

async function fetched(
  io: Parameters<NonNullable<typeof makeshop.pull>['fetchOrders']>[0],
): Promise<unknown[]> {
  const orders: unknown[] = [];
  for await (const page of makeshop.pull?.fetchOrders(io, window) ?? []) orders.push(...page);
  return orders;
}

/** `total` orders in pages of at most `cap`, whatever page size is asked for. */
const shop = (total: number, cap = 1000) =>
  answering(({ page = 1, limit = 1 }) => {
    const size = Math.min(limit, cap);
    const orders = Array.from({ length: total }, (_, index) => ({ displayOrderNumber: `P${index}` }));
    return { searchOrder: { searchedCount: total, orders: orders.slice((page - 1) * size, page * size) } };
  });

describe('fetchOrders', () => {
  it.each([
    { total: 0, calls: 1 },
    { total: 1, calls: 1 },
    { total: 999, calls: 1 },
    { total: 1000, calls: 1 },
    { total: 1001, calls: 2 },
    { total: 2500, calls: 3 },
  ])('reads $total orders in $calls calls', async ({ total, calls }) => {
    const { http, sent } = shop(total);
    expect(await fetched({ settings: settingsOf(), http, clock })).toHaveLength(total);
    expect(sent.map(({ input }) => input.page)).toEqual(
      Array.from({ length: calls }, (_, index) => index + 1),
    );
  });

  it('goes on after a page that the cart cut short', async () => {
    const { http } = shop(250, 100);
    expect(await fetched({ settings: settingsOf(), http, clock })).toHaveLength(250);
  });

  it('asks in Japan time with the three headers, and lets the client repeat it', async () => {
    const { http, sent } = shop(1);
    await fetched({ settings: settingsOf({ pageSize: 50 }), http, clock });
    expect(sent[0]).toMatchObject({
      method: 'POST',
      url: 'https://app-api.makeshop.jp/v1/graphql',
      headers: { authorization: 'Bearer PAT.token', 'x-api-key': 'key-0000', 'x-timestamp': '1795230000' },
      safeRetries: 2,
      input: {
        startOrderDate: '20261120235959',
        endOrderDate: '20261121000000',
        sortOrder: 'ASC',
        page: 1,
        limit: 50,
      },
    });
  });

  it.each([
    ['the same page for ever', () => ({ searchedCount: 5000, orders: [{ displayOrderNumber: 'P1' }] })],
    ['an empty page before its own count', () => ({ searchedCount: 2, orders: [] })],
  ])('stops at %s', async (_, searchOrder) => {
    const { http } = answering(() => ({ searchOrder: searchOrder() }));
    await expect(fetched({ settings: settingsOf(), http, clock })).rejects.toMatchObject({
      kind: 'malformed',
    });
  });

  it('gives orders that cannot be read to the reader, twins among them', async () => {
    const { http } = answering(() => ({ searchOrder: { searchedCount: 3, orders: [null, null, 'x'] } }));
    expect(await fetched({ settings: settingsOf(), http, clock })).toEqual([null, null, 'x']);
  });

  it('asks for a renamed field under an alias, and not for one that the shop lacks', async () => {
    const { http, sent } = shop(1);
    const fieldNames = { senderTel: 'buyerTel', npTransactionId: '', deliveryCompanyCode: 'carrierCode' };
    await fetched({ settings: settingsOf({ fieldNames }), http, clock });
    expect(sent[0]?.query).toContain(' senderTel: buyerTel ');
    expect(sent[0]?.query).toContain(' deliveryCompanyCode: carrierCode ');
    expect(sent[0]?.query).not.toContain('npTransactionId');
    expect(sent[0]?.query).toContain(' senderKana ');
  });

  it.each(['a b', 'a{b}', '1a', 'tel)'])('takes no field name %p', (name) => {
    expect(makeshop.settings.safeParse({ ...sample, fieldNames: { senderTel: name } }).success).toBe(false);
  });

  it('keeps the names of fields in what the cart says went wrong, and nothing that it quotes of people', async () => {
    const message =
      'Field "senderTel" of "山田 花子" (090-1234-5678, hanako@example.jp) 「東京都千代田区」 is wrong';
    const http = {
      send: () => Promise.resolve({ status: 200, headers: {}, json: { errors: [{ message }] } }),
    };
    await expect(fetched({ settings: settingsOf(), http, clock })).rejects.toMatchObject({
      message: 'makeshop: Field "senderTel" of … (…, … … is wrong',
    });
  });

  it.each([
    ['UNAUTHENTICATED', 'unauthorized'],
    ['FORBIDDEN', 'unauthorized'],
    ['GRAPHQL_VALIDATION_FAILED', 'rejected'],
  ])('reads the GraphQL error %s as %s, whatever the status', async (code, kind) => {
    const json = {
      errors: [{ message: 'Cannot query field "senderTel".', extensions: { code } }],
      data: null,
    };
    for (const status of [200, 400]) {
      const http = { send: () => Promise.resolve({ status, headers: {}, json }) };
      const failure = fetched({ settings: settingsOf(), http, clock });
      await expect(failure).rejects.toMatchObject({ kind, message: expect.stringContaining('senderTel') });
    }
  });
});

describe('checkConnection', () => {
  it('asks for one order of the last hour', async () => {
    const { http, sent } = shop(0);
    expect(await makeshop.pull?.checkConnection({ settings: settingsOf(), http, clock })).toMatchObject({
      kind: 'ok',
    });
    expect(sent[0]?.input).toMatchObject({
      startOrderDate: '20261121110000',
      endOrderDate: '20261121120000',
      limit: 1,
    });
  });
});

describe('pushStatus', () => {
  const updates = Array.from({ length: 201 }, (_, index) => ({ orderNumber: `P${index}`, word: '審査OK' }));
  const push = (http: ReturnType<typeof shop>['http'], more?: object) =>
    makeshop.push?.pushStatus({ settings: settingsOf(more), http, clock }, updates);
  const results = (requests: { displayOrderNumber: string }[] = []) => ({
    updateOrderPaymentStatus: {
      updateOrderPaymentStatusResults: requests.map(({ displayOrderNumber }) => ({
        displayOrderNumber,
        message: null,
      })),
    },
  });

  it('is off until the shop switches it on', () => {
    expect(makeshop.push?.enabled(settingsOf())).toBe(false);
    expect(makeshop.push?.enabled(settingsOf({ writeBack: true }))).toBe(true);
  });

  it('sends at most 100 in one call and never lets the client repeat it', async () => {
    const { http, sent } = answering((input) => results(input.updateOrderPaymentStatusRequests));
    await push(http);
    expect(sent.map(({ input }) => input.updateOrderPaymentStatusRequests?.length)).toEqual([100, 100, 1]);
    expect(sent.map(({ safeRetries }) => safeRetries)).toEqual([0, 0, 0]);
    expect(sent[2]?.input).toEqual({
      updateOrderPaymentStatusRequests: [{ displayOrderNumber: 'P200', paymentStatus: '審査OK' }],
    });
  });

  it("sends the shop's own code for a word", async () => {
    const { http, sent } = answering((input) => results(input.updateOrderPaymentStatusRequests));
    await push(http, { paymentStatusCodes: { '2001': '審査OK' } });
    expect(sent[0]?.input.updateOrderPaymentStatusRequests?.[0]?.paymentStatus).toBe('2001');
  });

  it('reports an order without a result as failed', async () => {
    const { http } = answering((input) => results(input.updateOrderPaymentStatusRequests?.slice(1)));
    const kinds = (await push(http))?.map(({ kind }) => kind);
    expect(kinds?.slice(0, 3)).toEqual(['failed', 'done', 'done']);
  });

  it('keeps the results of the batches before a failure', async () => {
    const { http } = answering((input, sent) => {
      if (sent.length === 2) throw new IoError('unavailable', 'makeshop: gone', { applied: 'unknown' });
      return results(input.updateOrderPaymentStatusRequests);
    });
    const kinds = (await push(http))?.map(({ kind }) => kind);
    expect(kinds?.slice(0, 100).every((kind) => kind === 'done')).toBe(true);
    expect(kinds?.slice(100)).toEqual(Array.from({ length: 101 }, () => 'failed'));
  });

  it('throws when the first batch fails, saying that it may have been applied', async () => {
    const { http } = answering(() => ({ updateOrderPaymentStatus: null }));
    const failure = push(http);
    await expect(failure).rejects.toMatchObject({ kind: 'malformed', details: { applied: 'unknown' } });
  });
});

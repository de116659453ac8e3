import { IoError } from '@np-hub/kit';
import { subscriptionStore as store } from '../src/index.js';
import { type StatusWrite, statusResults, storeAnswering } from './fake-store.js';

const clock = { now: () => new Date('2026-11-21T03:00:00Z') };
const window = { from: new Date('2026-11-20T15:00:00Z'), to: new Date('2026-11-21T15:00:00Z') };
const sample = {
  apiEnabled: true,
  apiUrl: 'https://sample.example.jp/api/v1/',
  clientId: 'sample-client',
  clientSecret: 'sample-client-secret',
};
const settingsOf = (more: object = {}) => store.settings.parse({ ...sample, ...more });

async function fetched(io: Parameters<NonNullable<typeof store.pull>['fetchOrders']>[0]) {
  const orders: unknown[] = [];
  for await (const page of store.pull?.fetchOrders(io, window) ?? []) orders.push(...page);
  return orders;
}

const holding = (total: number) =>
  storeAnswering(({ url }) => {
    const query = new URL(url).searchParams;
    const start = (Number(query.get('page')) - 1) * Number(query.get('per_page'));
    const orders = Array.from({ length: total }, (_, index) => ({ uid: `S${index}` }));
    return {
      success: true,
      total_count: total,
      orders: orders.slice(start, start + Number(query.get('per_page'))),
    };
  });

describe('while the API is off', () => {
  const settings = store.settings.parse({});
  const { http, sent, tokens } = holding(5);

  it('asks nothing, brings nothing, and says so', async () => {
    expect(store.pull?.enabled?.(settings)).toBe(false);
    expect(store.push?.enabled(settings)).toBe(false);
    expect(await fetched({ settings, http, clock })).toEqual([]);
    expect(await store.pull?.checkConnection({ settings, http, clock })).toMatchObject({
      kind: 'ok',
      message: { ja: expect.stringContaining('オフ') },
    });
    expect([sent.length, tokens()]).toEqual([0, 0]);
  });

  it.each(['apiUrl', 'clientId', 'clientSecret'])('cannot be switched on without %s', (name) => {
    const given = { ...sample, [name]: undefined };
    const issues = store.settings.safeParse(given).error?.issues ?? [];
    expect(issues).toMatchObject([{ path: ['apiEnabled'], message: expect.stringContaining(name) }]);
  });
});

describe('fetchOrders', () => {
  it('asks for the window, page by page, under one token', async () => {
    const { http, sent, tokens } = holding(250);
    expect(await fetched({ settings: settingsOf(), http, clock })).toHaveLength(250);
    expect(sent).toHaveLength(3);
    expect(tokens()).toBe(1);
    expect(sent[1]).toMatchObject({
      method: 'GET',
      headers: { authorization: 'Bearer token-1' },
      safeRetries: 2,
      url:
        'https://sample.example.jp/api/v1/external_cooperation/orders' +
        '?ordered_from=2026-11-20T15%3A00%3A00.000Z&ordered_to=2026-11-21T15%3A00%3A00.000Z&page=2&per_page=100',
    });
  });

  it('goes on under a new token where the old one is turned away, once a call', async () => {
    const { http, sent, tokens } = storeAnswering((_, asked) =>
      asked.length === 1 ? 401 : { success: true, total_count: 1, orders: [{ uid: 'S1' }] },
    );
    expect(await fetched({ settings: settingsOf(), http, clock })).toEqual([{ uid: 'S1' }]);
    expect(tokens()).toBe(2);
    expect(sent.map(({ headers }) => headers?.['authorization'])).toEqual([
      'Bearer token-1',
      'Bearer token-2',
    ]);
    const closed = storeAnswering(() => 401);
    const failure = fetched({ settings: settingsOf(), http: closed.http, clock });
    await expect(failure).rejects.toMatchObject({ kind: 'unauthorized' });
    expect(closed.tokens()).toBe(2);
  });

  it('takes a token from under `data` too', async () => {
    const { http } = holding(1);
    const send: typeof http.send = (request) =>
      request.url.endsWith('access_tokens')
        ? Promise.resolve({ status: 200, headers: {}, json: { data: { access_token: 'nested' } } })
        : http.send(request);
    expect(await fetched({ settings: settingsOf(), http: { send }, clock })).toHaveLength(1);
  });

  it.each([
    [{ success: false, errors: [{ message: 'no sample-client-secret' }] }, 'rejected'],
    [{ success: true, orders: [] }, 'malformed'],
    [{ total_count: 0, orders: [] }, 'malformed'],
    ['<html>', 'malformed'],
    [null, 'malformed'],
  ])('never takes %j for an empty page', async (json, kind) => {
    const failure = fetched({ settings: settingsOf(), http: storeAnswering(() => json).http, clock });
    const error: unknown = await failure.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ kind });
    expect(String(error)).not.toContain('sample-client-secret');
  });

  it("asks the shop's own paths", async () => {
    const { http, sent } = holding(0);
    const apiPaths = { access: '/v2/access_tokens', orders: '/v2/orders', statuses: '/v2/statuses' };
    await fetched({ settings: settingsOf({ apiPaths }), http, clock });
    expect(sent[0]?.url).toContain('/api/v1/v2/orders?');
  });
});

describe('pushStatus', () => {
  const updates = Array.from({ length: 201 }, (_, index) => ({ orderNumber: `S${index}`, word: '与信OK' }));
  const push = (http: ReturnType<typeof holding>['http'], given: readonly object[] = updates) =>
    store.push?.pushStatus({ settings: settingsOf(), http, clock }, given as typeof updates);

  it('sends at most 100 in one call and never lets the client repeat it', async () => {
    const { http, sent } = storeAnswering(({ json }) => statusResults(json));
    expect((await push(http))?.every(({ kind }) => kind === 'done')).toBe(true);
    expect(sent.map(({ json }) => (json as StatusWrite).orders.length)).toEqual([100, 100, 1]);
    expect(sent.map(({ safeRetries }) => safeRetries)).toEqual([0, 0, 0]);
  });

  it('hands over the reasons and what the cart is to do', async () => {
    const { http, sent } = storeAnswering(({ json }) => statusResults(json));
    await push(http, [
      { orderNumber: 'S1', word: '与信NG', reasons: ['限度額超過'], instruction: 'change-to-cod' },
      { orderNumber: 'S2', word: '与信保留', npTransactionId: '18110000002', instruction: 'stop-course' },
    ]);
    expect(sent[0]?.json).toEqual({
      orders: [
        {
          uid: 'S1',
          settlement_status: '与信NG',
          np_transaction_id: null,
          error_message: '限度額超過',
          payment_method_name: '代引き',
        },
        {
          uid: 'S2',
          settlement_status: '与信保留',
          np_transaction_id: '18110000002',
          error_message: '',
          stop_course: true,
        },
      ],
    });
  });

  it('reports an order without a result as failed, and a refusal without the secret', async () => {
    const { http } = storeAnswering(({ json }) => {
      const { success, results } = statusResults(json, (uid) =>
        uid === 'S1' ? 'no: sample-client-secret' : null,
      );
      return { success, results: results.filter(({ uid }) => uid !== 'S0') };
    });
    expect((await push(http))?.slice(0, 3)).toEqual([
      { kind: 'failed', message: expect.stringContaining('no result') },
      { kind: 'refused', message: 'no: ***' },
      { kind: 'done' },
    ]);
  });

  it('keeps the results of the batches before a failure', async () => {
    const { http } = storeAnswering(({ json }, sent) => {
      if (sent.length === 2) throw new IoError('unavailable', 'gone', { applied: 'unknown' });
      return statusResults(json);
    });
    const kinds = (await push(http))?.map(({ kind }) => kind);
    expect(kinds?.slice(0, 100).every((kind) => kind === 'done')).toBe(true);
    expect(kinds?.slice(100).every((kind) => kind === 'failed')).toBe(true);
  });
});

import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  control,
  makeFolder,
  makeshopClient,
  npClient,
  openSandbox,
  removeFolders,
  transaction,
} from './client.js';

afterAll(removeFolders);

async function withSandbox(
  work: (opened: Awaited<ReturnType<typeof openSandbox>>) => Promise<void>,
  dataDir?: string,
) {
  const opened = await openSandbox({ settings: { reviewDelayMs: 0 } }, dataDir);
  try {
    await work(opened);
  } finally {
    await opened.sandbox.close();
  }
}

test('a dropped answer leaves the work done, on every n-th call', () =>
  withSandbox(async ({ sandbox }) => {
    const np = npClient(sandbox.npBaseUrl);
    await control(sandbox, 'POST', '/faults', { fault: 'drop-answer', operation: 'register', every: 2 });
    const outcomes: string[] = [];
    for (const id of ['A', 'B', 'C', 'D']) {
      outcomes.push(
        await np('POST', '/transactions', [transaction(id)]).then(
          () => 'answered',
          () => 'lost',
        ),
      );
    }
    expect(outcomes).toEqual(['answered', 'lost', 'answered', 'lost']);
    expect(sandbox.transactions().map((known) => known.shopTransactionId)).toEqual(['A', 'B', 'C', 'D']);
    await control(sandbox, 'DELETE', '/faults');
    const repeat = await np('POST', '/transactions', [transaction('D')]);
    expect(repeat.errors[0]?.codes).toEqual(['E0100999']);
  }));

test('half a batch, server errors, throttling, garbage, cut answers, latency', () =>
  withSandbox(async ({ sandbox }) => {
    const np = npClient(sandbox.npBaseUrl);
    const lines = (name: string) => [1, 2, 3, 4].map((index) => transaction(`${name}-${index}`));
    const arm = (fault: object) => control(sandbox, 'POST', '/faults', { times: 1, ...fault });
    const known = (name: string) =>
      sandbox.transactions().filter(({ shopTransactionId }) => shopTransactionId.startsWith(name)).length;

    await arm({ fault: 'half-batch' });
    expect((await np('POST', '/transactions', lines('HALF'))).results).toHaveLength(2);
    expect(known('HALF')).toBe(2);
    await arm({ fault: 'half-batch', work: 'done' });
    expect((await np('POST', '/transactions', lines('CUT'))).results).toHaveLength(2);
    expect(known('CUT')).toBe(4);

    await arm({ fault: 'server-error' });
    expect((await np('POST', '/transactions', lines('ERROR'))).status).toBe(503);
    expect(known('ERROR')).toBe(0);
    await arm({ fault: 'server-error', work: 'done' });
    expect((await np('POST', '/transactions', lines('LATE-ERROR'))).status).toBe(503);
    expect(known('LATE-ERROR')).toBe(4);
    await arm({ fault: 'throttle' });
    expect((await np('POST', '/transactions', lines('SLOW'))).status).toBe(429);

    for (const fault of ['garbage', 'truncate']) {
      await arm({ fault });
      await expect(np('POST', '/transactions', lines(fault))).rejects.toThrow(/JSON/);
      expect(known(fault)).toBe(4);
    }
    await arm({ fault: 'latency', delayMs: 150 });
    const startedAt = performance.now();
    expect((await np('POST', '/transactions', lines('LATENCY'))).results).toHaveLength(4);
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(145);

    await arm({ fault: 'server-error', target: 'makeshop', operation: 'searchOrder' });
    const makeshop = makeshopClient(sandbox.makeshopUrl);
    const query = '{ searchOrder(input: {}) { searchedCount } }';
    expect((await makeshop(query)).status).toBe(503);
    expect((await makeshop(query)).body).toEqual({ data: { searchOrder: { searchedCount: 0 } } });
  }));

test('chance is repeatable by its seed', () =>
  withSandbox(async ({ sandbox }) => {
    const np = npClient(sandbox.npBaseUrl);
    const run = async () => {
      await control(sandbox, 'DELETE', '/faults');
      await control(sandbox, 'POST', '/faults', { fault: 'server-error', probability: 0.5, seed: 7 });
      const statuses: number[] = [];
      for (let index = 0; index < 20; index += 1)
        statuses.push((await np('POST', '/authorizations/find', [])).status);
      return statuses;
    };
    const first = await run();
    expect(new Set(first)).toEqual(new Set([400, 503]));
    expect(await run()).toEqual(first);
    const bad = await control(sandbox, 'POST', '/faults', { fault: 'earthquake' });
    expect(bad).toMatchObject({ status: 400, body: { message: expect.stringContaining('fault') } });
  }));

test('a restart keeps faults until they are spent or taken away', async () => {
  const dataDir = makeFolder();
  await withSandbox(async ({ sandbox }) => {
    const np = npClient(sandbox.npBaseUrl);
    await control(sandbox, 'POST', '/faults', { fault: 'throttle', operation: 'find', times: 1 });
    await control(sandbox, 'POST', '/faults', { fault: 'garbage', operation: 'cancel' });
    await control(sandbox, 'POST', '/faults', { fault: 'server-error', operation: 'register' });
    expect((await np('POST', '/authorizations/find', [])).status).toBe(429);
    await control(sandbox, 'DELETE', '/faults/2');
  }, dataDir);
  await withSandbox(async ({ sandbox }) => {
    const np = npClient(sandbox.npBaseUrl);
    expect((await np('POST', '/transactions', [transaction('A')])).status).toBe(503);
    const { body } = await control(sandbox, 'GET', '/faults');
    expect(body).toMatchObject([{ id: 3, fault: 'server-error', fired: 1 }]);
    await control(sandbox, 'DELETE', '/faults');
  }, dataDir);
  await withSandbox(async ({ sandbox }) => {
    expect((await control(sandbox, 'GET', '/faults')).body).toEqual([]);
  }, dataDir);
});

test('a restart keeps the ledger, settings, shops and prepared outcomes, and cuts a torn line', async () => {
  const dataDir = makeFolder();
  const file = join(dataDir, 'ledger.jsonl');
  let before: unknown;
  let npId = '';
  await withSandbox(async ({ sandbox }) => {
    const np = npClient(sandbox.npBaseUrl);
    const answer = await np('POST', '/transactions', [transaction('KEPT-1'), transaction('KEPT-2')]);
    npId = String(answer.results[0]?.np_transaction_id);
    await np('PATCH', '/transactions/update', [{ np_transaction_id: npId, billed_amount: 5500 }]);
    await np('PATCH', '/transactions/cancel', [answer.results[1]]);
    await control(sandbox, 'PATCH', '/settings', { longReviewMs: 777 });
    await control(sandbox, 'POST', '/shops', {
      shopId: 'second',
      token: 'T',
      apiKey: 'K',
      webhookSecret: 'S',
    });
    await control(sandbox, 'POST', '/makeshop/orders', {
      shopId: 'second',
      displayOrderNumber: `P${'1'.repeat(18)}`,
    });
    await control(sandbox, 'POST', `/makeshop/orders/P${'1'.repeat(18)}/cancel`);
    await control(sandbox, 'POST', '/np/outcome', {
      shop_transaction_id: 'LATER',
      outcome: { result: 'error' },
    });
    before = { transactions: sandbox.transactions(), orders: sandbox.orders() };
  }, dataDir);
  const whole = readFileSync(file);
  appendFileSync(file, '{"kind":"np","id":"3000000');
  await withSandbox(async ({ sandbox }) => {
    expect({ transactions: sandbox.transactions(), orders: sandbox.orders() }).toEqual(before);
    expect(readFileSync(file)).toEqual(whole);
    const { body } = await control(sandbox, 'GET', '/info');
    expect(body.settings.longReviewMs).toBe(777);
    expect(body.shops.map((shop: { shopId: string }) => shop.shopId)).toEqual(['demoshop', 'second']);
    const np = npClient(sandbox.npBaseUrl);
    const later = await np('POST', '/transactions', [transaction('LATER')]);
    const laterId = String(later.results[0]?.np_transaction_id);
    expect(Number(laterId)).toBeGreaterThan(Number(npId) + 1);
    const found = await np('POST', '/authorizations/find', [{ np_transaction_id: laterId }]);
    expect(found.results[0]?.authori_result).toBe('30');
  }, dataDir);
  writeFileSync(file, '{"kind":"np"\n{"kind":"reset","id":"","set":{}}\n');
  await expect(openSandbox({}, dataDir)).rejects.toThrow('damaged at line 1');
});

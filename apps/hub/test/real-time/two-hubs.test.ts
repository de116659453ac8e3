import { startTestHub, type TestHub } from '../support/hub.js';
import { addRealTimeShop, atNp, authorize, orderOf } from './support.js';

let first: TestHub;
let second: TestHub;
let shopId: string;
let connectionId: string;

beforeAll(async () => {
  first = await startTestHub({ shop: false });
  const { sandbox, databaseUrl, clock } = first;
  second = await startTestHub({ sandbox, databaseUrl, clock, shop: false });
  ({ shopId, connectionId } = await addRealTimeShop(first));
});
afterAll(async () => {
  await second.stop();
  await first.stop();
});

/** Lets both hubs come as far as the turn of the merchant's new orders, neither knowing of the order of the other. */
async function atOneMoment<T>(ask: () => Promise<T>): Promise<T> {
  const runner = first.database.createQueryRunner();
  await runner.startTransaction();
  try {
    await runner.query(
      `select pg_advisory_xact_lock(hashtextextended('new orders of ' || merchant, 0)) from connections where id = $1`,
      [connectionId],
    );
    const asking = ask();
    await first.eventually(async () => {
      const [row] = await first.database.query<{ count: number }[]>(
        `select count(*)::int from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
           and query like '%new sale%'`,
      );
      return row?.count === 2;
    });
    await runner.rollbackTransaction();
    return await asking;
  } finally {
    await runner.release();
  }
}

test.each(['checkout', 'admin-create'] as const)(
  'two hubs that are asked about one new order at the same moment (%s): one registration, and no answer cancels it',
  async (screen) => {
    const number = `T-${screen}`;
    await first.control('POST', '/faults', {
      fault: 'latency',
      operation: 'register',
      delayMs: 1_500,
      times: 1,
    });
    const answers = await atOneMoment(() =>
      Promise.all(
        [first, second].map((hub) => authorize(hub, { shopId, screen, order: orderOf(hub, number) })),
      ),
    );
    expect(answers.map(({ status, body }) => `${status} ${body.result}`).sort()).toEqual([
      '200 approved',
      '202 in-doubt',
    ]);
    expect(new Set(answers.map(({ body }) => body.transactionId)).size).toBe(1);
    expect(await first.stored(number, shopId)).toMatchObject({
      state: 'approved',
      facts: { wanted: { provisional: true, cancel: null } },
    });
    expect(atNp(first, number).map(({ isLive }) => isLive)).toEqual([true]);
  },
);

import { setTimeout as sleep } from 'node:timers/promises';
import { startReceiver, type Receiver } from '../open/receiver.js';
import { type Scene, setScene } from './support/scene.js';

const patienceMs = 120_000;
const path = '/staff';

let scene: Scene;
let receiver: Receiver;

beforeAll(async () => {
  receiver = await startReceiver();
  scene = await setScene({ NP_HUB_WEBHOOK_PRIVATE: 'on' });
  await scene.operator.ask('POST', '/notifications/channels', {
    name: 'staff',
    target: { kind: 'slack', url: `${receiver.url}${path}` },
    topics: ['ng'],
    shopIds: null,
    language: 'ja',
    quietFrom: null,
    quietTo: null,
    digestAt: null,
  });
});
afterAll(async () => {
  await scene?.close();
  await receiver?.stop();
});

async function eventually(what: string, work: () => boolean | Promise<boolean>): Promise<void> {
  for (const limit = performance.now() + patienceMs; !(await work()); await sleep(10))
    if (performance.now() > limit) throw new Error(`Not in time: ${what}`);
}

const count = async (sql: string, parameters: unknown[] = []): Promise<number> =>
  (await scene.query<{ n: number }>(`select count(*)::int as n from ${sql}`, parameters))[0]?.n ?? 0;

/** An order that NP rejects. */
async function place(): Promise<string> {
  const order = { sender: { address2: '審査NG001', tel: `0901357${String(1_000 + (placed += 1))}` } };
  return (await scene.control<{ displayOrderNumber: string }>('POST', '/makeshop/orders', order))
    .displayOrderNumber;
}
let placed = 0;

const isRejected = async (order: string): Promise<boolean> =>
  (await count(`transactions where order_number = $1 and state = 'rejected'`, [order])) > 0;
const isNoted = async (order: string): Promise<boolean> =>
  (await count(`alerts where body->>'orderNumber' = $1`, [order])) > 0;
const timesTold = (order: string): number =>
  receiver.callsTo(path).filter(({ text }) => text.includes(order)).length;

/** What a hub waits for (more orders for one message, the lease of one that is gone) has passed. */
async function bringForward(): Promise<void> {
  await scene.query(`update alerts set at = at - interval '2 minutes'`);
  await scene.query(
    `update channels set next_at = next_at - interval '2 minutes', lease_until = lease_until - interval '2 minutes'`,
  );
}

/** The moments between an event and its message at which a hub dies. */
const moments: readonly (readonly [what: string, until: (order: string) => Promise<void>])[] = [
  ['when the event has just been written', (order) => eventually('rejected', () => isRejected(order))],
  ['when it is noted and waits for more', (order) => eventually('noted', () => isNoted(order))],
  [
    'while the message is on its way, and nobody hears the answer',
    async (order) => {
      receiver.behaviour.set(path, { delayMs: 60_000 });
      await eventually('noted', () => isNoted(order));
      await bringForward();
      await eventually('on its way', () => receiver.open(path) > 0);
      receiver.behaviour.delete(path);
    },
  ],
];

test.each(moments)('a hub killed %s tells it all the same', async (_, until) => {
  const order = await place();
  await until(order);
  await scene.hub().kill();
  await scene.start();
  await eventually('noted', () => isNoted(order));
  await bringForward();
  await eventually('told', () => timesTold(order) > 0);
  // One alert, however often it is told: told twice is what a lost answer costs, never told is not.
  expect(await count(`alerts where body->>'orderNumber' = $1`, [order])).toBe(1);
  await eventually('settled', async () => {
    const waiting = 'channels c where c.position < (select max(id) from alerts) or c.lease_token is not null';
    return (await count(waiting)) === 0;
  });
});

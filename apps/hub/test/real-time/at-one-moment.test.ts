import { startTestHub, type TestHub } from '../support/hub.js';
import { addRealTimeShop, atNp, authorize, orderOf } from './support.js';

let hub: TestHub;
let shopId: string;

beforeAll(async () => {
  hub = await startTestHub({ shop: false });
  ({ shopId } = await addRealTimeShop(hub, { policies: { duplicates: 'ask' } }));
});
afterAll(() => hub.stop());

const buyer = (name: string) => ({
  name,
  kana: 'ミホン タロウ',
  postalCode: '106-0032',
  address: `東京都港区六本木1-1-1 ${name}`,
  phone: `03-${String(name.length).padStart(4, '1')}-0001`,
  email: `${name.length}@example.jp`,
});
const ask = (number: string, of?: object) =>
  authorize(hub, { shopId, screen: 'checkout', order: orderOf(hub, number, '', of && { buyer: of }) });

const eventsOf = async (number: string) => {
  const rows = await hub.database.query<{ type: string }[]>(
    `select h.event ->> 'type' as type from history h join transactions t on t.shop_id = h.shop_id and t.id = h.transaction_id
     where t.order_number = $1 order by h.sequence`,
    [number],
  );
  return rows.map(({ type }) => type);
};
const asked = ['operation-sent', 'registration-accepted', 'credit-approved'];

test('two new orders of one buyer: NP is asked about both, and just the later one is pointed out', async () => {
  // A call of its own holds the batch up, so that these two go together in the next.
  const numbers = ['M-0', 'M-1', 'M-2'];
  const answers = await Promise.all(
    numbers.map((number) => ask(number, number === 'M-0' ? buyer('別人') : undefined)),
  );
  expect(answers.map(({ body }) => body.result)).toEqual(['approved', 'approved', 'approved']);
  expect(await eventsOf('M-0')).toEqual(['order-received', ...asked]);
  const alike = [await eventsOf('M-1'), await eventsOf('M-2')].sort(
    (one, other) => one.length - other.length,
  );
  expect(alike).toEqual([
    ['order-received', ...asked],
    ['order-received', 'duplicates-found', ...asked],
  ]);
  expect(numbers.map((number) => atNp(hub, number).length)).toEqual([1, 1, 1]);
});

test('a new order comes into the world with its intent and in the hands of the hub that asks', async () => {
  await hub.control('POST', '/faults', { fault: 'latency', operation: 'register', delayMs: 3_000, times: 1 });
  const asking = ask('M-3', buyer('三人目'));
  await hub.until('M-3', () => true, { shopId });
  const [row] = await hub.database.query<object[]>(
    `select t.version, t.state, e.operation, e.token is not null as leased, e.lease_owner is not null as owned,
       (select count(*)::int from attempts a where a.transaction_id = t.id and a.live) as attempts,
       (select count(*)::int from payloads p where p.transaction_id = t.id) as payloads,
       (select count(*)::int from changes c where c.transaction_id = t.id) as changes
     from transactions t join effects e on e.shop_id = t.shop_id and e.transaction_id = t.id and e.lane = 'write'
     where t.order_number = 'M-3'`,
  );
  expect(row).toEqual({
    version: 2,
    state: 'registering',
    operation: 'register',
    leased: true,
    owned: true,
    attempts: 1,
    payloads: 1,
    changes: 1,
  });
  expect((await asking).body.result).toBe('approved');
  expect(await eventsOf('M-3')).toEqual(['order-received', ...asked]);
});

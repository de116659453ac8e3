import type { FindingPage, FindingView, TransactionPage } from '@np-hub/model';
import { adapterOf } from '../../src/shops/shops.js';
import { PushWorker } from '../../src/status-push/push-worker.js';
import { addShop, sendNotices, startTestHub, type TestHub } from '../support/hub.js';
import { cartOf, type Cart } from './cart.js';

let hub: TestHub;
let cart: Cart;

beforeAll(async () => {
  hub = await startTestHub();
  cart = cartOf(hub);
});
afterAll(() => hub.stop());
afterEach(() => cart.noFaults());

const operator = () => hub.as('operator');
const writeBack = async (on: boolean) =>
  (await operator()).patch(`/shops/${hub.shopId}`, { settings: { writeBack: on } });

async function shown(word: string): Promise<string> {
  const number = await cart.place();
  await hub.eventually(async () => cart.word(number) === word);
  await hub.settle();
  return number;
}

test('without write-back nothing is pushed, and the page shows the word that the cart has not', async () => {
  await writeBack(false);
  const before = (await cart.calls())['makeshop.updateOrderPaymentStatus'] ?? 0;
  const number = await cart.place();
  await hub.until(number, 'approved');
  await hub.settle();
  expect((await hub.page(number)).pushed).toMatchObject({ word: null, unsent: '審査OK' });
  expect(cart.word(number)).toBe('審査待ち(準備中)');
  expect((await cart.calls())['makeshop.updateOrderPaymentStatus'] ?? 0).toBe(before);
  await writeBack(true);
  await hub.eventually(async () => cart.word(number) === '審査OK');
  await hub.eventually(async () => (await hub.page(number)).pushed.unsent === null);
  expect((await hub.page(number)).pushed.word).toBe('審査OK');
});

test('a word that did not arrive before write-back was switched off is shown once it is on again, and so is a later one', async () => {
  const numbers = [await shown('審査OK'), await cart.place()] as const;
  await cart.fault({ fault: 'server-error', target: 'makeshop', operation: 'updateOrderPaymentStatus' });
  await hub.until(numbers[1], 'approved');
  const tried = async () => {
    const [row] = await hub.database.query<{ error: string | null }[]>(
      'select push_error as error from transactions where order_number = $1',
      [numbers[1]],
    );
    return row?.error != null;
  };
  await hub.eventually(tried);
  await writeBack(false);
  await cart.noFaults();
  await hub.act(numbers[0], 'cancel');
  await hub.until(numbers[0], 'cancelled');
  await hub.settle();
  expect(numbers.map((number) => cart.word(number))).toEqual(['審査OK', '審査待ち(準備中)']);
  await writeBack(true);
  await hub.eventually(async () => cart.word(numbers[1]) === '審査OK');
  await hub.eventually(async () => (await hub.page(numbers[0])).pushed.unsent === null);
  expect(cart.word(numbers[0])).not.toBe('審査OK');
});

test('要確認 set by hand opens the order: the gate waits, nothing is painted over, and the edit closes it', async () => {
  const number = await shown('審査OK');
  await cart.openForEdit(number);
  const open = await hub.until(number, ({ facts }) => facts.cart.editOpenedAt !== null);
  expect(open).toMatchObject({ gate: 'wait', state: 'approved' });
  await hub.settle();
  expect(cart.word(number)).toBe('要確認');
  expect((await hub.page(number)).attentions).toContain('edit-open');
  await cart.editParty(number, { address2: '試験棟777' });
  await hub.until(number, ({ gate, facts }) => gate === 'ship' && facts.attempts[0]?.amended === true);
  await hub.eventually(async () => cart.word(number) === '審査OK');
});

test('要確認 set by hand and left without an edit: closed by a person, and noticed again the next time', async () => {
  const number = await shown('審査OK');
  await cart.openForEdit(number);
  await hub.until(number, ({ facts }) => facts.cart.editOpenedAt !== null);
  expect((await hub.act(number, 'retry')).status).toBe(200);
  expect((await hub.stored(number))?.gate).toBe('ship');
  await hub.eventually(async () => cart.word(number) === '審査OK');
  await hub.settle();
  await cart.openForEdit(number);
  await hub.until(number, ({ facts }) => facts.cart.editOpenedAt !== null);
  await cart.paint(number, '審査OK');
  await hub.until(number, ({ facts, gate }) => facts.cart.editOpenedAt === null && gate === 'ship');
});

test('the hub’s own 要確認, replaced by its next word, is never taken for an edit by hand', async () => {
  await Promise.all(
    Array.from({ length: 6 }, async (_, index) => {
      const number = await cart.place({ sender: { tel: '031234567' } });
      await hub.eventually(async () => cart.word(number) === '要確認');
      await hub.act(number, 'correct', { fields: { 'buyer.phone': `031234567${index}` } });
      await hub.until(number, 'approved');
      await hub.eventually(async () => cart.word(number) === '審査OK');
      const opened = await hub.database.query<unknown[]>(
        `select 1 from history h join transactions t on t.id = h.transaction_id
         where t.order_number = $1 and h.event->>'type' = 'edit-opened'`,
        [number],
      );
      expect(opened).toEqual([]);
    }),
  );
});

test('a word painted by hand is painted right again', async () => {
  const number = await shown('審査OK');
  await cart.paint(number, '審査NG');
  await hub.eventually(async () => cart.word(number) === '審査OK');
  expect((await hub.stored(number))?.state).toBe('approved');
});

test('a word that the cart refuses is not sent again by readings, but offered: it goes when a person asks, or with the next word', async () => {
  const { push } = adapterOf('makeshop');
  if (!push) throw new Error('makeshop takes no words');
  const sends = push.pushStatus;
  const number = await shown('審査OK');
  const sent: string[] = [];
  const refusing = jest.spyOn(push, 'pushStatus').mockImplementation(async (io, updates) => {
    const others = updates.filter(({ orderNumber }) => orderNumber !== number);
    const results = [...(await sends(io, others))];
    return updates.map(({ orderNumber, word }) => {
      if (orderNumber !== number) return results.shift() ?? { kind: 'failed', message: 'no result' };
      sent.push(word);
      return { kind: 'refused', message: '変更できない注文です' };
    });
  });
  try {
    await cart.paint(number, '審査NG');
    await hub.eventually(async () => (await hub.page(number)).pushed.error !== null);
    await readings(4);
    expect(sent).toEqual(['審査OK']);
    expect((await hub.page(number)).pushed).toMatchObject({
      unsent: '審査OK',
      error: '変更できない注文です',
    });
    const [found, ...others] = await openFindings(number);
    expect([found, others]).toMatchObject([{ kind: 'cart-word', action: 'send-word', shown: '審査NG' }, []]);

    expect((await (await hub.as('support')).post(`/findings/${found?.id}/repair`)).status).toBe(200);
    await hub.eventually(() => Promise.resolve(sent.length === 2));
    await readings(4);
    expect(sent).toEqual(['審査OK', '審査OK']);
    expect(await openFindings(number)).toHaveLength(1);
  } finally {
    refusing.mockRestore();
  }
  await hub.act(number, 'cancel');
  await hub.until(number, 'cancelled');
  await hub.eventually(async () => (await hub.page(number)).pushed.unsent === null);
});

/** Waits until the shop's cart has been read so often again. */
async function readings(count: number): Promise<void> {
  const done = async (): Promise<number> => {
    const [row] = await hub.database.query<{ count: number }[]>(
      `select count(*)::int from runs where shop_id = $1 and outcome = 'done'`,
      [hub.shopId],
    );
    return row?.count ?? 0;
  };
  const before = await done();
  await hub.eventually(async () => (await done()) >= before + count);
}

async function openFindings(number: string): Promise<readonly FindingView[]> {
  const { body } = await (await hub.as('support')).get<FindingPage>('/findings?state=open');
  return body.rows.filter(({ orderNumber }) => orderNumber === number);
}

test('a word that arrives after a newer one of another hub is not left standing', async () => {
  const { push } = adapterOf('makeshop');
  if (!push) throw new Error('makeshop takes no words');
  const sends = push.pushStatus;
  const number = await cart.place();
  let isOvertaken = false;
  const slow = jest.spyOn(push, 'pushStatus').mockImplementation(async (io, updates) => {
    const isFirst = updates.some(({ orderNumber }) => orderNumber === number) && !isOvertaken;
    if (!isFirst) return sends(io, updates);
    isOvertaken = true;
    await hub.until(number, 'approved');
    // As another hub: it finds the newer word, sends it and is done, while this one is still on its way.
    const group = { lane: 'word', connectionId: hub.shopId, operation: 'push' } as const;
    await hub.app.get(PushWorker, { strict: false }).run(group);
    expect(cart.word(number)).toBe('審査OK');
    return sends(io, updates);
  });
  try {
    await hub.eventually(() => Promise.resolve(isOvertaken && cart.word(number) !== '審査OK'));
    await hub.eventually(async () => cart.word(number) === '審査OK');
    await hub.settle();
    expect((await hub.page(number)).pushed).toMatchObject({ word: '審査OK', unsent: null });
  } finally {
    slow.mockRestore();
  }
});

test('a word that does not arrive is shown as unsent, with the cart’s complaint, and is sent again', async () => {
  await cart.fault({ fault: 'server-error', target: 'makeshop', operation: 'updateOrderPaymentStatus' });
  const number = await cart.place();
  await hub.until(number, 'approved');
  await hub.eventually(async () => (await hub.page(number)).pushed.error !== null);
  expect((await hub.page(number)).pushed).toMatchObject({ word: null, unsent: '審査OK' });
  await cart.noFaults();
  await hub.eventually(async () => cart.word(number) === '審査OK');
  await hub.settle();
  expect((await hub.page(number)).pushed).toMatchObject({ word: '審査OK', unsent: null, error: null });
});

test('a paused shop is left alone in both directions, and catches up', async () => {
  await (await operator()).post(`/shops/${hub.shopId}/pause`);
  await hub.settle();
  const before = await cart.calls();
  const number = await cart.place();
  await hub.settle();
  expect(await hub.stored(number)).toBeUndefined();
  expect(await cart.calls()).toMatchObject({
    'makeshop.searchOrder': before['makeshop.searchOrder'],
    'makeshop.updateOrderPaymentStatus': before['makeshop.updateOrderPaymentStatus'],
  });
  await (await operator()).post(`/shops/${hub.shopId}/resume`);
  await hub.until(number, 'approved');
});

test('a shop that is paused while NP decides gets its words after it goes on', async () => {
  const number = await cart.placeMagic('審査中');
  await hub.eventually(async () => cart.word(number) === '審査中');
  await hub.settle();
  await (await operator()).post(`/shops/${hub.shopId}/pause`);
  await hub.control('POST', '/np/outcome', { shop_transaction_id: number, outcome: { result: 'approve' } });
  await hub.until(number, 'approved');
  await new Promise((done) => setTimeout(done, 300));
  expect(cart.word(number)).toBe('審査中');
  await (await operator()).post(`/shops/${hub.shopId}/resume`);
  await hub.eventually(async () => cart.word(number) === '審査OK');
});

test('the cart down, garbled or slow: the run says so, and the next one goes on', async () => {
  for (const fault of ['server-error', 'garbage', 'truncate', 'drop-answer'])
    await cart.fault({ fault, target: 'makeshop', operation: 'searchOrder', times: 3 });
  const number = await cart.place();
  await hub.until(number, 'approved');
  const { body } = await (
    await operator()
  ).get<{ outcome: string; error: string | null }[]>(`/shops/${hub.shopId}/runs`);
  expect(body.some(({ outcome, error }) => outcome !== 'done' && error !== null)).toBe(true);
});

/** Holds every new transaction back until both shops have read the orders, one at the table and one for its turn. */
async function atTheSameMoment(shopIds: readonly string[], work: () => Promise<void>): Promise<void> {
  const press = async (action: 'pause' | 'resume') => {
    for (const id of shopIds) await (await operator()).post(`/shops/${id}/${action}`);
  };
  // A run under way may have something else to write first, and would wait with that.
  await press('pause');
  await hub.eventually(async () => {
    const running = await hub.database.query<unknown[]>('select 1 from shops where lease_until is not null');
    return running.length === 0;
  });
  const runner = hub.database.createQueryRunner();
  await runner.startTransaction();
  await runner.query('lock table transactions in share row exclusive mode');
  await work();
  await press('resume');
  // Asked on another connection: within a transaction the answer would stay the first one.
  await hub.eventually(async () => {
    const waiting = await hub.database.query<unknown[]>(
      `select 1 from pg_stat_activity where wait_event_type = 'Lock'
         and (query like 'insert into transactions%' or query like 'select pg_advisory_xact_lock%')`,
    );
    return waiting.length === 2;
  });
  await runner.commitTransaction();
  await runner.release();
}

describe('two shops of one merchant that import the same orders', () => {
  test('one transaction at NP for each order, and the second shop says whose it is', async () => {
    const second = await addShop(hub, { connectionId: hub.connectionId, name: '二号店' });
    await hub.settle();
    let numbers: string[] = [];
    await atTheSameMoment([hub.shopId, second], async () => {
      numbers = await Promise.all(Array.from({ length: 8 }, () => cart.place()));
      await sendNotices(hub);
    });
    for (const number of numbers) {
      await hub.eventually(async () => {
        const { body } = await (await hub.as('support')).get<TransactionPage>(`/transactions?q=${number}`);
        const states = body.rows.map(({ state }) => state).sort();
        return JSON.stringify(states) === JSON.stringify(['approved', 'released']);
      });
    }
    await hub.settle();
    for (const number of numbers) {
      expect(cart.theOneAtNp(number).isLive).toBe(true);
      expect(cart.word(number)).toBe('審査OK');
    }
  });
});

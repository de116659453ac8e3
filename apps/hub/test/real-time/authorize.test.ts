import { authorizeAnswerSchema, type Screen, type ShopView } from '@np-hub/model';
import { startTestHub, type TestHub } from '../support/hub.js';
import { addOpenShop, programOf } from '../open/any-system.js';
import { addRealTimeShop, atNp, authorize, orderOf, untilGoingOn } from './support.js';

let hub: TestHub;
let shopId: string;
let connectionId: string;

beforeAll(async () => {
  hub = await startTestHub({ shop: false });
  ({ shopId, connectionId } = await addRealTimeShop(hub, { policies: { stopCourseOnRejected: true } }));
});
afterAll(() => hub.stop());
afterEach(async () => {
  await hub.control('DELETE', '/faults');
  await untilGoingOn(hub);
});

let count = 0;
const newNumber = (): string => `RT-${(count += 1)}`;
const ask = (screen: Screen, number: string, magic = '', fields: object = {}) =>
  authorize(hub, { shopId, screen, order: orderOf(hub, number, magic, fields) });
const until = (number: string, state: Parameters<TestHub['until']>[1]) =>
  hub.until(number, state, { shopId });
const tell = async (what: 'confirmations' | 'abandonments', number: string) =>
  (await hub.as('support')).post<{ results: { outcome: string }[] }>(`/shops/${shopId}/${what}`, {
    orderNumbers: [number],
  });

const ok = '';
const overLimit = '審査NG001';
const held = '保留RE009';
const texts = {
  overLimit:
    'ご利用上限金額を超えているため、NP後払いをご利用いただけません。別の決済手段をご利用ください。\n詳細の確認をご希望の場合は、NPサポートデスクまでお問い合わせください。',
  information:
    '情報不備がある可能性がございましたため、現時点ではNP後払いはご利用できません。別の決済手段をご利用ください。\n詳細の確認をご希望の場合は、お手数ですがNPサポートデスクまでお問い合わせください。',
  other:
    '今回のご注文ではNP後払いをご利用いただけません。別の決済手段をご利用ください。\n詳細の確認をご希望の場合は、NPサポートデスクまでお問い合わせください。',
  staffNg:
    '【NP後払い(リアルタイム)】の決済に失敗しました。\n今回のお支払いは承認されませんでした。 恐れ入りますが、他の支払い方法をお選びください。',
  staffHeld: '【NP後払い(リアルタイム)】与信が保留となりました。',
};

describe('what each screen does (seed 001)', () => {
  test.each<[Screen, string, string, string, string | null, string | null]>([
    ['checkout', ok, 'approved', 'create', null, null],
    ['checkout', overLimit, 'rejected', 'refuse', 'buyer', texts.overLimit],
    ['checkout', '審査NG002', 'rejected', 'refuse', 'buyer', texts.information],
    ['checkout', '審査NG999', 'rejected', 'refuse', 'buyer', texts.other],
    ['checkout', held, 'held', 'create-and-warn', 'staff', texts.staffHeld],
    ['admin-create', ok, 'approved', 'create', null, null],
    ['admin-create', overLimit, 'rejected', 'refuse', 'staff', texts.staffNg],
    ['admin-create', held, 'held', 'refuse', 'staff', texts.staffHeld],
    ['manual-child', overLimit, 'rejected', 'refuse', 'staff', texts.staffNg],
    ['manual-child', held, 'held', 'refuse', 'staff', texts.staffHeld],
    ['auto-child', ok, 'approved', 'create', null, null],
    ['auto-child', overLimit, 'rejected', 'create-and-warn', 'staff', texts.staffNg],
    ['auto-child', held, 'held', 'create-and-warn', 'staff', texts.staffHeld],
  ])('%s, %s: %s, %s', async (...row) => {
    const [screen, magic, result, action, audience, text] = row;
    const number = newNumber();
    const answer = await ask(screen, number, magic);
    expect(answer.status).toBe(200);
    const body = authorizeAnswerSchema.strict().parse(answer.body);
    expect(body).toMatchObject({ orderNumber: number, screen, result, action });
    expect(body.message?.audience ?? null).toBe(audience);
    expect(body.message?.ja ?? null).toBe(text);
    expect(body.instruction).toBe(screen === 'auto-child' && result !== 'approved' ? 'stop-course' : null);
    expect(body.reasons.length > 0).toBe(result !== 'approved');
    expect(atNp(hub, number)).toHaveLength(1);
  });

  test('what NP would not take is named by field, and never sent', async () => {
    const number = newNumber();
    const order = orderOf(hub, number);
    const wrong = { ...order, buyer: { ...order.buyer, phone: '12' } };
    const answer = await authorize(hub, { shopId, screen: 'checkout', order: wrong });
    expect(answer.body).toMatchObject({ result: 'rejected', action: 'refuse', rejection: 'information' });
    expect(answer.body.errors.map(({ field }) => field)).toContain('customer.phone');
    expect(answer.body.message?.ja).toBe(texts.information);
    expect(atNp(hub, number)).toEqual([]);
    // The buyer puts it right, under the same number.
    expect((await authorize(hub, { shopId, screen: 'checkout', order: order })).body.result).toBe('approved');
  });
});

describe('the end of a checkout', () => {
  test('confirmed, the order is real: the gate opens, and its time runs no more', async () => {
    const number = newNumber();
    const { body } = await ask('checkout', number);
    const open = await hub.stored(number, shopId);
    expect([open?.gate, open?.facts.wanted.provisional, body.confirmBy]).toEqual([
      'wait',
      true,
      open?.facts.wanted.confirmBy,
    ]);
    expect((await tell('confirmations', number)).body.results).toEqual([
      { orderNumber: number, outcome: 'done' },
    ]);
    const real = await until(number, 'approved');
    expect([real.gate, real.facts.wanted.provisional]).toEqual(['ship', false]);
    expect((await tell('confirmations', number)).body.results[0]?.outcome).toBe('unchanged');
    expect((await tell('abandonments', number)).body.results[0]?.outcome).toBe('not-allowed');
    expect((await tell('confirmations', 'RT-nobody')).body.results[0]?.outcome).toBe('unknown');
  });

  test('sent by the cart as an order, it is confirmed, even where nothing of it differs', async () => {
    const number = newNumber();
    const order = orderOf(hub, number);
    await authorize(hub, { shopId, screen: 'checkout', order: order });
    const program = await programOf(hub, shopId);
    const { orderNumber: _, ...body } = order;
    expect((await program.put(number, body)).body.outcome).toBe('changed');
    expect((await until(number, 'approved')).gate).toBe('ship');
    expect((await program.put(number, body)).body.outcome).toBe('unchanged');
    expect(atNp(hub, number)).toHaveLength(1);
  });

  test('abandoned by the cart, nothing stays at NP; asked about once more, it is registered anew', async () => {
    const number = newNumber();
    await ask('checkout', number);
    expect((await tell('abandonments', number)).body.results[0]?.outcome).toBe('done');
    await until(number, 'cancelled');
    expect(atNp(hub, number).map(({ isLive }) => isLive)).toEqual([false]);
    expect((await ask('checkout', number)).body.result).toBe('approved');
    expect(atNp(hub, number).map(({ isLive }) => isLive)).toEqual([false, true]);
  });

  test('a hold that the back office does not take is cancelled at once', async () => {
    const number = newNumber();
    await ask('admin-create', number, held);
    await until(number, 'cancelled');
    expect(atNp(hub, number).map(({ isLive }) => isLive)).toEqual([false]);
  });
});

describe('an edit in the back office', () => {
  const lines = [{ name: '見本品', unitPriceYen: 3_000, quantity: 2 }];
  async function confirmed(): Promise<string> {
    const number = newNumber();
    await ask('checkout', number);
    await tell('confirmations', number);
    return number;
  }

  test('approved, the new content is in force', async () => {
    const number = await confirmed();
    const answer = await ask('admin-edit', number, ok, { lines, billedYen: 6_000 });
    expect(answer.body).toMatchObject({ result: 'approved', action: 'create', message: null });
    expect((await until(number, 'approved')).gate).toBe('ship');
    expect(atNp(hub, number).map(({ billedAmount, edits }) => [billedAmount, edits])).toEqual([[6_000, 1]]);
  });

  test.each([
    ['rejected', overLimit, texts.staffNg],
    ['held', held, texts.staffHeld],
    ['rejected', 'エラーE0100059', texts.staffNg],
  ])('%s (%s), the old content stays in force at NP, in one transaction', async (result, magic, text) => {
    const number = await confirmed();
    const answer = await ask('admin-edit', number, magic, { lines, billedYen: 6_000 });
    expect(answer.body).toMatchObject({ result, action: 'refuse' });
    expect(answer.body.message?.ja).toBe(text);
    const restored = await until(number, ({ state, gate }) => state === 'approved' && gate === 'ship');
    expect(restored.facts.wanted.payload.billedYen).toBe(3_000);
    expect(atNp(hub, number).map(({ billedAmount, state }) => [billedAmount, state])).toEqual([
      [3_000, 'approved'],
    ]);
    const page = await hub.page(number, 'support', shopId);
    expect(page.billedYen).toBe(3_000);
    // The same edit may be tried again.
    expect((await ask('admin-edit', number, magic, { lines, billedYen: 6_000 })).body.result).toBe(result);
  });

  test('of a confirmed order only by this screen; the same again is answered by what is known', async () => {
    const number = await confirmed();
    expect((await ask('checkout', number)).body.result).toBe('approved');
    const other = await ask('checkout', number, ok, { lines, billedYen: 6_000 });
    expect([other.status, other.body.error]).toEqual([409, 'order-known']);
    expect(atNp(hub, number).map(({ edits }) => edits)).toEqual([0]);
  });
});

describe('asked twice, and answers that are lost', () => {
  test('at the same time with and without a key: one registration', async () => {
    const number = newNumber();
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask('checkout', number)));
    expect(answers.map(({ body }) => body.result)).toEqual(Array.from({ length: 8 }, () => 'approved'));
    const order = orderOf(hub, number);
    const again = await authorize(hub, { shopId, screen: 'checkout', order: order }, 'the-same');
    const replayed = await authorize(hub, { shopId, screen: 'checkout', order: order }, 'the-same');
    expect(again.status).toBe(200);
    expect(replayed.body).toEqual(again.body);
    expect(atNp(hub, number)).toHaveLength(1);
  });

  test('by shops of one connection at the same moment: each about its own, and one sale is registered once', async () => {
    const operator = await hub.as('operator');
    const made = await operator.post<ShopView>('/shops', {
      name: '二号店',
      adapter: 'any-system',
      connectionId,
      settings: {},
      policies: { duplicates: 'off', realTime: true },
    });
    const takeoverAt = new Date(hub.clock.now().getTime() - 3_600_000).toISOString();
    await operator.post(`/shops/${made.body.id}/go-live`, { takeoverAt, ownLinkIsOff: true });
    const askFor = (asking: string, number: string) =>
      authorize(hub, { shopId: asking, screen: 'checkout', order: orderOf(hub, number) });
    const shopIds = [shopId, made.body.id, shopId, made.body.id];
    const own = shopIds.map((asking) => ({ asking, number: newNumber() }));
    const shared = newNumber();
    const [answers, [one, other]] = await Promise.all([
      Promise.all(own.map(({ asking, number }) => askFor(asking, number))),
      Promise.all([askFor(shopId, shared), askFor(made.body.id, shared)]),
    ]);
    expect(answers.map(({ body }) => [body.orderNumber, body.result])).toEqual(
      own.map(({ number }) => [number, 'approved']),
    );
    expect(own.map(({ number }) => atNp(hub, number).length)).toEqual([1, 1, 1, 1]);
    expect([one?.status, other?.status].sort()).toEqual([200, 409]);
    expect(atNp(hub, shared)).toHaveLength(1);
  });

  test('an order like another open one is pointed out, and NP is asked all the same: the buyer waits', async () => {
    const operator = await hub.as('operator');
    await operator.patch(`/shops/${shopId}`, { policies: { duplicates: 'ask' } });
    const numbers = [newNumber(), newNumber()];
    const results: unknown[] = [];
    for (const number of numbers) results.push((await ask('checkout', number)).body.result);
    await operator.patch(`/shops/${shopId}`, { policies: { duplicates: 'off' } });
    expect(results).toEqual(['approved', 'approved']);
    const { id } = await until(numbers[1] ?? '', 'approved');
    const events = await hub.database.query<{ sequence: number; type: string }[]>(
      `select sequence, event ->> 'type' as type from history where transaction_id = $1 order by sequence`,
      [id],
    );
    expect(events).toMatchObject([
      { sequence: 1, type: 'order-received' },
      { sequence: 2, type: 'duplicates-found' },
      { sequence: 3, type: 'operation-sent' },
      { sequence: 4, type: 'registration-accepted' },
      { sequence: 5, type: 'credit-approved' },
    ]);
    const { attentions } = await hub.page(numbers[1] ?? '', 'support', shopId);
    expect(attentions).toContain('possible-duplicate');
  });

  test('a dropped answer is in doubt, however often it is asked; the doubt ends as any other', async () => {
    await hub.control('POST', '/faults', { fault: 'drop-answer', operation: 'register', times: 1 });
    const number = newNumber();
    const order = orderOf(hub, number);
    const answer = await authorize(hub, { shopId, screen: 'checkout', order: order }, 'doubted');
    expect([answer.status, answer.body.result, answer.body.action]).toEqual([
      202,
      'in-doubt',
      'create-and-warn',
    ]);
    const again = await authorize(hub, { shopId, screen: 'checkout', order: order }, 'doubted');
    expect([again.status, again.body.result]).toEqual([202, 'in-doubt']);
    expect(atNp(hub, number)).toHaveLength(1);
    const { facts } = await until(number, 'in-doubt');
    expect(facts.attempts).toHaveLength(1);
    await tell('confirmations', number);
    const [there] = atNp(hub, number);
    const row = await hub.stored(number, shopId);
    const support = await hub.as('support');
    const entered = await support.post(`/transactions/${shopId}/${row?.id}/actions/enter-np-id`, {
      npTransactionId: there?.npTransactionId,
    });
    expect(entered.status).toBe(200);
    await until(number, 'approved');
    expect(atNp(hub, number)).toHaveLength(1);
  });

  test('NP slower than the cart can wait: in doubt now, answered when it is asked again', async () => {
    await hub.control('POST', '/faults', {
      fault: 'latency',
      operation: 'register',
      delayMs: 600_000,
      times: 1,
    });
    const number = newNumber();
    const answer = await authorize(hub, {
      shopId,
      screen: 'checkout',
      order: orderOf(hub, number),
      // Long enough for a slow machine to ask NP at all.
      waitMs: 6_000,
    });
    expect([answer.status, answer.body.result]).toEqual([202, 'in-doubt']);
    await hub.control('DELETE', '/faults');
    expect((await ask('checkout', number)).body.result).toBe('approved');
    expect(atNp(hub, number)).toHaveLength(1);
  });

  test('an edit whose answer is lost is refused by the cart, and undone once the doubt has ended', async () => {
    const number = newNumber();
    await ask('checkout', number);
    await tell('confirmations', number);
    await hub.control('POST', '/faults', { fault: 'drop-answer', operation: 'edit', times: 1 });
    const fields = { lines: [{ name: '見本品', unitPriceYen: 2_000, quantity: 1 }], billedYen: 2_000 };
    const answer = await ask('admin-edit', number, ok, fields);
    expect([answer.body.result, answer.body.action]).toEqual(['in-doubt', 'refuse']);
    hub.clock.forward(31_000);
    const restored = await until(number, ({ state, gate }) => state === 'approved' && gate === 'ship');
    expect(restored.facts.wanted.payload.billedYen).toBe(3_000);
    expect(atNp(hub, number).map(({ billedAmount }) => billedAmount)).toEqual([3_000]);
  });
});

describe('which orders', () => {
  test('a batch shop works beside it, and its orders are no matter of this call', async () => {
    const batch = await addOpenShop(hub, { name: 'バッチ' });
    const answer = await authorize(hub, { shopId: batch, screen: 'checkout', order: orderOf(hub, 'B-1') });
    expect([answer.status, answer.body.error]).toEqual([409, 'not-real-time']);
    const program = await programOf(hub, batch);
    const { orderNumber: _, ...body } = orderOf(hub, 'B-2');
    await program.put('B-2', body);
    const done = await hub.until('B-2', 'approved', { shopId: batch });
    expect(done.facts.rules.realTime).toBe(false);
    // Seed 001: such an order does not become one in real time, even where its shop has a connection of that kind.
    await hub.database.query('update shops set connection_id = $2 where id = $1', [batch, connectionId]);
    await hub.eventually(
      async () =>
        (await authorize(hub, { shopId: batch, screen: 'admin-edit', order: orderOf(hub, 'B-2') })).body
          .error !== 'not-real-time',
    );
    const moved = await authorize(hub, { shopId: batch, screen: 'admin-edit', order: orderOf(hub, 'B-2') });
    expect([moved.status, moved.body.error]).toEqual([409, 'batch-order']);
  });

  test('the mode of a connection in use stays', async () => {
    const operator = await hub.as('operator');
    const answer = await operator.patch<{ error: string }>(`/connections/${connectionId}`, {
      settings: { mode: 'asynchronous' },
    });
    expect([answer.status, answer.body.error]).toEqual([409, 'merchant-in-use']);
  });

  test('a field that is wrong is named', async () => {
    const answer = await authorize(hub, {
      shopId,
      screen: 'checkout',
      order: { ...orderOf(hub, newNumber()), billedYen: 'x' },
    });
    expect([answer.status, answer.body.fields?.map(({ field }) => field)]).toEqual([
      400,
      ['order.billedYen'],
    ]);
    const half = { ...orderOf(hub, newNumber()), orderNumber: 'half \ud801' };
    const refused = await authorize(hub, { shopId, screen: 'checkout', order: half });
    expect([refused.status, refused.body.fields?.map(({ field }) => field)]).toEqual([
      400,
      ['order.orderNumber'],
    ]);
  });
});

test('a checkout that the cart never ends is cancelled at NP when its time is over; NP out of reach changes nothing', async () => {
  const number = newNumber();
  await ask('checkout', number, held);
  hub.clock.forward(31 * 60_000);
  await until(number, 'cancelled');
  expect(atNp(hub, number).map(({ isLive }) => isLive)).toEqual([false]);
  const confirmed = await tell('confirmations', number);
  expect(confirmed.body.results[0]?.outcome).toBe('done');
  await until(number, 'held');

  await hub.control('POST', '/faults', { fault: 'throttle', operation: 'register' });
  const unsent = newNumber();
  const answer = await ask('checkout', unsent);
  expect([answer.status, answer.body.error]).toEqual([503, 'np-unavailable']);
  await until(unsent, 'cancelled');
  expect(atNp(hub, unsent)).toEqual([]);
});

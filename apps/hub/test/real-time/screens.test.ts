import { startTestHub, type TestHub } from '../support/hub.js';
import { programOf, type Program } from '../open/any-system.js';
import { Manual } from '../support/manual.js';
import { type Decision, exchangeFolder, realTimeStore, type Store } from './store.js';
import { atNp, untilGoingOn } from './support.js';

/**
 * The manual's section on what happens by screen, walked line by line on the sandbox: its サブスクストア asks, follows the
 * answer, and its files come and go beside.
 */
const manual = new Manual(__dirname, 'manual-screens.txt');
const { folder, remove } = exchangeFolder();
const hourMs = 3_600_000;
let hub: TestHub;
let store: Store;
let shopId: string;
/** By a key: a person's session does not last over the night. */
let operator: Program;

beforeAll(async () => {
  // Policies change between questions: none is to go by those of before.
  hub = await startTestHub({
    shop: false,
    variables: { NP_HUB_EXCHANGE: folder },
    timing: { settingsKeptMs: 0 },
  });
  ({ store, shopId } = await realTimeStore(hub, folder));
  operator = await programOf(hub, shopId, { role: 'operator' });
});
afterAll(async () => {
  await hub.stop();
  remove();
});

const until = (number: string, wanted: Parameters<TestHub['until']>[1]) =>
  hub.until(number, wanted, { shopId });
/** Both sides hold 「定期注文エラー発生時の処理」 and 「自動で代引きに変更する」. */
async function setShop({ stops = true, cod = false }: { stops?: boolean; cod?: boolean }): Promise<void> {
  const policies = { stopCourseOnRejected: stops, onRejected: cod ? 'change-to-cod' : 'hold-shipment' };
  expect((await operator.send('PATCH', `/shops/${shopId}`, { policies })).status).toBe(200);
  await store.set({ stopCourseOnError: stops, changeToCod: cod });
}
beforeEach(async () => {
  await setShop({});
  await untilGoingOn(hub);
});

/** 注文データ says the same once more; its stamps are of whole seconds. */
const fileRead = (number: string) => until(number, ({ facts }) => facts.cart.npWord !== null);
const isLive = (number: string) => atNp(hub, number).map((each) => each.isLive);
const told = async (number: string): Promise<string> =>
  (await store.order(number)).notices.map(({ text }) => text).join('\n');

manual.note(1, 2);
describe('カート画面', () => {
  manual.walk(3, 3, async () => {
    const { orderNumber, outcome, screen } = await store.buy('ok');
    expect([screen, outcome]).toEqual(['checkout', 'made']);
    // One question, one registration, and the same content by 注文データ afterwards: nothing is edited at NP.
    const row = await fileRead(orderNumber);
    expect(row.facts.wanted.provisional).toBe(false);
    expect(atNp(hub, orderNumber).map(({ edits }) => edits)).toEqual([0]);
  });
  manual.note(4);
  manual.walk(5, 5, async () => {
    const { orderNumber } = await store.buy('ok');
    expect(await store.order(orderNumber)).toMatchObject({ creditStatus: '与信OK', orderStatus: '出荷待ち' });
    const row = await until(orderNumber, 'approved');
    expect([row.gate, row.facts.wanted.provisional]).toEqual(['ship', false]);
  });
  manual.note(6);
  manual.walk(7, 7, async () => {
    const { orderNumber, outcome } = await store.buy('other');
    expect(outcome).toBe('refused');
    expect(await store.isThere(orderNumber)).toBe(false);
    expect((await until(orderNumber, 'rejected')).gate).toBe('stop');
  });
  manual.walk(8, 8, async () => {
    for (const decision of ['over-limit', 'information', 'other'] as const)
      expect((await store.buy(decision)).shown).toMatch(/別の決済手段をご利用ください。/u);
  });
  const errors: [number, Decision][] = [
    [9, 'over-limit'],
    [12, 'information'],
    [15, 'other'],
  ];
  for (const [line, decision] of errors)
    manual.walk(line, line + 2, async () => {
      expect(await store.buy(decision)).toMatchObject({
        outcome: 'refused',
        shown: manual.text(line + 1, line + 2),
      });
    });
  manual.note(18);
  manual.walk(19, 19, async () => {
    const { orderNumber, outcome } = await store.buy('held');
    expect(outcome).toBe('made-and-told');
    expect(await store.order(orderNumber)).toMatchObject({ creditStatus: '与信保留' });
    expect(await told(orderNumber)).toContain(manual.text(33));
    expect((await until(orderNumber, 'held')).gate).not.toBe('ship');
  });
  test('a buyer who leaves after the answer keeps nothing at NP', async () => {
    const { orderNumber, outcome } = await store.buy('ok', { leaves: true });
    expect([outcome, await store.isThere(orderNumber)]).toEqual(['abandoned', false]);
    await until(orderNumber, 'cancelled');
    expect(isLive(orderNumber)).toEqual([false]);
  });
  test('an answer that is lost makes the order, which waits, and registers nothing twice', async () => {
    const { orderNumber, outcome, answer } = await store.buy('lost');
    expect([outcome, answer?.result]).toEqual(['made-and-told', 'in-doubt']);
    expect((await until(orderNumber, 'in-doubt')).gate).not.toBe('ship');
    expect(atNp(hub, orderNumber)).toHaveLength(1);
  });
});

/** What an order of the back office has to come to, entered and edited. */
describe('管理画面(注文登録)', () => {
  const enter = (decision: Decision) => store.buy(decision, {}, 'admin-create');
  const edit = (number: string, decision: Decision) =>
    store.refused(`/orders/${number}/edit`, { building: `${decision}ビル`, decision });
  manual.note(20, 21);
  manual.walk(22, 22, async () => {
    const { orderNumber, outcome } = await enter('ok');
    expect(outcome).toBe('made');
    expect((await store.order(orderNumber)).creditStatus).toBe('与信OK');
    await fileRead(orderNumber);
    expect((await edit(orderNumber, 'ok')).status).toBe(200);
    expect((await store.order(orderNumber)).buyer.building).toBe('okビル');
    await until(orderNumber, ({ state, gate }) => state === 'approved' && gate === 'ship');
    expect(atNp(hub, orderNumber).map(({ edits }) => edits)).toEqual([1]);
  });
  const refusals: [number, Decision, string][] = [
    [23, 'over-limit', manual.text(27, 28)],
    [29, 'held', manual.text(33)],
  ];
  for (const [line, decision, text] of refusals) {
    const isHeld = decision === 'held';
    manual.note(line);
    manual.walk(line + 1, line + 1, async () => {
      const { orderNumber, outcome, shown } = await enter(decision);
      expect([outcome, shown, await store.isThere(orderNumber)]).toEqual(['refused', text, false]);
      expect((await until(orderNumber, isHeld ? 'cancelled' : 'rejected')).gate).toBe('stop');
    });
    manual.walk(line + 2, line + 2, async () => {
      const { orderNumber } = await enter('ok');
      await fileRead(orderNumber);
      const before = await store.order(orderNumber);
      expect(await edit(orderNumber, decision)).toEqual({ status: 409, message: text });
      expect(await store.order(orderNumber)).toMatchObject({ buyer: before.buyer, creditStatus: '与信OK' });
      const row = await until(orderNumber, ({ state, gate }) => state === 'approved' && gate === 'ship');
      expect(row.facts.attempts).toHaveLength(1);
      // Another payment method needs no credit check.
      await store.post(`/orders/${orderNumber}/edit`, { payment: '代引き' });
      await until(orderNumber, 'released');
      expect(isLive(orderNumber)).toEqual([false]);
    });
    manual.walk(line + 3, isHeld ? 33 : 28, async () => {
      expect((await enter(decision)).shown).toBe(text);
    });
  }
});

describe('定期2回目以降の定期注文', () => {
  const byHand = (course: string, decision: Decision) =>
    store.refused(`/courses/${course}/generate`, { decision });
  manual.note(34);
  manual.walk(35, 35, async () => {
    const course = await store.startCourse();
    const child = await store.generated(course, 'ok');
    expect((await store.questions()).at(-1)).toMatchObject({
      screen: 'auto-child',
      orderNumber: child.number,
    });
    expect(atNp(hub, child.number)).toHaveLength(1);
  });
  manual.walk(36, 36, async () => {
    const course = await store.startCourse();
    expect((await byHand(course, 'ok')).status).toBe(200);
    expect((await store.questions()).at(-1)).toMatchObject({ screen: 'manual-child', outcome: 'made' });
  });
  manual.walk(37, 37, async () => {
    const course = await store.startCourse();
    for (const [decision, text] of [
      ['over-limit', manual.text(27, 28)],
      ['held', manual.text(33)],
    ] as const) {
      expect(await byHand(course, decision)).toEqual({ status: 409, message: text });
      expect(await store.course(course)).toMatchObject({ count: 1, status: '継続' });
    }
  });
  manual.note(38);
  manual.walk(39, 39, async () => {
    const course = await store.startCourse();
    const child = await store.generated(course, 'ok');
    expect(child).toMatchObject({ creditStatus: '与信OK', course: { count: 2, generation: '自動生成' } });
    await until(child.number, ({ state, gate }) => state === 'approved' && gate === 'ship');
    expect((await store.course(course)).status).toBe('継続');
  });

  manual.note(40);
  manual.walk(41, 41, async () => {
    for (const [stops, status] of [
      [true, '停止'],
      [false, '継続'],
    ] as const) {
      await setShop({ stops });
      const course = await store.startCourse();
      const child = await store.generated(course, 'over-limit');
      expect(child.creditStatus).toBe('与信NG');
      await hub.eventually(async () => (await store.course(course)).status === status);
      expect((await until(child.number, 'rejected')).gate).toBe('stop');
      // 出荷停止状態: nobody ships it by mistake, and the box is not ticked.
      expect(child.shipmentStopped).toBe(false);
      expect(
        (await store.refused(`/orders/${child.number}/ship`, { slipNumber: '401234567890' })).status,
      ).toBe(409);
    }
  });
  manual.note(46);
  manual.walk(47, 47, async () => {
    await setShop({ stops: false });
    const course = await store.startCourse();
    const child = await store.generated(course, 'held');
    expect(child.creditStatus).toBe('与信保留');
    await hub.eventually(async () => (await store.course(course)).status === '停止');
    await until(child.number, 'held');
  });
  for (const [first, decision, word] of [
    [42, 'over-limit', '与信NG'],
    [48, 'held', '与信保留'],
  ] as const) {
    manual.walk(first, first, async () => {
      const child = await store.generated(await store.startCourse(), decision);
      await hub.eventually(async () => (await told(child.number)).includes(`${word}になりました。`));
    });
    manual.walk(first + 1, first + 1, async () => {
      const course = await store.startCourse();
      const child = await store.generated(course, decision);
      await hub.eventually(async () => (await store.course(course)).status === '停止');
      // By another payment method, or by putting right what NP found.
      await store.post(`/courses/${course}/payment`, { payment: '代引き' });
      await store.post(`/courses/${course}/resume`);
      expect(await store.course(course)).toMatchObject({ status: '継続', payment: '代引き' });
      expect(
        (await store.refused(`/orders/${child.number}/edit`, { building: '302号室', decision: 'ok' })).status,
      ).toBe(200);
      expect((await until(child.number, 'approved')).gate).toBe('ship');
    });
    manual.walk(first + 2, first + 2, async () => {
      const course = await store.startCourse();
      await store.generated(course, decision);
      await hub.eventually(async () => (await store.course(course)).status === '停止');
      await store.post('/next-decision', { decision: 'ok' });
      await store.post(`/courses/${course}/next-shipment`, { nextShipOn: japanDay(0) });
      await store.post(`/courses/${course}/resume`);
      const { count } = await store.course(course);
      const sevenAtMs = Date.parse(`${japanDay(1)}T07:00:00+09:00`);
      hub.clock.forward(sevenAtMs - hub.clock.now().getTime() - 60_000);
      await hub.settle();
      expect((await store.course(course)).count).toBe(count);
      hub.clock.forward(2 * 60_000);
      await hub.eventually(async () => (await store.course(course)).count === count + 1);
      expect(await store.order((await store.course(course)).lastOrder)).toMatchObject({
        creditStatus: '与信OK',
      });
    });
    manual.walk(first + 3, first + 3, async () => {
      const course = await store.startCourse();
      await store.generated(course, decision);
      await hub.eventually(async () => (await store.course(course)).status === '停止');
      expect((await byHand(course, 'ok')).status).toBe(200);
      expect(await store.order((await store.course(course)).lastOrder)).toMatchObject({
        creditStatus: '与信OK',
        course: { count: 3, generation: '手動生成' },
      });
    });
  }
});

describe('与信NGの際に「自動で代引きに変更する」を設定している場合', () => {
  manual.note(52);
  manual.walk(53, 53, async () => {
    await setShop({ cod: true });
    const course = await store.startCourse();
    const child = await store.generated(course, 'over-limit');
    await hub.eventually(async () => (await store.order(child.number)).payment === '代引き');
    await until(child.number, 'released');
    expect(await told(child.number)).toMatch(/支払方法を代引きに変更しました/u);
    const held = await store.generated(await store.startCourse(), 'held');
    await until(held.number, 'held');
    expect((await store.order(held.number)).payment).toBe('NP後払い(リアルタイム)');
    for (const screen of ['checkout', 'admin-create']) {
      const { orderNumber, outcome } = await store.buy('over-limit', {}, screen);
      expect([outcome, await store.isThere(orderNumber)]).toEqual(['refused', false]);
    }
  });
});

test('every line of the section has been walked', () => {
  expect(manual.left()).toEqual([]);
});

const japanDay = (days: number): string =>
  new Date(hub.clock.now().getTime() + 9 * hourMs + days * 24 * hourMs).toISOString().slice(0, 10);

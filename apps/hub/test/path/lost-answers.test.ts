import { limits } from '@np-hub/model';
import { Reaper } from '../../src/dispatch/reaper.js';
import { startTestHub, type TestHub } from '../support/hub.js';
import { cartOf, type Cart } from './cart.js';
import { aliveAtNp, differences } from './implied.js';

/** Longer than the first pause before a lost call is repeated. */
const resolvingMs = limits.callAtMostMs + limits.resolveFirstMs;

describe('where nobody has confirmed that NP refuses duplicates', () => {
  let hub: TestHub;
  let cart: Cart;

  beforeAll(async () => {
    hub = await startTestHub({
      gatewaySettings: { duplicateGuardConfirmed: false, duplicateGuardCode: '' },
    });
    cart = cartOf(hub);
  });
  afterAll(() => hub.stop());
  afterEach(() => cart.noFaults());

  async function lostRegistration(): Promise<string> {
    await cart.fault({ fault: 'drop-answer', operation: 'register', times: 1 });
    const number = await cart.place();
    await hub.until(number, 'in-doubt');
    return number;
  }

  test('a lost registration is never repeated by itself; the id from NP’s console resolves it', async () => {
    const number = await lostRegistration();
    const page = await hub.page(number);
    expect(page).toMatchObject({
      actor: 'shop',
      gate: 'wait',
      inFlight: { operation: 'register', losses: 1 },
    });
    expect(page.actions).toContain('enter-np-id');
    hub.clock.forward(2 * resolvingMs);
    await hub.settle();
    expect(cart.theOneAtNp(number).isLive).toBe(true);
    expect((await hub.stored(number))?.state).toBe('in-doubt');

    const early = await lostRegistration();
    expect(await hub.act(early, 'confirm-absence')).toMatchObject({
      status: 409,
      body: { error: 'too-early' },
    });

    const wrong = await hub.act(number, 'enter-np-id', { npTransactionId: '123' });
    expect(wrong).toMatchObject({ status: 400, body: { error: 'malformed-np-id' } });
    const { npTransactionId } = cart.theOneAtNp(number);
    expect((await hub.act(number, 'enter-np-id', { npTransactionId })).status).toBe(200);
    await hub.until(number, 'approved');
    const again = await hub.act(early, 'enter-np-id', { npTransactionId });
    expect(again).toMatchObject({ status: 409, body: { error: 'np-id-in-use' } });
    expect(cart.theOneAtNp(number).npTransactionId).toBe(npTransactionId);
  });

  test('a registration that never arrived is sent again once a person has seen that NP has none', async () => {
    await cart.fault({ fault: 'garbage', work: 'not-done', operation: 'register', times: 1 });
    const number = await cart.place();
    await hub.until(number, 'in-doubt');
    expect(cart.atNp(number)).toEqual([]);
    hub.clock.forward(limits.absenceAfterMs);
    expect((await hub.page(number)).actions).toContain('confirm-absence');
    expect((await hub.act(number, 'confirm-absence')).status).toBe(200);
    await hub.until(number, 'approved');
    expect(cart.theOneAtNp(number).shopTransactionId).toBe(`${number}-2`);
  });

  test('a cancel in the cart is kept over the doubt, and reaches NP once the id is known', async () => {
    const number = await lostRegistration();
    await cart.cancel(number);
    await hub.until(number, ({ facts }) => facts.wanted.cancel !== null);
    expect((await hub.stored(number))?.state).toBe('in-doubt');
    await hub.act(number, 'enter-np-id', { npTransactionId: cart.theOneAtNp(number).npTransactionId });
    await hub.until(number, 'cancelled');
    expect(cart.theOneAtNp(number).state).toBe('cancelled');
  });
});

describe('where NP is known to refuse duplicates', () => {
  let hub: TestHub;
  let cart: Cart;

  beforeAll(async () => {
    hub = await startTestHub();
    cart = cartOf(hub);
  });
  afterAll(() => hub.stop());
  afterEach(() => cart.noFaults());

  test('a probe proves that a lost registration has arrived; its id is for a person to find', async () => {
    await cart.fault({ fault: 'drop-answer', operation: 'register', times: 1 });
    const number = await cart.place();
    await hub.until(number, 'in-doubt');
    hub.clock.forward(resolvingMs);
    await hub.until(number, ({ facts }) => facts.inFlight?.arrived === true);
    const page = await hub.page(number);
    expect(page).toMatchObject({ state: 'in-doubt', actor: 'shop' });
    expect(page.actions).toContain('enter-np-id');
    expect(page.actions).not.toContain('confirm-absence');
    await hub.act(number, 'enter-np-id', { npTransactionId: cart.theOneAtNp(number).npTransactionId });
    await hub.until(number, 'approved');
    expect(aliveAtNp(cart.atNp(number))).toHaveLength(1);
  });

  test('a lost registration that never arrived is registered by the probe itself', async () => {
    await cart.fault({ fault: 'garbage', work: 'not-done', operation: 'register', times: 1 });
    const number = await cart.place();
    await hub.until(number, 'in-doubt');
    hub.clock.forward(resolvingMs);
    await hub.until(number, 'approved');
    expect(cart.theOneAtNp(number).shopTransactionId).toBe(number);
  });

  test.each(['drop-answer', 'truncate', 'garbage'])('%s of an edit resolves itself', async (fault) => {
    const number = await cart.place();
    await hub.until(number, 'approved');
    await cart.fault({ fault, operation: 'edit', times: 1 });
    await cart.editParty(number, { address2: `ハイツ若葉${fault.length}02` });
    expect((await hub.until(number, 'in-doubt')).gate).toBe('wait');
    hub.clock.forward(resolvingMs);
    await hub.until(number, ({ gate }) => gate === 'ship');
    expect(differences(cart.order(number), cart.theOneAtNp(number))).toEqual([]);
  });

  test.each([
    ['drop-answer', 'done'],
    ['garbage', 'not-done'],
  ])('%s of a cancel (%s at NP) resolves itself', async (fault, work) => {
    const number = await cart.place();
    await hub.until(number, 'approved');
    await cart.fault({ fault, work, operation: 'cancel', times: 1 });
    // A question about its credit would bring NP's word of the cancel, sometimes before its answer counts as lost.
    await cart.fault({ fault: 'latency', operation: 'find', delayMs: 600_000 });
    await cart.cancel(number);
    await hub.until(number, 'in-doubt');
    await cart.noFaults();
    hub.clock.forward(resolvingMs);
    await hub.until(number, 'cancelled');
    expect(cart.theOneAtNp(number).state).toBe('cancelled');
  });

  test.each([
    ['drop-answer', 'done'],
    ['truncate', 'not-done'],
  ])('%s of a report (%s at NP) resolves itself', async (fault, work) => {
    const number = await cart.place();
    await hub.until(number, 'approved');
    await cart.fault({ fault, work, operation: 'report', times: 1 });
    await cart.ship(number, '1234-5678-9012');
    await hub.until(number, 'in-doubt');
    hub.clock.forward(resolvingMs);
    await hub.until(number, 'reported');
    expect(cart.theOneAtNp(number).report?.slipNumber.replaceAll('-', '')).toBe('123456789012');
  });

  test('a cancel wanted over a lost edit needs no repeat of the edit', async () => {
    const number = await cart.place();
    await hub.until(number, 'approved');
    await cart.fault({ fault: 'drop-answer', operation: 'edit', times: 1 });
    await cart.editParty(number, { address2: 'ハイツ若葉102' });
    await hub.until(number, 'in-doubt');
    await cart.cancel(number);
    await hub.until(number, ({ facts }) => facts.wanted.cancel !== null);
    hub.clock.forward(2 * resolvingMs);
    await hub.until(number, 'cancelled');
    expect(cart.theOneAtNp(number)).toMatchObject({ state: 'cancelled', edits: 1 });
  });

  test('throttled calls are proven not to have been carried out: everything waits and is sent again', async () => {
    await cart.fault({ fault: 'throttle', operation: 'register', times: 2 });
    const numbers = await Promise.all([cart.place(), cart.place()]);
    for (const number of numbers) await hub.until(number, 'approved');
    for (const number of numbers) expect(cart.theOneAtNp(number).shopTransactionId).toBe(number);
  });

  test('an error of NP’s own proves nothing: the doubt resolves itself, also when its first repeat fails likewise', async () => {
    await cart.fault({ fault: 'server-error', operation: 'register', times: 2 });
    const number = await cart.place();
    await hub.until(number, ({ facts }) => facts.inFlight?.losses === 1);
    hub.clock.forward(resolvingMs);
    await hub.until(number, ({ facts }) => facts.inFlight?.losses === 2);
    hub.clock.forward(4 * resolvingMs);
    await hub.until(number, 'approved');
    expect(cart.theOneAtNp(number).shopTransactionId).toBe(number);
  });

  test('an answer about half of a batch: the named lines count, the others are in doubt and resolve themselves', async () => {
    const operator = await hub.as('operator');
    await operator.post(`/shops/${hub.shopId}/pause`);
    const numbers = await Promise.all(Array.from({ length: 6 }, () => cart.place()));
    await cart.fault({ fault: 'half-batch', operation: 'register', times: 1 });
    await operator.post(`/shops/${hub.shopId}/resume`);
    for (const number of numbers) await hub.until(number, ['approved', 'in-doubt', 'reviewing']);
    const states = await Promise.all(numbers.map(async (number) => (await hub.stored(number))?.state));
    expect(states.filter((state) => state === 'in-doubt')).toHaveLength(3);
    hub.clock.forward(resolvingMs);
    for (const number of numbers) await hub.until(number, 'approved');
    for (const number of numbers) expect(cart.theOneAtNp(number).isLive).toBe(true);
  });

  test('lost answers to questions change nothing', async () => {
    const number = await cart.placeMagic('保留RE009');
    await hub.until(number, 'held');
    for (const fault of ['drop-answer', 'garbage', 'truncate', 'server-error', 'throttle'])
      await cart.fault({ fault, operation: 'find', times: 1 });
    await cart.editParty(number, { address2: '第二コーポ305号室' });
    await hub.until(number, 'approved');
  });

  test('nothing stays in a worker’s hands', async () => {
    await hub.settle();
    expect(await hub.app.get(Reaper, { strict: false }).run()).toBe(0);
  });
});

test('a batch refused as a whole is halved until it goes through', async () => {
  const merchants = [
    { merchantCode: 'RT1', spCode: 'RTSP', terminalId: '2000099009', mode: 'real-time' as const },
  ];
  const hub = await startTestHub({ sandboxConfig: { merchants } });
  const cart = cartOf(hub);
  const operator = await hub.as('operator');
  await operator.post(`/shops/${hub.shopId}/pause`);
  const numbers = await Promise.all(Array.from({ length: 5 }, () => cart.place()));
  await operator.post(`/shops/${hub.shopId}/resume`);
  for (const number of numbers) await hub.until(number, 'approved');
  for (const number of numbers) expect(cart.theOneAtNp(number).isLive).toBe(true);
  await hub.stop();
});

test('wrong credentials pause the connection, visibly; with the right ones everything goes on and nothing is lost', async () => {
  const hub = await startTestHub({ gatewaySettings: { spCode: 'WRONG00001' } });
  const cart = cartOf(hub);
  const numbers = await Promise.all([cart.place(), cart.place(), cart.place()]);
  const operator = await hub.as('operator');
  const trouble = async () => {
    const { body } = await operator.get<{ connectionTrouble: string | null }[]>('/shops');
    return body[0]?.connectionTrouble ?? '';
  };
  await hub.eventually(async () => (await trouble()).startsWith('unauthorized'));
  expect(await trouble()).not.toContain('WRONG00001');
  for (const number of numbers) expect((await hub.stored(number))?.state).toBe('registering');
  const changed = await operator.patch(`/connections/${hub.connectionId}`, {
    settings: { spCode: hub.sandbox.config.merchants[0]?.spCode },
  });
  expect(changed.status).toBe(200);
  for (const number of numbers) await hub.until(number, 'approved');
  expect(await trouble()).toBe('');
  for (const number of numbers) expect(cart.theOneAtNp(number).shopTransactionId).toBe(number);
  await hub.stop();
});

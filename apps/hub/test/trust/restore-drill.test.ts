import type { FindingPage, ReconciliationView } from '@np-hub/model';
import { restoreBackup } from '../../src/maintenance/restore.js';
import { createKeyring } from '../../src/security/keyring.js';
import { differencesIn } from '../desk/kept-beside.js';
import { startDesk, type Desk } from '../desk/scene.js';
import { cartOf } from '../path/cart.js';
import { emptyTestDatabase } from '../support/database.js';
import { startTestHub, type TestHub } from '../support/hub.js';
import { backupOf, streamOf } from './backups.js';

const keyring = createKeyring([{ id: 'test', secret: Buffer.alloc(32, 7) }]);

let desk: Desk;
let target: Awaited<ReturnType<typeof emptyTestDatabase>>;
let second: TestHub | undefined;

beforeAll(async () => {
  desk = await startDesk();
  target = await emptyTestDatabase();
});
afterAll(async () => {
  await second?.stop();
  await desk?.hub.stop();
  await target?.drop();
});

/** Compares cart, hub and NP to the end. */
async function reconcile(hub: TestHub): Promise<ReconciliationView> {
  const owner = await hub.as('owner');
  const asked = await owner.post<ReconciliationView>(`/shops/${hub.shopId}/reconciliations`);
  expect(asked.status).toBe(202);
  let run = asked.body;
  await hub.eventually(async () => {
    const path = `/shops/${hub.shopId}/reconciliations/${asked.body.id}`;
    run = (await owner.get<ReconciliationView>(path)).body;
    return run.finishedAt !== null;
  });
  expect(run.outcome).toBe('done');
  return run;
}

test('restore drill: backed up under load, destroyed, restored, reconciled; no order lost, none registered twice', async () => {
  const { hub, cart, orders } = desk;
  const cancelledLater = await cart.place();
  const cancelledInCart = await cart.place();
  const reportedLater = orders.approved;
  const earlier = await Promise.all(Array.from({ length: 4 }, () => cart.place()));
  for (const number of [cancelledLater, cancelledInCart, ...earlier]) await hub.until(number, 'approved');
  await hub.database.query('update shops set next_run_at = $1', [hub.clock.now()]);
  const during = Promise.all(Array.from({ length: 8 }, () => cart.place()));
  const file = await backupOf(hub, keyring);
  const later = await Promise.all(Array.from({ length: 4 }, () => cart.place()));
  const numbers = [
    ...Object.values(orders),
    cancelledLater,
    cancelledInCart,
    ...earlier,
    ...(await during),
    ...later,
  ];
  // What the file cannot know of: registered, reported and cancelled after it was made.
  await cart.ship(reportedLater, '2345-6789-0123');
  await hub.until(reportedLater, 'reported');
  await hub.act(cancelledLater, 'cancel');
  await cart.cancel(cancelledInCart);
  for (const number of [cancelledLater, cancelledInCart]) await hub.until(number, 'cancelled');
  for (const number of later) await hub.until(number, 'approved');
  const atLast = await cart.place();
  numbers.push(atLast);
  // And some are still under way while it is destroyed.
  await hub.app.close();
  const registered = new Map(numbers.map((number) => [number, cart.atNp(number).length]));

  await restoreBackup(target.url, keyring, streamOf(file));
  const restored = await startTestHub({
    sandbox: hub.sandbox,
    databaseUrl: target.url,
    clock: hub.clock,
    shop: false,
  });
  second = restored;
  Object.assign(restored, { shopId: hub.shopId, connectionId: hub.connectionId });
  expect(await differencesIn(restored.database)).toEqual([]);
  const owner = await restored.as('owner');
  const seen = await owner.get<{ rows: { buyerName: string }[] }>(`/transactions?q=${orders.shipped}`);
  expect(seen.body.rows[0]?.buyerName).toMatch(/\S/u);
  const [connection] = (await owner.get<{ id: string; trouble: string }[]>('/connections')).body;
  expect(connection?.trouble).toMatch(/restored from a backup/u);

  // Step 4 of docs/operating.md: compared while nothing may be written to NP, and only then opened.
  const first = await reconcile(restored);
  for (const [number, count] of registered)
    expect([number, cart.atNp(number).length]).toEqual([number, count]);
  // NP does not say who ended it. The shop's rule registers anew what has lapsed, but nothing whose end the hub forgot.
  const found = await owner.get<FindingPage>(`/findings?shopId=${hub.shopId}&limit=100`);
  const ended = found.body.rows.filter(({ kind }) => kind === 'np-cancelled');
  // What the cart has cancelled is wanted no more, whichever of the two is heard of first.
  const endedNumbers = ended.map(({ orderNumber }) => orderNumber);
  expect(endedNumbers).toContain(cancelledLater);
  expect([cancelledLater, cancelledInCart]).toEqual(expect.arrayContaining(endedNumbers));
  expect(first.counts).toMatchObject({ 'np-cancelled': endedNumbers.length });
  await owner.patch(`/connections/${connection?.id}`, { name: 'NP' });
  for (const number of numbers) {
    await restored.until(number, ({ state }) => !['received', 'registering'].includes(state));
    expect([number, cartOf(restored).atNp(number).length <= 1]).toEqual([number, true]);
  }
  await restored.until(reportedLater, 'reported');
  await restored.settle();
  await restored.until(cancelledInCart, 'cancelled');
  await restored.until(cancelledLater, 'lapsed');
  const asked = await restored.page(cancelledLater);
  expect(asked).toMatchObject({ actor: 'shop', attentions: ['ended-at-np'] });
  for (const number of [cancelledLater, cancelledInCart])
    expect(cart.atNp(number).map(({ state }) => state)).toEqual(['cancelled']);
  expect(asked.timeline.map(({ name }) => name)).toContain('backup-restored');
  await restored.act(cancelledLater, 'cancel');
  await restored.until(cancelledLater, 'cancelled');
  await reconcile(restored);
  // Only a second whole comparison asks about an order that the cart no longer has.
  expect((await reconcile(restored)).counts).toEqual({});
  const open = await owner.get<FindingPage>(`/findings?shopId=${hub.shopId}&state=open`);
  expect(open.body.rows).toEqual([]);
  for (const number of [orders.shipped, ...earlier, ...(await during), ...later]) {
    expect(cart.theOneAtNp(number).state).not.toBe('cancelled');
  }
  expect(await differencesIn(restored.database)).toEqual([]);
});

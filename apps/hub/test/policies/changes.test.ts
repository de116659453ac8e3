import type { ErrorView, ShopView } from '@np-hub/model';
import { startTestHub, type TestHub } from '../support/hub.js';

let hub: TestHub;

beforeAll(async () => {
  hub = await startTestHub();
});
afterAll(() => hub.stop());

const patch = async <Body = ShopView>(policies: object) =>
  (await hub.as('operator')).patch<Body>(`/shops/${hub.shopId}`, { policies });

test('a changed policy leaves the others as they were', async () => {
  const first = { contractedCarrier: true, creditTiming: 'by-hand', creditDaysBefore: 7, feeMode: 'add' };
  expect((await patch(first)).body.policies).toMatchObject(first);
  const { status, body } = await patch({ emailRequired: false });
  expect(status).toBe(200);
  expect(body.policies).toMatchObject({ ...first, emailRequired: false });
});

test('a name that is no policy, and a value that is none, are refused and change nothing', async () => {
  const before = (await patch({})).body.policies;
  const band = { fromYen: 5, toYen: 1, feeYen: 100 };
  for (const [policies, field] of [
    [{ creditTimming: 'at-once' }, 'policies.creditTimming'],
    [{ creditDaysBefore: -1 }, 'policies.creditDaysBefore'],
    [{ feeBands: [band] }, 'policies.feeBands[0].toYen'],
    [{ malls: { 楽天: 'not an id' } }, 'policies.malls.楽天'],
    [{ malls: { 楽天: '00000000-0000-4000-8000-000000000000' } }, 'policies.malls.楽天'],
  ] as const) {
    const { status, body } = await patch<ErrorView>(policies);
    expect([status, body.fields.map((each) => each.field)]).toEqual([400, [field]]);
  }
  expect((await patch({})).body.policies).toEqual(before);
});

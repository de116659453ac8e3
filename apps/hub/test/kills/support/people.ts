import type { Scene } from './scene.js';

/** Numbers by chance that a seed repeats (mulberry32). */
export function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const between = (random: () => number, from: number, to: number): number =>
  from + Math.floor(random() * (to - from + 1));

/** What people at the shop do all at once, whatever the order is going through, and how often. */
const acts: readonly (readonly [
  times: number,
  act: (scene: Scene, number: string, random: () => number) => Promise<unknown>,
])[] = [
  [4, (scene, number) => scene.control('POST', `/makeshop/orders/${number}/cancel`)],
  [1, (scene, number) => scene.control('POST', `/makeshop/orders/${number}/delete`)],
  [
    1,
    (scene, number) => scene.control('POST', `/makeshop/orders/${number}/payment-method`, { payMethod: 'R' }),
  ],
  [
    5,
    (scene, number, random) =>
      scene.control('PATCH', `/makeshop/orders/${number}`, {
        items: [{ productName: '手ぬぐい', priceYen: between(random, 1_000, 4_000), quantity: 2 }],
      }),
  ],
  [
    2,
    (scene, number, random) => {
      const party = { address2: `若葉荘${between(random, 101, 909)}号室` };
      return scene.control('PATCH', `/makeshop/orders/${number}`, { sender: party, receiver: party });
    },
  ],
  [
    3,
    (scene, number, random) =>
      scene.control('POST', `/makeshop/orders/${number}/ship`, {
        slipNumber: String(between(random, 100_000_000_000, 999_999_999_999)),
        deliveryCompanyCode: '001',
      }),
  ],
];

/** Does all of it, each to an open order by chance. */
export async function actAtOnce(scene: Scene, random: () => number): Promise<void> {
  const open = scene.sandbox
    .orders()
    .filter(
      ({ isDeleted, payMethod, deliveries }) =>
        !isDeleted && payMethod === 'N' && deliveries[0]?.status === 'N',
    );
  for (const [times, act] of acts) {
    for (let time = 0; time < times; time += 1) {
      const [order] = open.splice(between(random, 0, open.length - 1), 1);
      if (order) await act(scene, order.displayOrderNumber, random);
    }
  }
}

/** Staff at the hub cancel orders themselves, where it is running; gives their numbers. */
export async function cancelInHub(scene: Scene, count: number, random: () => number): Promise<string[]> {
  const states = ['received', 'registering', 'reviewing', 'approved', 'held'];
  const rows = (await scene.rows()).filter(({ state }) => states.includes(state));
  const cancelled: string[] = [];
  for (let time = 0; time < count && rows.length > 0; time += 1) {
    const [row] = rows.splice(between(random, 0, rows.length - 1), 1);
    if (!row) continue;
    await scene.operator.ask('POST', `/transactions/${row.shop_id}/${row.id}/actions/cancel`, {});
    cancelled.push(row.order_number);
  }
  return cancelled;
}

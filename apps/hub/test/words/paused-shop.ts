import type { Mapped, Order, Carrier, Parcel, ShopView } from '@np-hub/model';
import { Intake } from '../../src/intake/intake.js';
import type { TakeResult } from '../../src/intake/taken.js';
import { Shops } from '../../src/shops/shops.js';
import type { TestHub } from '../support/hub.js';

const buyer = {
  name: '山田 花子',
  postalCode: '100-0005',
  address: '東京都千代田区丸の内1-2-3',
  phone: '090-1234-5678',
  email: 'hanako@example.jp',
};

export const carrier = (raw: string, value?: Carrier): Mapped<Carrier> =>
  value ? { kind: 'mapped', value, raw } : { kind: 'unmapped', raw };

export const parcel = (of: Mapped<Carrier>, change: Partial<Parcel> = {}): Parcel => ({
  carrier: of,
  slipNumber: '',
  shippedAt: null,
  ...change,
});

/** What a shop's cart says, handed in by the test: the shop is taken over but paused, so that nothing is pulled. */
export interface PausedShop {
  readonly id: string;
  /** An order that NP takes, placed now. */
  order(orderNumber: string, change?: Partial<Order>): Order;
  take(
    orders: readonly Order[],
    readAt?: string | null,
    how?: { readonly isShown: boolean },
  ): Promise<TakeResult>;
  patch(body: object): Promise<ShopView>;
}

export async function pausedShop(
  hub: TestHub,
  options: { readonly adapter: string; readonly policies?: object; readonly connectionId?: string },
): Promise<PausedShop> {
  const operator = await hub.as('operator');
  const post = async (path: string, body: object): Promise<ShopView> => {
    const answer = await operator.post<ShopView>(path, body);
    if (answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const { id } = await post('/shops', {
    name: options.adapter,
    adapter: options.adapter,
    connectionId: options.connectionId ?? hub.connectionId,
    settings: {},
    // Its orders are all of one buyer.
    policies: { duplicates: 'off', ...options.policies },
  });
  const takeoverAt = new Date(hub.clock.now().getTime() - 3_600_000).toISOString();
  await post(`/shops/${id}/go-live`, { takeoverAt, ownLinkIsOff: true });
  await post(`/shops/${id}/pause`, {});
  const [intake, shops] = [Intake, Shops].map((type) => hub.app.get(type as never, { strict: false })) as [
    Intake,
    Shops,
  ];
  return {
    id,
    order: (orderNumber, change = {}) => ({
      orderNumber,
      orderedAt: hub.clock.now().toISOString(),
      changedAt: null,
      status: { kind: 'mapped', value: 'open', raw: '出荷待ち' },
      payment: { kind: 'mapped', value: 'np', raw: 'NP後払い' },
      npWord: null,
      npTransactionId: null,
      settlementType: '02',
      buyer,
      destinations: [],
      lines: [{ name: '煎茶', unitPriceYen: 3000, quantity: 1 }],
      billedYen: 3000,
      parcels: [],
      flags: [],
      note: '',
      ...change,
    }),
    take: async (orders, readAt = hub.clock.now().toISOString(), how) =>
      intake.take(
        await shops.open(id),
        orders.map((order) => ({ order, raw: order, ...how })),
        readAt,
      ),
    patch: async (body) => {
      const answer = await operator.patch<ShopView>(`/shops/${id}`, body);
      if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
      return answer.body;
    },
  };
}

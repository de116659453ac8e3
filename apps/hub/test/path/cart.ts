import type { Sandbox } from '@np-hub/sandbox';
import type { TestHub } from '../support/hub.js';

export type CartOrder = ReturnType<Sandbox['orders']>[number];
export type NpTransaction = ReturnType<Sandbox['transactions']>[number];

/** What staff and buyers do in the sandbox's cart, and what the sandbox's NP has on record. */
export function cartOf(hub: TestHub) {
  const act = (orderNumber: string, action: string, body?: object): Promise<CartOrder> =>
    hub.control('POST', `/makeshop/orders/${orderNumber}/${action}`, body);
  return {
    /** Places an order; gives its number. What is not named is made up, and NP accepts it. */
    place: async (order: object = {}): Promise<string> =>
      (await hub.control<CartOrder>('POST', '/makeshop/orders', order)).displayOrderNumber,
    /** An order whose buyer's address carries a magic value. */
    placeMagic: async (magic: string, order: object = {}): Promise<string> =>
      (await hub.control<CartOrder>('POST', '/makeshop/orders', { sender: { address2: magic }, ...order }))
        .displayOrderNumber,
    edit: (orderNumber: string, changes: object): Promise<CartOrder> =>
      hub.control('PATCH', `/makeshop/orders/${orderNumber}`, changes),
    /** A change of the buyer and of the receiver alike. */
    editParty: (orderNumber: string, party: object): Promise<CartOrder> =>
      hub.control('PATCH', `/makeshop/orders/${orderNumber}`, { sender: party, receiver: party }),
    ship: (orderNumber: string, slipNumber: string, deliveryCompanyCode = '002', deliveryId?: number) =>
      act(orderNumber, 'ship', {
        slipNumber,
        deliveryCompanyCode,
        ...(deliveryId === undefined ? {} : { deliveryId }),
      }),
    withdraw: (orderNumber: string) => act(orderNumber, 'withdraw-shipment', {}),
    cancel: (orderNumber: string) => act(orderNumber, 'cancel'),
    remove: (orderNumber: string) => act(orderNumber, 'delete'),
    restore: (orderNumber: string) => act(orderNumber, 'restore'),
    payBy: (orderNumber: string, payMethod: string) => act(orderNumber, 'payment-method', { payMethod }),
    openForEdit: (orderNumber: string) => act(orderNumber, 'open-for-edit'),
    paint: (orderNumber: string, paymentStatus: string) => act(orderNumber, 'word', { paymentStatus }),
    order: (orderNumber: string): CartOrder => {
      const found = hub.sandbox.orders().find((order) => order.displayOrderNumber === orderNumber);
      if (!found) throw new Error(`The cart has no order ${orderNumber}`);
      return found;
    },
    word: (orderNumber: string): string =>
      hub.sandbox.orders().find((order) => order.displayOrderNumber === orderNumber)?.paymentStatus ?? '',
    fault: (fault: object): Promise<{ id: number }> => hub.control('POST', '/faults', fault),
    noFaults: (): Promise<unknown> => hub.control('DELETE', '/faults'),
    calls: async (): Promise<Readonly<Record<string, number>>> =>
      (await hub.control<{ calls: Record<string, number> }>('GET', '/info')).calls,
    /** Everything at NP about one order, its later attempts included, oldest first. */
    atNp: (orderNumber: string): NpTransaction[] =>
      hub.sandbox
        .transactions()
        .filter(({ shopTransactionId: id }) => id === orderNumber || id.startsWith(`${orderNumber}-`)),
    /** The one transaction at NP about an order. Throws where there is none, or more than one. */
    theOneAtNp: (orderNumber: string): NpTransaction => {
      const found = hub.sandbox
        .transactions()
        .filter(({ shopTransactionId: id }) => id === orderNumber || id.startsWith(`${orderNumber}-`));
      const [only] = found;
      if (!only || found.length > 1) throw new Error(`${found.length} transactions at NP for ${orderNumber}`);
      return only;
    },
  };
}

export type Cart = ReturnType<typeof cartOf>;

import { z } from 'zod';
import { readInput } from '../control/problem.js';
import type { Office, OfficeAction } from '../offices/office.js';
import type { CagolabOrder } from './order.js';
import { invoiceKinds, orderStatuses, payments, statusCancelled, statusShipped } from './words.js';

type Action = OfficeAction<CagolabOrder>;

/** 発送済み stamps 発送完了日時, once (EC-CUBE 2.13). */
export function setStatus(office: Office<CagolabOrder>, order: CagolabOrder, status: number): void {
  const shippedAtMs = status === statusShipped ? office.world.nowMs() : order.shippedAtMs;
  office.book.change(order, { status, shippedAtMs });
}

export function enterSlip(office: Office<CagolabOrder>, order: CagolabOrder, slipNumber: string): void {
  office.book.change(order, { slipNumber });
}

const buyerSchema = z
  .strictObject({
    familyName: z.string(),
    givenName: z.string(),
    familyKana: z.string(),
    givenKana: z.string(),
    company: z.string(),
    postalCode: z.string(),
    prefecture: z.string(),
    street: z.string(),
    building: z.string(),
    phone: z.string(),
    email: z.string(),
  })
  .partial();

const editSchema = z
  .strictObject({
    buyer: buyerSchema,
    payment: z.enum(payments),
    carrier: z.string().min(1),
    invoiceKind: z.enum(invoiceKinds),
    shopMemo: z.string(),
    message: z.string(),
    deliveryFeeYen: z.coerce.number().int().min(0),
    chargeYen: z.coerce.number().int().min(0),
    discountYen: z.coerce.number().int().min(0),
    usePoint: z.coerce.number().int().min(0),
  })
  .partial();

/** Another buyer's data, and the destination's where it is the buyer. */
function editBuyer(order: CagolabOrder, set: Partial<CagolabOrder['buyer']>): Partial<CagolabOrder> {
  const buyer = { ...order.buyer, ...set };
  const before = JSON.stringify(order.buyer);
  const destinations = order.destinations.map(({ party, items }) =>
    JSON.stringify(party) === before ? { party: buyer, items } : { party, items },
  );
  return { buyer, destinations };
}

const given = <T extends object>(fields: T): Partial<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;

/** この内容で登録する. */
export const edit: Action = {
  run: (office, order, body) => {
    const { buyer, ...fields } = readInput(editSchema, body);
    const changes = given(fields) as Partial<CagolabOrder>;
    office.book.change(order, { ...changes, ...(buyer ? editBuyer(order, given(buyer)) : {}) });
  },
};

const statusIds = orderStatuses.map(([id]) => id);
const statusSchema = z.strictObject({
  status: z.coerce.number().refine((id) => statusIds.includes(id), `one of ${statusIds.join(', ')}`),
});
const shipSchema = z.strictObject({ slipNumber: z.string(), carrier: z.string().min(1).optional() });

export const actions: Readonly<Record<string, Action>> = {
  edit,
  buyer: {
    run: (office, order, body) =>
      office.book.change(order, editBuyer(order, given(readInput(buyerSchema, body)))),
  },
  status: { run: (office, order, body) => setStatus(office, order, readInput(statusSchema, body).status) },
  ship: {
    run: (office, order, body) => {
      const { slipNumber, carrier } = readInput(shipSchema, body);
      if (carrier !== undefined) office.book.change(order, { carrier });
      enterSlip(office, order, slipNumber);
    },
  },
  cancel: { run: (office, order) => setStatus(office, order, statusCancelled) },
};

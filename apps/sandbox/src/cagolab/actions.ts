import { z } from 'zod';
import { readInput } from '../control/problem.js';
import { buyerEdit, formYen, given, personSchema } from '../offices/edit.js';
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

const buyerSchema = personSchema.extend({ company: z.string().optional() });

const editSchema = z
  .strictObject({
    buyer: buyerSchema,
    payment: z.enum(payments),
    carrier: z.string().min(1),
    invoiceKind: z.enum(invoiceKinds),
    shopMemo: z.string(),
    message: z.string(),
    deliveryFeeYen: formYen,
    chargeYen: formYen,
    discountYen: formYen,
    usePoint: formYen,
  })
  .partial();

type BuyerFields = z.infer<typeof buyerSchema>;

/** Another buyer's data, and the destination's where it is the buyer. */
function editBuyer(order: CagolabOrder, set: BuyerFields): Pick<CagolabOrder, 'buyer' | 'destinations'> {
  const { buyer, receiver } = buyerEdit(order.buyer, set);
  const destinations = order.destinations.map(({ party, items }) => ({ party: receiver(party), items }));
  return { buyer, destinations };
}

/** この内容で登録する. */
export const edit: Action = {
  run: (office, order, body) => {
    const { buyer, ...fields } = readInput(editSchema, body);
    office.book.change(order, { ...given(fields), ...(buyer ? editBuyer(order, buyer) : {}) });
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
    run: (office, order, body) => office.book.change(order, editBuyer(order, readInput(buyerSchema, body))),
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

import { z } from 'zod';
import { ControlProblem, readInput } from '../control/problem.js';
import { buyerEdit, formYen, given, personSchema } from '../offices/edit.js';
import type { Office, OfficeAction } from '../offices/office.js';
import { billedYenOf, type GoqOrder, totalYenOf } from './order.js';
import { carriers, labelCancelled, labelShipped, labels, payments } from './words.js';

type Action = OfficeAction<GoqOrder>;

/** Entering slip numbers (伝票入力済) sets neither 出荷日 nor the status. */
export function enterSlips(office: Office<GoqOrder>, order: GoqOrder, slipNumbers: readonly string[]): void {
  office.book.change(order, { slipNumbers });
}

export function setLabel(office: Office<GoqOrder>, order: GoqOrder, label: string): void {
  const shippedAtMs = label === labelShipped ? office.world.nowMs() : order.shippedAtMs;
  office.book.change(order, { label, shippedAtMs });
}

const editSchema = z
  .strictObject({
    buyer: personSchema,
    mall: z.string().min(1),
    payment: z.enum(payments),
    carrier: z.string(),
    checkItems: z.string(),
    pieces: z.coerce.number().int().min(1).max(99),
    shippingYen: formYen,
    feeYen: formYen,
    memo: z.string(),
    note: z.string(),
  })
  .partial();

/** Another buyer's data, and the receiver's where that is the buyer. */
export function buyerChanged(
  order: Pick<GoqOrder, 'buyer' | 'lines'>,
  set: z.infer<typeof personSchema>,
): Pick<GoqOrder, 'buyer' | 'lines'> {
  const { buyer, receiver } = buyerEdit(order.buyer, set);
  const lines = order.lines.map((line) => ({ goods: line.goods, receiver: receiver(line.receiver) }));
  return { buyer, lines };
}

/** 保存する on the order's page. */
export const edit: Action = {
  run: (office, order, body) => {
    const { buyer, ...fields } = readInput(editSchema, body);
    office.book.change(order, { ...given(fields), ...(buyer ? buyerChanged(order, buyer) : {}) });
  },
};

const statusSchema = z.strictObject({ label: z.enum(labels) });
const shipSchema = z.strictObject({
  /** Several in one field, separated by spaces: one a parcel. */
  slipNumber: z.string(),
  carrier: z.enum(carriers).optional(),
});
const mirrorSchema = z.strictObject({ shopId: z.string().min(1).optional() });

/** The same order in the sandbox's makeshop, under the number that GoQ knows as 受注番号: one sale, seen twice. */
function mirror(office: Office<GoqOrder>, order: GoqOrder, shopId: string | undefined): void {
  const { world } = office;
  const shop = shopId ?? [...world.shops.keys()][0];
  if (shop === undefined || !world.shops.has(shop)) throw new ControlProblem(404, `No shop ${shop ?? ''}`);
  if (world.orders.get(order.mallNumber)) throw new ControlProblem(409, `${order.mallNumber} exists`);
  const partyOf = (person: GoqOrder['buyer']) => ({
    name: `${person.familyName} ${person.givenName}`,
    kana: `${person.familyKana} ${person.givenKana}`,
    post: person.postalCode,
    prefecture: person.prefecture,
    address: person.street,
    address2: person.building,
    tel: person.phone,
    email: person.email,
    company: '',
    department: '',
  });
  const items = order.lines.map(({ goods }) => ({
    productCode: goods.code,
    productName: goods.name,
    variationName: goods.variation,
    priceYen: goods.priceYen,
    quantity: goods.quantity,
  }));
  const sender = partyOf(order.buyer);
  world.orders.add({
    displayOrderNumber: order.mallNumber,
    shopId: shop,
    orderedAtMs: order.placedAtMs,
    memberId: '',
    sender,
    payMethod: 'N',
    paymentStatus: '審査待ち(準備中)',
    paidAtMs: null,
    npTransactionId: '',
    settlementFeeYen: order.feeYen,
    usePointYen: 0,
    couponDiscountYen: 0,
    message: '||',
    deliveries: [
      {
        deliveryId: 1,
        status: 'N',
        receiver: order.lines[0] ? partyOf(order.lines[0].receiver) : sender,
        items,
        shippingYen: billedYenOf(order) - totalYenOf(order) - order.feeYen,
        desiredDate: '',
        desiredTimezone: '',
        slipNumber: '',
        companyCode: '000',
        deliveredAtMs: null,
      },
    ],
    isDeleted: false,
    life: null,
  });
}

export const actions: Readonly<Record<string, Action>> = {
  edit,
  status: { run: (office, order, body) => setLabel(office, order, readInput(statusSchema, body).label) },
  ship: {
    run: (office, order, body) => {
      const { slipNumber, carrier } = readInput(shipSchema, body);
      if (carrier !== undefined) office.book.change(order, { carrier });
      enterSlips(
        office,
        order,
        slipNumber.split(/\s+/).filter((slip) => slip !== ''),
      );
    },
  },
  cancel: { run: (office, order) => setLabel(office, order, labelCancelled) },
  mirror: { run: (office, order, body) => mirror(office, order, readInput(mirrorSchema, body).shopId) },
};

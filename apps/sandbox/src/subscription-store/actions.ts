import { z } from 'zod';
import { ControlProblem, readInput } from '../control/problem.js';
import { japanDate } from '../japan-time.js';
import { buyerEdit, formYen, given, personSchema } from '../offices/edit.js';
import type { Office, OfficeAction } from '../offices/office.js';
import { coursesOf } from './courses.js';
import type { StoreOrder } from './order.js';
import { changePayment } from './results.js';
import { isNpPayment, payments } from './words.js';

type Action = OfficeAction<StoreOrder>;

const day = z.iso.date();
const editSchema = z
  .strictObject({
    buyer: personSchema,
    payment: z.enum(payments),
    shippingMethod: z.string(),
    plannedShipOn: day,
    shippingYen: formYen,
    note: z.string(),
  })
  .partial();

/** Another buyer's data, and the destination's where it is the buyer. */
function editBuyer(
  order: StoreOrder,
  set: z.infer<typeof personSchema>,
): Pick<StoreOrder, 'buyer' | 'destinations'> {
  const { buyer, receiver } = buyerEdit(order.buyer, set);
  const destinations = order.destinations.map(({ person, goods }) => ({ person: receiver(person), goods }));
  return { buyer, destinations };
}

const edit: Action = {
  run: (office, order, body) => {
    const { buyer, payment, ...fields } = readInput(editSchema, body);
    if (payment !== undefined && payment !== order.payment) changePayment(office.world, order, payment);
    office.book.change(order, { ...given(fields), ...(buyer ? editBuyer(order, buyer) : {}) });
  },
};

/** 出荷データ取り込み. An order that is not 与信OK cannot go out by mistake, whether its 出荷停止 box is ticked or not. */
export function ship(
  office: Office<StoreOrder>,
  order: StoreOrder,
  slipNumber: string,
  shippedOn?: string,
): void {
  if (order.shipmentStopped) throw new ControlProblem(409, '出荷停止の注文です');
  if (isNpPayment(order.payment) && order.creditStatus !== '与信OK') {
    throw new ControlProblem(409, `決済状況が${order.creditStatus}のため出荷できません`);
  }
  const on = shippedOn ?? japanDate(office.world.nowMs());
  office.book.change(order, { orderStatus: '出荷済み', slipNumber, shippedOn: on });
}

const shipSchema = z.strictObject({ slipNumber: z.string().min(1), shippedOn: day.optional() });
const boxSchema = z.strictObject({ on: z.stringbool().or(z.boolean()).default(true) });

const toStatus = (orderStatus: StoreOrder['orderStatus']): Action => ({
  run: (office, order) => office.book.change(order, { orderStatus }),
});

function courseOf(order: StoreOrder): string {
  if (!order.course) throw new ControlProblem(409, '定期注文ではありません');
  return order.course.number;
}

export const actions: Readonly<Record<string, Action>> = {
  edit,
  work: toStatus('出荷作業中'),
  ship: {
    run: (office, order, body) => {
      const { slipNumber, shippedOn } = readInput(shipSchema, body);
      ship(office, order, slipNumber, shippedOn);
    },
  },
  cancel: toStatus('キャンセル'),
  return: toStatus('返品'),
  delete: {
    run: (office, order) => {
      coursesOf(office.world).takeBack(order);
      office.book.change(order, { orderStatus: '削除' });
    },
  },
  'stop-shipment': {
    run: (office, order, body) =>
      office.book.change(order, { shipmentStopped: readInput(boxSchema, body).on }),
  },
  'stop-course': {
    run: (office, order) => {
      courseOf(order);
      coursesOf(office.world).stop(order);
    },
  },
  'resume-course': { run: (office, order) => coursesOf(office.world).resume(courseOf(order)) },
  generate: { run: (office, order) => void coursesOf(office.world).generate(courseOf(order), '手動生成') },
};

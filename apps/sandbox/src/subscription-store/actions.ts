import { z } from 'zod';
import { ControlProblem, readInput } from '../control/problem.js';
import { japanDate } from '../japan-time.js';
import { buyerEdit, formYen, given, personSchema } from '../offices/edit.js';
import type { Office, OfficeAction } from '../offices/office.js';
import type { World } from '../world.js';
import { coursesOf } from './courses.js';
import type { StoreOrder } from './order.js';
import { changePayment } from './results.js';
import { decisionNames, prepare } from './decisions.js';
import { realTimeOf } from './real-time.js';
import { isNpPayment, payments, realTimePayment } from './words.js';

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
    /** 建物名 of the buyer, as the page's form sends it. */
    building: z.string(),
    /** What NP is to say where the change is asked about. */
    decision: z.enum(decisionNames),
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

/** The change cannot be made by that payment method (seed 001, 切り替え事前準備). */
const noWayToRealTime =
  '支払い方法がNP後払いのご注文で、支払い方法をNP後払い(リアルタイム)とすることは出来かねます。';

const edit: Action = {
  run: (office, order, body) => {
    const { building, payment, decision, buyer: person, ...fields } = readInput(editSchema, body);
    const buyer = building === undefined ? person : { ...person, building };
    const courses = coursesOf(office.world, office.id);
    const [before, after] = [order.payment, payment ?? order.payment];
    if (after === realTimePayment && before !== after && isNpPayment(before))
      throw new ControlProblem(409, noWayToRealTime);
    const set = { ...given(fields), ...(buyer ? editBuyer(order, buyer) : {}) };
    const tellsNp = buyer !== undefined || before !== after || fields.shippingYen !== undefined;
    if (courses.store.isRealTime && after === realTimePayment && tellsNp) {
      if (decision) prepare(office.world, courses, { number: order.number, decision, operation: 'edit' });
      const fee = before === after ? {} : { feeYen: courses.settings.feeYen };
      return editAsked(office, order, { ...set, ...fee, payment: after });
    }
    if (before !== after) changePayment(courses, order, after);
    office.book.change(order, set);
    return undefined;
  },
};

/** 注文編集 in real time: refused with the text that the hub has given. */
async function editAsked(
  office: Office<StoreOrder>,
  order: StoreOrder,
  set: Partial<StoreOrder>,
): Promise<void> {
  const { outcome, shown } = await realTimeOf(office.world, office.id).edit(order, set);
  if (outcome !== 'changed') throw new ControlProblem(409, shown);
}

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
  const { store } = coursesOf(office.world, office.id);
  if (store.isRealTime && order.payment === realTimePayment && !store.all.carrierCodes[order.shippingMethod])
    throw new ControlProblem(409, `配送方法「${order.shippingMethod}」に運送会社コードが設定されていません`);
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
      coursesOf(office.world, office.id).takeBack(order);
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
      coursesOf(office.world, office.id).stop(order);
    },
  },
  'resume-course': {
    run: (office, order) => coursesOf(office.world, office.id).resume(courseOf(order)),
  },
  generate: { run: (office, order) => generateByHand(office.world, office.id, courseOf(order)) },
};

/** 子注文生成: in real time the hub is asked first, and its text says why there is no child order. */
export function generateByHand(world: World, officeId: string, course: string): void | Promise<void> {
  const courses = coursesOf(world, officeId);
  if (!courses.store.isRealTime || courses.course(course).payment !== realTimePayment) {
    courses.keepChild(courses.draftChild(course, '手動生成'));
    return undefined;
  }
  return realTimeOf(world, officeId)
    .makeChild(course)
    .then(({ outcome, shown }) => {
      if (outcome !== 'made') throw new ControlProblem(409, shown);
    });
}

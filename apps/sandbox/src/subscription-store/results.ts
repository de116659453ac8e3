import type { ResultLine } from '../offices/office.js';
import type { Courses } from './courses.js';
import { feeYenOf, isClosed, type StoreOrder } from './order.js';
import { codPayment, isNpPayment, realTimePayment } from './words.js';

/** What comes back about one order, by file or by the API. */
interface StoreResult {
  readonly number: string;
  readonly creditStatus: string;
  readonly npTransactionId: string;
  readonly npError: string;
  readonly payment: string;
  readonly stopCourse: boolean;
}

/** What the office keeps of a result at once; what else it asks for is done by `settle`. */
export const lineOf = (result: StoreResult): ResultLine<StoreOrder> => {
  const { number, creditStatus, npTransactionId, npError, payment, stopCourse } = result;
  return { number, set: { creditStatus, npTransactionId, npError, asked: { payment, stopCourse } } };
};

/**
 * Does what a result asks for, and what the cart does by its own settings: 代引き (in real time only for generated orders,
 * never for a hold), コース停止 (in real time: always for a hold). NG and hold are lines in 通知ログ.
 */
export function settle(courses: Courses, order: StoreOrder): void {
  const { asked, creditStatus } = order;
  if (!asked) return;
  courses.orders.note(order, { asked: null });
  if (isClosed(order) || !isNpPayment(order.payment)) return;
  if (creditStatus === '与信NG' || creditStatus === '与信保留') {
    courses.noteOnce(order, `${creditStatus}になりました。${order.npError}`);
  }
  const { changeToCod, stopCourseOnError } = courses.settings;
  const isGenerated = order.course?.generation === '自動生成';
  const isRealTime = order.payment === realTimePayment;
  const isRejected = creditStatus === '与信NG';
  const stops = isRealTime && isGenerated && (isRejected ? stopCourseOnError : creditStatus === '与信保留');
  if ((asked.stopCourse || stops) && !order.stoppedCourse) {
    courses.orders.note(order, { stoppedCourse: true });
    courses.stop(order);
  }
  const changes = isRejected && changeToCod && (isGenerated || !isRealTime);
  const payment = asked.payment || (changes ? codPayment : '');
  if (payment !== '') changePayment(courses, order, payment);
}

/** Another payment method has another fee, and a 決済状況 only where it is NP後払い. */
export function changePayment(courses: Courses, order: StoreOrder, payment: string): void {
  const creditStatus = isNpPayment(payment) ? '取引審査待ち' : '';
  courses.orders.change(order, { payment, feeYen: feeYenOf(payment), creditStatus });
  courses.note(order, `支払方法を${payment}に変更しました。`);
}

import { ControlProblem } from '../control/problem.js';
import { japanDate } from '../japan-time.js';
import type { OfficeBook, OfficeOrder } from '../offices/book.js';
import type { World } from '../world.js';
import type { NewOrder } from '../offices/office.js';
import type { Question } from './question.js';
import { dayAfter, indexOfNumber, numberAt, type StoreOrder } from './order.js';
import { SettingsOfStore, type StoreSettings } from './settings.js';
import { type Generation, isNpPayment, npPayments, realTimePayment } from './words.js';

/** One line of 定期注文マスター: what the next child order is made from. */
export interface Course extends OfficeOrder {
  /** コース注文状況. */
  readonly status: '継続' | '停止';
  /** 次回の支払い方法. */
  readonly payment: string;
  /** 定期回数 of the last child order. */
  readonly count: number;
  /** 次回発送予定日, `YYYY-MM-DD`. */
  readonly nextShipOn: string;
  readonly intervalDays: number;
  /** Not before this moment: 07:00 of the day after 再開. */
  readonly generateFromMs: number;
  /** The order that the next child is like. */
  readonly lastOrder: string;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** 07:00 in Japan, of the day on which `atMs` lies. */
const sevenOf = (day: string): number => Date.parse(`${day}T07:00:00+09:00`);

/** The cart's courses and settings, and what it does with them by itself. */
export class Courses {
  readonly orders: OfficeBook<StoreOrder>;
  readonly courses: OfficeBook<Course>;
  /** What the cart has asked in real time. */
  readonly questions: OfficeBook<Question>;
  readonly store: SettingsOfStore;
  #nextIndex: number | null = null;

  constructor(
    private readonly world: World,
    readonly officeId: string,
  ) {
    this.orders = world.book<StoreOrder>(officeId);
    this.courses = world.book<Course>(`${officeId}-courses`);
    this.questions = world.book<Question>(`${officeId}-questions`);
    const settings = world.book<StoreSettings>(`${officeId}-settings`);
    this.store = new SettingsOfStore(settings, () => world.nowMs());
  }

  get settings(): StoreSettings {
    return this.store.all;
  }

  /** The place of the next order in the row of numbers. One that was asked about is never given again. */
  drawIndex(): number {
    const index = this.#nextIndex ?? this.#firstIndex();
    this.#nextIndex = index + 1;
    return index;
  }

  /** The number that comes next, without taking it. */
  nextNumber(): string {
    this.#nextIndex ??= this.#firstIndex();
    return numberAt(this.officeId, this.#nextIndex);
  }

  #firstIndex(): number {
    const numbers = [
      ...this.orders.all().map(({ number }) => number),
      ...this.questions.all().map(({ orderNumber }) => orderNumber),
    ];
    return numbers.reduce((next, number) => Math.max(next, indexOfNumber(number) + 1), 0);
  }

  course(number: string): Course {
    const course = this.courses.get(number);
    if (!course) throw new ControlProblem(404, `No course ${number}`);
    return course;
  }

  /** The course of a recurring order, which begins with the first of its orders that is seen. */
  courseOf(order: StoreOrder): Course | null {
    if (!order.course) return null;
    return (
      this.courses.get(order.course.number) ??
      this.courses.add({
        number: order.course.number,
        placedAtMs: order.placedAtMs,
        life: null,
        status: '継続',
        payment: order.payment,
        count: order.course.count,
        nextShipOn: dayAfter(Date.parse(`${order.plannedShipOn}T00:00:00+09:00`), 30),
        intervalDays: 30,
        generateFromMs: 0,
        lastOrder: order.number,
      })
    );
  }

  stop(order: StoreOrder): void {
    const course = this.courseOf(order);
    if (course?.status !== '継続') return;
    this.courses.change(course, { status: '停止' });
    this.note(order, 'コース注文状況を停止に変更しました。');
  }

  stopByHand(number: string): void {
    this.courses.change(this.course(number), { status: '停止' });
  }

  /** 再開: the next child order is made at 07:00 of the next day, or by hand before that. */
  resume(number: string): void {
    const course = this.course(number);
    const tomorrow = japanDate(this.world.nowMs() + dayMs);
    this.courses.change(course, { status: '継続', generateFromMs: sevenOf(tomorrow) });
  }

  changePayment(number: string, payment: string): void {
    this.courses.change(this.course(number), { payment });
  }

  /** When the cart makes the next child order by itself: 07:00, so many days before 発送予定日 (assumed: at 07:00 always). */
  generatesAtMs(course: Course): number {
    const planned = sevenOf(course.nextShipOn) - this.settings.generateDaysBefore * dayMs;
    return Math.max(planned, course.generateFromMs);
  }

  /** A child order like the last one, with the next 定期回数; nothing is kept yet. */
  draftChild(number: string, generation: Generation): NewOrder<StoreOrder> {
    const course = this.course(number);
    const last = this.orders.get(course.lastOrder);
    if (!last) throw new ControlProblem(409, `${number} has no order to repeat`);
    const { changedAtMs: _changed, life: _life, ...like } = last;
    return {
      ...like,
      number: numberAt(this.officeId, this.drawIndex()),
      placedAtMs: this.world.nowMs(),
      orderStatus: '出荷待ち',
      creditStatus: isNpPayment(course.payment) ? '取引審査待ち' : '',
      payment: course.payment,
      npTransactionId: '',
      npError: '',
      course: { number, count: course.count + 1, generation },
      slipNumber: '',
      shippedOn: '',
      plannedShipOn: course.nextShipOn,
      asked: null,
      stoppedCourse: false,
      notices: [],
    };
  }

  /** Keeps a child order; the course goes on from it. */
  keepChild(child: NewOrder<StoreOrder>): StoreOrder {
    const kept = this.orders.add({ ...child, life: null });
    if (!child.course) return kept;
    const { number, count } = child.course;
    const course = this.course(number);
    const nextShipOn = dayAfter(Date.parse(`${child.plannedShipOn}T00:00:00+09:00`), course.intervalDays);
    this.courses.change(course, { count, nextShipOn, lastOrder: kept.number, generateFromMs: 0 });
    return kept;
  }

  /** 次回発送予定日 of 定期注文マスター. */
  changeNextShipment(number: string, nextShipOn: string): void {
    this.courses.change(this.course(number), { nextShipOn });
  }

  /**
   * 後払い決済方法変更処理: 商品, or 定期注文マスター with the next child orders. It cannot be taken back, and goes one way
   * (seed 001, 切り替え当日 手順4).
   */
  replacePayment(target: 'products' | 'courses'): number {
    const [from, to] = [npPayments[0], realTimePayment];
    if (!this.store.isRealTime)
      throw new ControlProblem(409, '利用サービスがNP後払い(リアルタイム)ではありません');
    if (target === 'products') {
      this.store.change({ productPayment: to });
      return 1;
    }
    const meant = this.courses.all().filter(({ payment }) => payment === from);
    for (const course of meant) this.courses.change(course, { payment: to });
    return meant.length;
  }

  /** 削除: the next child order gets the 定期回数 of the deleted one. */
  takeBack(order: StoreOrder): void {
    const course = this.courseOf(order);
    if (course && order.course) this.courses.change(course, { count: order.course.count - 1 });
  }

  note(order: StoreOrder, text: string): void {
    const notice = { atMs: this.world.nowMs(), text: `${order.number}: ${text}` };
    this.orders.note(order, { notices: [...order.notices, notice] });
  }

  /** What is told twice, by the answer and by a result file, is one notice. */
  noteOnce(order: StoreOrder, text: string): void {
    if (!order.notices.some((notice) => notice.text === `${order.number}: ${text}`)) this.note(order, text);
  }

  /** Courses whose next child order the cart makes by itself now. */
  due(nowMs: number): Course[] {
    return this.courses
      .all()
      .filter((course) => course.status === '継続' && nowMs >= this.generatesAtMs(course));
  }
}

const known = new WeakMap<World, Map<string, Courses>>();

/** The courses of one store of a sandbox. */
export function coursesOf(world: World, officeId: string): Courses {
  const all = known.get(world) ?? new Map<string, Courses>();
  known.set(world, all);
  const courses = all.get(officeId) ?? new Courses(world, officeId);
  all.set(officeId, courses);
  return courses;
}

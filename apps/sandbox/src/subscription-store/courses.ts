import { ControlProblem } from '../control/problem.js';
import { japanDate } from '../japan-time.js';
import type { OfficeBook, OfficeOrder } from '../offices/book.js';
import type { World } from '../world.js';
import { dayAfter, numberAt, orderBookId, type StoreOrder } from './order.js';
import { type Generation, isNpPayment } from './words.js';

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

/** 運用設定 and 支払い方法設定, as far as they matter here. One record. */
interface StoreSettings extends OfficeOrder {
  /** 与信NG時の処理「自動で代引きに変更する」. */
  readonly changeToCod: boolean;
  /** 定期注文エラー発生時の処理「コース注文状況を停止に変更する」. */
  readonly stopCourseOnError: boolean;
  /** 定期注文の生成日: so many days before 発送予定日. */
  readonly generateDaysBefore: number;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** 07:00 in Japan, of the day on which `atMs` lies. */
const sevenOf = (day: string): number => Date.parse(`${day}T07:00:00+09:00`);

/** The cart's courses and settings, and what it does with them by itself. */
export class Courses {
  readonly orders: OfficeBook<StoreOrder>;
  readonly courses: OfficeBook<Course>;
  readonly #settings: OfficeBook<StoreSettings>;

  constructor(private readonly world: World) {
    this.orders = world.book<StoreOrder>(orderBookId);
    this.courses = world.book<Course>('subscription-store-courses');
    this.#settings = world.book<StoreSettings>('subscription-store-settings');
  }

  get settings(): StoreSettings {
    return (
      this.#settings.get('settings') ??
      this.#settings.add({
        number: 'settings',
        placedAtMs: this.world.nowMs(),
        life: null,
        changeToCod: false,
        stopCourseOnError: true,
        generateDaysBefore: 7,
      })
    );
  }

  changeSettings(set: Partial<StoreSettings>): void {
    this.#settings.change(this.settings, set);
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

  /** A child order like the last one, with the next 定期回数. */
  generate(number: string, generation: Generation): StoreOrder {
    const course = this.course(number);
    const last = this.orders.get(course.lastOrder);
    if (!last) throw new ControlProblem(409, `${number} has no order to repeat`);
    const count = course.count + 1;
    const child = this.orders.add({
      ...last,
      number: numberAt(this.orders.size),
      placedAtMs: this.world.nowMs(),
      life: null,
      orderStatus: '出荷待ち',
      creditStatus: isNpPayment(course.payment) ? '取引審査待ち' : '',
      payment: course.payment,
      npTransactionId: '',
      npError: '',
      course: { number, count, generation },
      slipNumber: '',
      shippedOn: '',
      plannedShipOn: course.nextShipOn,
      asked: null,
      notices: [],
    });
    const nextMs = Date.parse(`${course.nextShipOn}T00:00:00+09:00`);
    const nextShipOn = dayAfter(nextMs, course.intervalDays);
    this.courses.change(course, { count, nextShipOn, lastOrder: child.number, generateFromMs: 0 });
    return child;
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

  /** What is due by itself: child orders of the courses that go on. */
  tick(nowMs: number): void {
    for (const course of this.courses.all()) {
      if (course.status === '継続' && nowMs >= this.generatesAtMs(course))
        this.generate(course.number, '自動生成');
    }
  }
}

const known = new WeakMap<World, Courses>();

/** The courses of one sandbox. */
export function coursesOf(world: World): Courses {
  const courses = known.get(world) ?? new Courses(world);
  known.set(world, courses);
  return courses;
}

import { ControlProblem } from '../control/problem.js';
import type { NewOrder } from '../offices/office.js';
import type { World } from '../world.js';
import { coursesOf, type Courses } from './courses.js';
import { HubClient } from './hub.js';
import { billedYenOf, type StoreOrder } from './order.js';
import type { HubAnswer, Question, Screen } from './question.js';
import { settle } from './results.js';
import { codPayment, realTimePayment } from './words.js';

/** The cart's own words where no answer has come: its manual has none. */
const unanswered = 'NP後払い(リアルタイム)の与信を確認できませんでした。別の決済手段をご利用ください。';

const creditWords: Readonly<Record<string, string>> = {
  approved: '与信OK',
  rejected: '与信NG',
  held: '与信保留',
};

/** A child order that could not be asked about is tried again so much later. */
const retryMs = 60_000;

/**
 * NP後払い(リアルタイム) as サブスクストア does it (seed 001): it asks before it makes or changes an order, does what the answer
 * says for this screen, shows its text word for word, and then tells that the order is there, or that it is not.
 */
export class RealTime {
  readonly #courses: Courses;
  readonly #stop = new AbortController();
  readonly #underWay = new Set<Promise<unknown>>();
  readonly #notBefore = new Map<string, number>();
  readonly #drafts = new Map<string, NewOrder<StoreOrder>>();

  constructor(
    private readonly world: World,
    officeId: string,
  ) {
    this.#courses = coursesOf(world, officeId);
  }

  /** カート画面, or 注文登録 by staff. A buyer may leave after the answer, before the order is made. */
  async place(
    screen: 'checkout' | 'admin-create',
    order: NewOrder<StoreOrder>,
    { leaves = false, life = null }: { leaves?: boolean; life?: StoreOrder['life'] } = {},
  ): Promise<Question> {
    this.#refuseClosed(screen);
    const { question, answer } = await this.#ask(screen, order);
    if (!answer) return question;
    if (answer.action === 'refuse') return this.#end(question, 'refused');
    if (leaves) {
      await this.#tell('abandonments', order.number);
      return this.#end(question, 'abandoned');
    }
    this.#courses.orders.add({ ...order, ...creditOf(answer), life });
    return this.#made(question, answer);
  }

  /** 注文編集: the former content stays where the answer does not take the new one. */
  async edit(order: StoreOrder, set: Partial<StoreOrder>): Promise<Question> {
    const { question, answer } = await this.#ask('admin-edit', { ...order, ...set });
    if (!answer) return question;
    if (answer.action === 'refuse') return this.#end(question, 'refused');
    this.#courses.orders.change(order, { ...set, ...creditOf(answer), npError: '' });
    await this.#tell('confirmations', order.number);
    return this.#end(question, 'changed');
  }

  /** 子注文生成 by hand: as 管理画面. */
  async makeChild(course: string): Promise<Question> {
    const child = this.#courses.draftChild(course, '手動生成');
    const { question, answer } = await this.#ask('manual-child', child);
    if (!answer) return question;
    if (answer.action === 'refuse') return this.#end(question, 'refused');
    this.#courses.keepChild({ ...child, ...creditOf(answer) });
    return this.#made(question, answer);
  }

  /** 定期注文自動生成: the child order is made whatever the answer; NG and hold may stop the course. */
  generate(course: string): void {
    if (this.world.nowMs() < (this.#notBefore.get(course) ?? 0)) return;
    this.#notBefore.set(course, Number.POSITIVE_INFINITY);
    const later = (): void => void this.#notBefore.set(course, this.world.nowMs() + retryMs);
    this.#follow(
      this.#generate(course).then((isMade) => (isMade ? this.#notBefore.delete(course) : later()), later),
    );
  }

  /** The same child order is asked about again where no answer has come: the hub may have it. */
  async #generate(course: string): Promise<boolean> {
    const child = this.#drafts.get(course) ?? this.#courses.draftChild(course, '自動生成');
    this.#drafts.set(course, child);
    const { question, answer } = await this.#ask('auto-child', child);
    if (!answer) return false;
    this.#drafts.delete(course);
    const kept = this.#courses.keepChild({ ...child, ...creditOf(answer) });
    await this.#made(question, answer);
    const payment = answer.instruction === 'change-to-cod' ? codPayment : '';
    this.#courses.orders.note(kept, {
      asked: { payment, stopCourse: answer.instruction === 'stop-course' },
    });
    settle(this.#courses, kept);
    return true;
  }

  /** Nothing is left under way: what was not answered has made nothing. */
  async close(): Promise<void> {
    this.#stop.abort();
    await Promise.allSettled(this.#underWay);
  }

  #refuseClosed(screen: Screen): void {
    const { visibility, productPayment } = this.#courses.settings;
    const isShown =
      visibility === '消費者に表示' || (visibility === '消費者に非表示' && screen !== 'checkout');
    if (!isShown) throw new ControlProblem(409, `後払いは「${visibility}」のため選べません`);
    if (productPayment !== realTimePayment)
      throw new ControlProblem(409, `商品の後払いが「${productPayment}」のままです`);
  }

  async #ask(
    screen: Screen,
    order: NewOrder<StoreOrder>,
  ): Promise<{ question: Question; answer: HubAnswer | null }> {
    const { hub } = this.#courses.settings;
    if (!hub) throw new ControlProblem(409, '問い合わせ先のハブが設定されていません');
    const startedMs = this.world.nowMs();
    const question = this.#courses.questions.add({
      number: `Q${this.#courses.questions.size + 1}`,
      placedAtMs: startedMs,
      life: null,
      orderNumber: order.number,
      screen,
      buyer: `${order.buyer.familyName} ${order.buyer.givenName}`,
      billedYen: billedYenOf(order),
      outcome: 'asking',
      answer: null,
      shown: '',
      tookMs: 0,
    });
    const asking = new HubClient(hub, this.#stop.signal).authorize(screen, order, startedMs);
    this.#follow(asking);
    try {
      const answer = await asking;
      this.#courses.questions.note(question, {
        answer,
        shown: answer.message?.ja ?? '',
        tookMs: this.world.nowMs() - startedMs,
      });
      return { question, answer };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const shown = screen === 'checkout' ? unanswered : `${unanswered}(${reason})`;
      this.#courses.questions.note(question, { shown });
      return { question: this.#end(question, 'unanswered'), answer: null };
    }
  }

  /** An order that is there: 通知ログ has what the staff are to know. */
  async #made(question: Question, { action, message }: HubAnswer): Promise<Question> {
    const isTold = action === 'create-and-warn';
    const order = this.#courses.orders.get(question.orderNumber);
    if (isTold && order && message) this.#courses.note(order, message.ja);
    await this.#tell('confirmations', question.orderNumber);
    return this.#end(question, isTold ? 'made-and-told' : 'made');
  }

  /** Where it cannot be told, 注文データ tells it later, or the time of the checkout runs out. */
  async #tell(what: 'confirmations' | 'abandonments', orderNumber: string): Promise<void> {
    const { hub } = this.#courses.settings;
    if (!hub) return;
    const telling = new HubClient(hub, this.#stop.signal).tell(what, orderNumber);
    this.#follow(telling);
    await telling.catch(() => undefined);
  }

  #end(question: Question, outcome: Question['outcome']): Question {
    this.#courses.questions.note(question, { outcome });
    return question;
  }

  #follow(work: Promise<unknown>): void {
    this.#underWay.add(work);
    const forget = (): void => void this.#underWay.delete(work);
    work.then(forget, forget);
  }
}

const creditOf = ({
  result,
  npTransactionId,
}: HubAnswer): Pick<StoreOrder, 'creditStatus' | 'npTransactionId'> => ({
  creditStatus: creditWords[result] ?? '取引審査待ち',
  npTransactionId: npTransactionId ?? '',
});

const known = new WeakMap<Courses, RealTime>();

/** The real time of one store of a sandbox. */
export function realTimeOf(world: World, officeId: string): RealTime {
  const courses = coursesOf(world, officeId);
  const one = known.get(courses) ?? new RealTime(world, officeId);
  known.set(courses, one);
  return one;
}

import { makeMobileNumber } from '../life/generate.js';
import { payAtNp } from '../offices/life.js';
import type { NewOrder, OfficeScript, OfficeStep } from '../offices/office.js';
import { makePerson, makeSlipNumber } from '../offices/people.js';
import { between, type Random } from '../random.js';
import { actions, ship } from './actions.js';
import { coursesOf } from './courses.js';
import { dayAfter, type StoreOrder } from './order.js';
import { changePayment } from './results.js';
import { codPayment, type Generation } from './words.js';

type Step = OfficeStep<StoreOrder>;

export const work: Step = {
  words: ['与信OK'],
  act: ({ office, order }) => actions['work']?.run(office, order, {}),
};
export const send: Step = {
  words: ['与信OK'],
  act: ({ office, order, random }) => {
    if (order.creditStatus === '与信OK') ship(office, order, makeSlipNumber(random));
  },
};
export const pay: Step = {
  words: ['出荷済み'],
  slow: true,
  act: ({ office, order }) => payAtNp(office.world, order.number),
};

export const edit = (words: readonly string[], body: (random: Random) => object, slow = false): Step => ({
  words,
  slow,
  act: ({ office, order, random }) => {
    // People see a refusal on their screen, and leave it at that.
    Promise.resolve(actions['edit']?.run(office, order, body(random))).catch(() => undefined);
  },
});

export const inCourse =
  (count: (random: Random) => number, generation: Generation) =>
  (order: NewOrder<StoreOrder>, random: Random): Partial<StoreOrder> => ({
    course: { number: `C${order.number.slice(2)}`, count: count(random), generation },
  });
const recurring = inCourse((random) => between(random, 2, 12), '自動生成');

export const spoiledPhone = (order: NewOrder<StoreOrder>): Partial<StoreOrder> => {
  const buyer = { ...order.buyer, phone: '03-123-4567' };
  return { buyer, destinations: order.destinations.map(({ goods }) => ({ person: buyer, goods })) };
};

/** What happens to orders in the demo life. */
export const scripts: Readonly<Record<string, OfficeScript<StoreOrder>>> = {
  paid: { weight: 20, ja: '与信OK → 出荷作業中 → 出荷済み → 入金', steps: [work, send, pay] },
  first: {
    weight: 14,
    ja: '定期1回目 → 与信OK → 出荷済み',
    spoil: inCourse(() => 1, ''),
    steps: [work, send],
  },
  recurring: {
    weight: 16,
    ja: '定期2回目以降 → 与信OK → 出荷済み',
    spoil: recurring,
    steps: [work, send, pay],
  },
  enclosed: {
    weight: 5,
    ja: '請求書同梱 → 与信OK',
    spoil: () => ({ payment: 'NP後払い請求書同梱' }),
    steps: [work],
  },
  later: {
    weight: 8,
    ja: '発送予定日がまだ先 → 与信待ち → 予定日を早める → 出荷',
    spoil: ({ placedAtMs }) => ({ plannedShipOn: dayAfter(placedAtMs, 9) }),
    steps: [
      {
        words: ['取引登録待ち'],
        slow: true,
        act: ({ office, order }) =>
          office.book.change(order, { plannedShipOn: dayAfter(office.world.nowMs(), 2) }),
      },
      work,
      send,
    ],
  },
  'hold-address': {
    weight: 8,
    ja: '与信保留(住所) → 建物名を追記 → 出荷',
    outcome: { result: 'hold', hold: ['RE009'], onlyOnce: true },
    steps: [edit(['与信保留'], () => ({ buyer: { building: '第五コーポ302号室' } })), work, send],
  },
  'short-phone': {
    weight: 6,
    ja: '電話番号が9桁 → 登録できない → 訂正 → 出荷',
    spoil: spoiledPhone,
    steps: [
      edit(['取引登録待ち'], (random) => ({ buyer: { phone: makeMobileNumber(random) } }), true),
      work,
      send,
    ],
  },
  rejected: {
    weight: 6,
    ja: '与信NG → 出荷停止の状態 → お客様に連絡して代引きへ',
    outcome: { result: 'ng', ng: 'NG001' },
    steps: [
      {
        words: ['与信NG'],
        slow: true,
        act: ({ office, order }) => changePayment(coursesOf(office.world, office.id), order, codPayment),
      },
    ],
  },
  'rejected-recurring': {
    weight: 5,
    ja: '定期で与信NG → コース停止 → 次回を代引きにして再開',
    spoil: recurring,
    outcome: { result: 'ng', ng: 'NG001' },
    steps: [
      {
        words: ['与信NG'],
        act: ({ office, order }) => {
          const courses = coursesOf(office.world, office.id);
          courses.stop(order);
          if (!order.course) return;
          courses.changePayment(order.course.number, codPayment);
          courses.resume(order.course.number);
        },
      },
    ],
  },
  'unknown-method': {
    weight: 4,
    ja: '知らない配送方法 → 担当者の確認待ち',
    spoil: () => ({ shippingMethod: '冷蔵便(コース専用)' }),
    steps: [work, send],
  },
  'two-destinations': {
    weight: 3,
    ja: '複数配送先 → 確認待ち',
    spoil: (order, random) => ({
      destinations: [
        ...order.destinations,
        {
          person: { ...makePerson(random), email: '' },
          goods: [
            { code: 'G2499', name: '焼き菓子の詰め合わせ', variation: '', priceYen: 1500, quantity: 1 },
          ],
        },
      ],
    }),
    steps: [work],
  },
  cancelled: {
    weight: 5,
    ja: '与信OK → キャンセル',
    steps: [{ words: ['与信OK'], act: ({ office, order }) => actions['cancel']?.run(office, order, {}) }],
  },
};

import { makeMobileNumber } from '../life/generate.js';
import { payAtNp } from '../offices/life.js';
import type { OfficeScript, OfficeStep } from '../offices/office.js';
import { makeSlipNumber } from '../offices/people.js';
import type { Random } from '../random.js';
import { edit, enterSlip, setStatus } from './actions.js';
import type { CagolabOrder } from './order.js';
import { statusCancelled, statusShipped } from './words.js';

type Step = OfficeStep<CagolabOrder>;

/** The slip number goes in once 審査OK shows; 発送済み follows the report. */
const enter: Step = {
  words: ['審査OK'],
  act: ({ office, order, random }) => enterSlip(office, order, makeSlipNumber(random)),
};
const ship: Step = {
  words: ['出荷報告済'],
  act: ({ office, order }) => setStatus(office, order, statusShipped),
};
const pay: Step = {
  words: ['出荷報告済'],
  act: ({ office, order }) => payAtNp(office.world, order.number),
};

const editBuyer = (words: readonly string[], buyerOf: (random: Random) => object): Step => ({
  words,
  act: ({ office, order, random }) => edit.run(office, order, { buyer: buyerOf(random) }),
});

const cancelAt = (words: readonly string[]): Step => ({
  words,
  act: ({ office, order }) => setStatus(office, order, statusCancelled),
});

const spoiled = (buyer: object) => (order: Pick<CagolabOrder, 'buyer' | 'destinations'>) => {
  const whole = { ...order.buyer, ...buyer };
  return { buyer: whole, destinations: order.destinations.map(({ items }) => ({ party: whole, items })) };
};

/** What happens to orders in the demo life. */
export const scripts: Readonly<Record<string, OfficeScript<CagolabOrder>>> = {
  paid: { weight: 24, ja: '審査OK → 伝票番号を入力 → 発送済み → 入金', steps: [enter, ship, pay] },
  shipped: { weight: 16, ja: '審査OK → 伝票番号を入力 → 発送済み', steps: [enter, ship] },
  enclosed: {
    weight: 6,
    ja: '請求書同梱 → 審査OK → 伝票番号を入力',
    spoil: () => ({ invoiceKind: '同梱' }),
    // What follows waits for somebody who prints the invoice in the hub.
    steps: [enter],
  },
  'hold-address': {
    weight: 10,
    ja: '審査保留(住所) → 建物名を追記 → 出荷',
    outcome: { result: 'hold', hold: ['RE009'], onlyOnce: true },
    steps: [editBuyer(['審査保留'], () => ({ building: '第三コーポ205号室' })), enter, ship],
  },
  'short-phone': {
    weight: 8,
    ja: '電話番号が9桁 → 取引登録失敗 → 訂正 → 出荷',
    spoil: spoiled({ phone: '03-123-4567' }),
    steps: [editBuyer(['取引登録失敗'], (random) => ({ phone: makeMobileNumber(random) })), enter, ship],
  },
  edited: {
    weight: 8,
    ja: '審査OK → 住所を変更 → 再審査 → 出荷',
    steps: [editBuyer(['審査OK'], () => ({ building: 'ハイツ若葉102' })), enter, ship],
  },
  rejected: {
    weight: 8,
    ja: '審査NG → 代金引換へ変更(手数料は手動)',
    outcome: { result: 'ng', ng: 'NG001' },
    steps: [
      {
        words: ['審査NG'],
        act: ({ office, order }) => edit.run(office, order, { payment: '代金引換', chargeYen: 330 }),
      },
    ],
  },
  cancelled: { weight: 8, ja: '審査OK → キャンセル', steps: [cancelAt(['審査OK'])] },
  'cancelled-late': {
    weight: 4,
    ja: '出荷報告済 → キャンセル',
    steps: [enter, { ...cancelAt(['出荷報告済']), slow: true }],
  },
};

import { makeMobileNumber } from '../life/generate.js';
import { payAtNp } from '../offices/life.js';
import type { OfficeScript, OfficeStep } from '../offices/office.js';
import { makeSlipNumber } from '../offices/people.js';
import type { Random } from '../random.js';
import { buyerChanged, edit, enterSlips, setLabel } from './actions.js';
import type { GoqOrder } from './order.js';
import { labelCancelled, labelShipped, wordWithSync } from './words.js';

type Step = OfficeStep<GoqOrder>;

/** Labels are printed once 与信OK shows, one for each 個口; 伝票番号同期 is pressed at the hub. */
const enter: Step = {
  words: ['与信OK'],
  act: ({ office, order, random }) =>
    enterSlips(
      office,
      order,
      Array.from({ length: order.pieces }, () => makeSlipNumber(random)),
    ),
};
const ship: Step = {
  words: [wordWithSync],
  act: ({ office, order }) => setLabel(office, order, labelShipped),
};
const pay: Step = {
  words: [wordWithSync],
  act: ({ office, order }) => payAtNp(office.world, order.mallNumber),
};

const editBuyer = (words: readonly string[], buyerOf: (random: Random) => object): Step => ({
  words,
  act: ({ office, order, random }) => edit.run(office, order, { buyer: buyerOf(random) }),
});

const cancelAt = (words: readonly string[]): Step => ({
  words,
  act: ({ office, order }) => setLabel(office, order, labelCancelled),
});

/** What happens to orders in the demo life. 与信を実行 and 伝票番号同期 are pressed at the hub, or by its rules. */
export const scripts: Readonly<Record<string, OfficeScript<GoqOrder>>> = {
  paid: {
    weight: 24,
    ja: '与信OK → 伝票番号を入力 → 伝票番号同期OK → 発送済み → 入金',
    steps: [enter, ship, pay],
  },
  shipped: { weight: 16, ja: '与信OK → 伝票番号を入力 → 伝票番号同期OK → 発送済み', steps: [enter, ship] },
  'hold-address': {
    weight: 10,
    ja: '保留(住所) → 建物名を追記 → 出荷',
    outcome: { result: 'hold', hold: ['RE009'], onlyOnce: true },
    steps: [editBuyer(['保留'], () => ({ building: '第三コーポ205号室' })), enter, ship],
  },
  'short-phone': {
    weight: 8,
    ja: '電話番号が9桁 → エラー → 訂正 → 出荷',
    spoil: (order) => buyerChanged(order, { phone: '03-123-4567' }),
    steps: [editBuyer(['エラー'], (random) => ({ phone: makeMobileNumber(random) })), enter, ship],
  },
  edited: {
    weight: 8,
    ja: '与信OK → 住所を変更 → 再審査 → 出荷',
    steps: [editBuyer(['与信OK'], () => ({ building: 'ハイツ若葉102' })), enter, ship],
  },
  'post-without-service': {
    weight: 5,
    ja: '配送業者が「日本郵便」だけ → ハブで便種を決める → 出荷',
    spoil: () => ({ carrier: '日本郵便', checkItems: 'コンビニ受取' }),
    steps: [enter, ship],
  },
  rejected: {
    weight: 8,
    ja: '与信NG → 代金引換へ変更(手数料は手動)',
    outcome: { result: 'ng', ng: 'NG001' },
    steps: [
      {
        words: ['与信NG'],
        act: ({ office, order }) => edit.run(office, order, { payment: '代金引換', feeYen: 330 }),
      },
    ],
  },
  cancelled: { weight: 8, ja: '与信OK → キャンセル', steps: [cancelAt(['与信OK'])] },
  'cancelled-late': {
    weight: 4,
    ja: '伝票番号同期OK → キャンセル',
    steps: [enter, { ...cancelAt([wordWithSync]), slow: true }],
  },
};

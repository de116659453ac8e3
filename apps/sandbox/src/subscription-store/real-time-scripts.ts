import type { OfficeScript } from '../offices/office.js';
import type { StoreOrder } from './order.js';
import { edit, inCourse, pay, send, spoiledPhone, work } from './scripts.js';

/** What buyers and staff of a store in real time do in the demo life: many orders never come to be. */
export const realTimeScripts: Readonly<Record<string, OfficeScript<StoreOrder>>> = {
  paid: { weight: 20, ja: 'カート画面で審査OK → 出荷済み → 入金', steps: [work, send, pay] },
  first: {
    weight: 10,
    ja: '定期1回目 → 審査OK → 出荷済み',
    spoil: inCourse(() => 1, ''),
    steps: [work, send],
  },
  held: {
    weight: 6,
    ja: '保留のまま受注 → 建物名を追記(注文編集) → 審査OK → 出荷',
    outcome: { result: 'hold', hold: ['RE009'], onlyNext: true },
    steps: [edit(['与信保留'], () => ({ buyer: { building: '第五コーポ302号室' } })), work, send],
  },
  'over-limit': {
    weight: 4,
    ja: '審査NG(①金額超過) → 注文は完了しない',
    outcome: { result: 'ng', ng: 'NG001' },
    steps: [],
  },
  information: {
    weight: 3,
    ja: '審査NG(②情報不備) → 注文は完了しない',
    outcome: { result: 'ng', ng: 'NG002' },
    steps: [],
  },
  other: {
    weight: 3,
    ja: '審査NG(③その他) → 注文は完了しない',
    outcome: { result: 'ng', ng: 'NG999' },
    steps: [],
  },
  'short-phone': {
    weight: 3,
    ja: '電話番号が9桁 → NPに送る前に情報不備、注文は完了しない',
    spoil: spoiledPhone,
    steps: [],
  },
  left: { weight: 3, ja: '審査OKのあと購入者が離脱 → NPで取り消し', leaves: true, steps: [] },
};

import type { OfficeOrder } from '../offices/book.js';

/** The screens on which サブスクストア asks (seed 001, NP後払いリアルタイム与信の与信ステータス), by the hub's names. */
export const screens = {
  checkout: 'カート画面',
  'admin-create': '管理画面(注文登録)',
  'admin-edit': '管理画面(注文編集)',
  'manual-child': '子注文生成(手動)',
  'auto-child': '定期注文自動生成',
} as const;
export type Screen = keyof typeof screens;

/** What the cart did after the answer. */
export const outcomes = {
  asking: '問い合わせ中',
  made: '注文を登録',
  'made-and-told': '注文を登録し、管理画面に通知',
  changed: '注文を変更',
  refused: '登録・変更しない',
  abandoned: '購入者が離脱、注文を登録しない',
  unanswered: '問い合わせできず、登録・変更しない',
} as const;

/** What the hub answered, as far as the cart looks at it. */
export interface HubAnswer {
  readonly status: number;
  readonly result: string;
  readonly action: string;
  readonly message: { readonly audience: string; readonly ja: string } | null;
  readonly instruction: string | null;
  readonly npTransactionId: string | null;
}

/** One question to the hub and what came of it: the cart's own record. Its number is `Q1`, `Q2`, … */
export interface Question extends OfficeOrder {
  readonly orderNumber: string;
  readonly screen: Screen;
  readonly buyer: string;
  readonly billedYen: number;
  readonly outcome: keyof typeof outcomes;
  /** Null while it is asked, and where no answer has come. */
  readonly answer: HubAnswer | null;
  /** What stands on the screen, for the buyer or for the staff. */
  readonly shown: string;
  readonly tookMs: number;
}

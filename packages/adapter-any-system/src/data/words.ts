import type { OutgoingWords } from '@np-hub/kit';
import type { WordKey } from '@np-hub/model';

/** The hub's own states in Japanese (model.md, "States and outgoing words"): another system may choose its own. */
export const words: OutgoingWords = {
  received: '受付済み',
  blocked: '要確認',
  'registering-queued': '登録待ち',
  'registering-sent': '登録中',
  reviewing: '審査中',
  approved: '審査OK',
  held: '審査保留',
  rejected: '審査NG',
  'amending-queued': '修正待ち',
  'amending-sent': '修正中',
  'amendment-failed': '修正失敗',
  'reporting-queued': '出荷報告待ち',
  'reporting-sent': '出荷報告中',
  'report-failed': '出荷報告失敗',
  reported: '出荷報告済み',
  cancelling: 'キャンセル中',
  'cancel-failed': 'キャンセル失敗',
  cancelled: 'キャンセル済み',
  'cancel-refused-paid': '入金済みキャンセル不可',
  reissuing: '再登録中',
  'reissue-failed': '再登録失敗',
  lapsed: '期限切れ',
  paid: '入金済み',
  released: '連携対象外',
};

/** Situations in which the goods may go, or have gone. */
export const shippingKeys: readonly WordKey[] = [
  'approved',
  'reporting-queued',
  'reporting-sent',
  'reported',
  'paid',
];

/** What a system may say of an order, in the model's words. Anything else waits until an operator maps it. */
export const statusWords = {
  open: 'open',
  shipped: 'shipped',
  cancelled: 'cancelled',
  deleted: 'deleted',
  returned: 'returned',
} as const;

export const paymentWords = { np: 'np', other: 'other' } as const;

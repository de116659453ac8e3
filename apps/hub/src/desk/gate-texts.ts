import type { GateReason, ShipGate } from '@np-hub/model';

const gates: Readonly<Record<ShipGate, string>> = { ship: '出荷可', wait: '出荷保留', stop: '出荷停止' };

const reasons: Readonly<Record<GateReason, string>> = {
  approved: '審査OK',
  'not-approved-yet': '審査中',
  'payload-changed': '変更内容の審査待ち',
  'approval-unproven': '変更後の審査結果を確認中',
  'edit-open': 'カートで編集中（要確認）',
  'order-missing': 'カートに注文が見つからない',
  'invoice-not-printed': '請求書が未印刷',
  reissuing: '一部返品の再登録中',
  'settlement-overdue': '売上期限切れ',
  'cancel-wanted': 'キャンセル',
  released: '連携対象外',
  rejected: '審査NG',
  lapsed: '与信期限切れ',
  'possible-duplicate': '重複の疑い（要確認）',
  'nothing-at-np': 'NPに未登録',
};

/** What stands in the warehouse's file, which is read by people and programs in Japan. */
export const gateTexts = {
  header: ['店舗', '注文番号', '元の受注番号', 'NP取引ID', '出荷可否', '理由', '更新日時'],
  gates,
  reasons,
} as const;

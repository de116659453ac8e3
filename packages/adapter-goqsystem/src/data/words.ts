import type { OutgoingWords } from '@np-hub/kit';
import { notSent } from '@np-hub/kit';

const approved = '与信OK';
const synced = '与信OK + 伝票番号同期OK';

/**
 * GoQ's NP words: [与信中], [与信OK], [与信NG] and [伝票番号同期OK] are confirmed by the screens of the NP manual. 保留 and エラー
 * are ours: GoQ shows a technical error as [与信NG] with a text, and has no word for a hold. Which state shows what:
 * model.md, "States and outgoing words".
 */
export const words: OutgoingWords = {
  received: notSent,
  blocked: 'エラー',
  'registering-queued': '与信中',
  'registering-sent': '与信中',
  reviewing: '与信中',
  approved,
  held: '保留',
  rejected: '与信NG',
  'amending-queued': '与信中',
  'amending-sent': '与信中',
  'amendment-failed': 'エラー',
  'reporting-queued': approved,
  'reporting-sent': approved,
  'report-failed': 'エラー',
  reported: synced,
  cancelling: '与信中',
  'cancel-failed': 'エラー',
  cancelled: '与信キャンセル',
  'cancel-refused-paid': 'エラー',
  reissuing: '与信中',
  'reissue-failed': 'エラー',
  lapsed: 'エラー',
  paid: synced,
  released: '与信キャンセル',
};

export const shippingWords = [approved, synced];

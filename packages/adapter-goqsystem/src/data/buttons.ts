import type { CartButton, Reminder } from '@np-hub/kit';
import type { State } from '@np-hub/model';

/** The states that GoQ shows as 【与信中】. */
const reviewing: readonly State[] = ['registering', 'reviewing', 'amending', 'in-doubt'];
/** Those that it would show as [与信NG] with a text: NP's refusal, and every technical error. */
const failed: readonly State[] = [
  'rejected',
  'blocked',
  'amendment-failed',
  'report-failed',
  'reissue-failed',
  'lapsed',
];

/**
 * GoQ's buttons as the NP manual shows them (confirmed, http://goqsystem.com/manual/order/npapi), picture by picture:
 * NP後払い alone → 与信を実行 · 【与信中】 → 与信結果確認, 与信キャンセル · [与信OK] → 与信内容変更, 与信キャンセル, and with a slip number
 * 伝票番号同期 before them · [与信NG] with a text → 与信キャンセル · [与信OK] [伝票番号同期OK] → none.
 * Assumed: a hold has no picture; NP waits for a correction, so it has the buttons of 与信中 and 与信内容変更. A slip number
 * that NP has refused can be synchronised again.
 */
export const buttons: readonly CartButton[] = [
  { action: 'check-credit', label: { ja: '与信を実行', en: 'Start credit check' }, states: ['received'] },
  {
    action: 'check-credit',
    label: { ja: '与信結果確認', en: 'Ask for the result' },
    states: [...reviewing, 'held'],
  },
  {
    action: 'report',
    label: { ja: '伝票番号同期', en: 'Tell NP the slip number' },
    states: ['approved', 'report-failed'],
    needsSlip: true,
  },
  {
    action: 'correct',
    label: { ja: '与信内容変更', en: 'Change what NP has' },
    states: ['approved', 'held'],
  },
  {
    action: 'cancel',
    label: { ja: '与信キャンセル', en: 'Cancel at NP' },
    states: [...reviewing, 'held', 'approved', ...failed],
  },
];

/** What GoQ leaves to people: it has no public interface by which an order could be changed from outside. */
export const reminders: readonly Reminder[] = [
  {
    states: ['rejected', 'cancelled', 'lapsed'],
    text: {
      ja: 'GoQSystemの受注ステータスは自動では変わりません。出荷の停止やお支払い方法の変更は、GoQSystemとモールの画面で行ってください。',
      en: 'The order status in GoQSystem does not change by itself. Stop the shipment, or change the payment, in GoQSystem and at the mall.',
    },
  },
  {
    states: ['released'],
    text: {
      ja: 'CSVで与信したご注文、GoQSystemのAPIで与信したご注文は、それぞれの方法のまま最後まで処理してください(混在はできません)。',
      en: 'An order that was checked by CSV, or by GoQSystem itself, has to be finished that way: the routes do not mix.',
    },
  },
];

import type { TransactionView } from '@np-hub/model';
import { formatYen } from '../format.js';

/** What the buyer asked for, and the money by its name. */
const occasions = {
  returned: ['ご返品', '代金'],
  cancelled: ['キャンセル', '代金'],
  changed: ['内容の変更', '差額'],
} as const;

const occasionOf = ({ cartSays, reissue }: TransactionView): keyof typeof occasions => {
  if (cartSays.status === 'returned') return 'returned';
  return reissue?.toYen === 0 ? 'cancelled' : 'changed';
};

/** The draft of a letter to a buyer whom the shop has to refund; in Japanese, as its reader is, whoever sends it. */
export function refundLetter(view: TransactionView, yen: number): string {
  const [occasion, money] = occasions[occasionOf(view)];
  return [
    'いつもご利用ありがとうございます。',
    `ご注文（${view.orderNumber}）の${occasion}を承りました。`,
    `NP後払いのお支払いをすでにいただいておりますので、${money} ${formatYen(yen, 'ja')} を当店より直接ご返金いたします。`,
    'お手数ですが、ご返金先の口座（銀行名・支店名・口座種別・口座番号・口座名義）をお知らせください。',
    'どうぞよろしくお願いいたします。',
  ].join('\n');
}

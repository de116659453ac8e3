import type { LocalText } from '@np-hub/kit';
import type { NoticeKind, State } from '@np-hub/model';
import { titleOf } from './pages.js';

const kinds: Readonly<Record<Exclude<NoticeKind, 'failed'>, LocalText>> = {
  rejected: { ja: '与信審査の結果はNGでした。', en: 'NP rejected the credit check.' },
  held: {
    ja: '与信審査が保留になりました。内容の確認・修正が必要です。',
    en: 'NP holds the credit check: something has to be confirmed or corrected.',
  },
  blocked: {
    ja: 'NPへ登録できませんでした。内容の修正が必要です。',
    en: 'The order could not be registered at NP: something has to be corrected.',
  },
  lapsed: {
    ja: 'NPの取引が期限切れ、または自動キャンセルになりました。',
    en: 'The transaction has lapsed at NP, or was cancelled there by itself.',
  },
  'changed-to-cod': {
    ja: '与信審査NGのため、決済方法を代引きに変更します。',
    en: 'Rejected: the payment method is changed to cash on delivery.',
  },
  'course-stopped': {
    ja: '与信審査の結果により、定期コースを停止します。',
    en: 'Because of the credit result, the course of this recurring order is stopped.',
  },
};

const failures: Readonly<Partial<Record<State, LocalText>>> = {
  'amendment-failed': { ja: '取引の修正に失敗しました。', en: 'The amendment was refused.' },
  'report-failed': { ja: '出荷報告に失敗しました。', en: 'The shipment report was refused.' },
  'cancel-failed': { ja: 'キャンセルに失敗しました。', en: 'The cancellation was refused.' },
  'reissue-failed': {
    ja: '一部返品の再登録が途中で止まっています。',
    en: 'The reissue after a partial return has stopped half-way.',
  },
  'cancel-refused-paid': {
    ja: '入金済みのためキャンセルできません。購入者への返金が必要です。',
    en: 'The buyer has paid: it cannot be cancelled, and the shop has to refund the buyer.',
  },
};

const failed: LocalText = { ja: 'NPでの処理に失敗しました。', en: 'NP refused the operation.' };

/** Nothing was sent, and nothing has to be corrected: somebody has to say whether it is the same sale. */
const questioned: LocalText = {
  ja: '同じ購入者・同じ請求金額の注文があるため、まだNPに登録していません。重複した注文でないか、確認が必要です。',
  en: 'There is another order of the same buyer over the same amount, so NP has not been told of this one yet: somebody has to say whether it is a duplicate.',
};

/** One line of the 通知ログ: what happened, and what the reasons of the change mean. */
export function noticeText(kind: NoticeKind, state: State, reasons: readonly string[]): LocalText {
  if (kind === 'blocked' && reasons.length > 0 && reasons.every((reason) => reason === 'possible-duplicate'))
    return questioned;
  const text = kind === 'failed' ? (failures[state] ?? failed) : kinds[kind];
  if (reasons.length === 0) return text;
  const titles = reasons.map(titleOf);
  return {
    ja: `${text.ja}理由：${titles.map(({ ja }) => ja).join('、')}`,
    en: `${text.en} Reason: ${titles.map(({ en }) => en).join('; ')}`,
  };
}

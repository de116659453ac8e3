import type { LocalText } from '@np-hub/kit';
import type { RefusalName } from '@np-hub/model';

/** What a person is told when the facts do not allow an action. */
export const refusalTexts: Readonly<Record<RefusalName, LocalText>> = {
  'unknown-transaction': { ja: '取引が見つかりません。', en: 'There is no such transaction.' },
  repeated: { ja: 'すでに反映されています。', en: 'This has been done already.' },
  stale: { ja: 'より新しい情報があるため、反映しませんでした。', en: 'Something newer is known already.' },
  'unknown-attempt': { ja: '該当する登録がありません。', en: 'There is no such registration.' },
  'attempt-superseded': {
    ja: '新しい登録に置き換わっているため、反映しませんでした。',
    en: 'A newer registration has replaced this one.',
  },
  'not-expected': { ja: '該当する処理は進行していません。', en: 'Nothing of the kind is under way.' },
  'operation-under-way': {
    ja: 'NPへの処理が進行中です。結果が出てからもう一度お試しください。',
    en: 'A call to NP is under way. Please try again once its result is there.',
  },
  'not-allowed': {
    ja: '現在の状態ではこの操作はできません。',
    en: 'This is not possible in the current state.',
  },
  'too-early': {
    ja: '送信直後のため、まだ確定できません。送信から10分たってから、NPの管理画面をもう一度ご確認ください。',
    en: 'The request was sent a moment ago and may still arrive. Check NP’s console again ten minutes after it was sent.',
  },
  'same-day': {
    ja: '出荷報告の当日は登録し直せません。商品が届いた日の翌日以降に操作してください。',
    en: 'Not on the day of the shipment report: do this on the day after the goods have arrived.',
  },
  'not-due': { ja: '期限はまだ来ていません。', en: 'The deadline has not come yet.' },
  'malformed-np-id': {
    ja: 'NP取引IDは半角数字11桁で入力してください。',
    en: 'An NP transaction id has 11 digits.',
  },
};

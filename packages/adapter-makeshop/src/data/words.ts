import type { OutgoingWords, Reminder } from '@np-hub/kit';

/**
 * The NP words of makeshop's 決済ステータス, confirmed by its NP manual
 * (https://manual.makeshop.jp/hc/ja/articles/24273934945305). What each state shows: model.md, "States and outgoing words".
 */
export const words: OutgoingWords = {
  received: '審査待ち(準備中)',
  blocked: '要確認',
  'registering-queued': '審査待ち(準備中)',
  'registering-sent': '審査待ち',
  reviewing: '審査中',
  approved: '審査OK',
  held: '審査保留',
  rejected: '審査NG',
  'amending-queued': '審査待ち(準備中)',
  'amending-sent': '審査待ち',
  'amendment-failed': '要確認',
  'reporting-queued': '出荷報告(準備中)',
  'reporting-sent': '出荷報告中',
  'report-failed': '要確認',
  reported: '出荷報告完了',
  cancelling: '審査中',
  'cancel-failed': '要確認',
  cancelled: '審査NG',
  'cancel-refused-paid': '出荷報告完了',
  reissuing: '出荷報告中',
  'reissue-failed': '要確認',
  lapsed: '要確認',
  paid: '出荷報告完了',
  released: '審査NG',
};

/** 審査OK lets the staff ship; the later words follow a shipment, and a second parcel may still go out. */
export const shippingWords = ['審査OK', '出荷報告(準備中)', '出荷報告中', '出荷報告完了'];

/** Set by hand before a change (confirmed): without it the cart locks the order. */
export const editOpenWord = '要確認';

/** What the cart leaves to people once an order has left NP (confirmed, the same manual: 決済方法の変更, 金額修正). */
export const reminders: readonly Reminder[] = [
  {
    states: ['released', 'rejected'],
    text: {
      ja: '決済方法を変更すると、makeshopでは変更後の決済手数料が0円になります。必要に応じて金額を確認してください。',
      en: 'After a change of the payment method makeshop sets the new fee to 0 yen: check the amount.',
    },
  },
  {
    states: ['released', 'rejected'],
    text: {
      ja: '変更できるのは「要確認」「審査NG」のときだけで、選べるのは外部と連携していない決済方法だけです。',
      en: 'The method can be changed at 要確認 or 審査NG only, and only to methods without a link of their own.',
    },
  },
  {
    states: ['released'],
    text: {
      ja: '審査OKだった注文は、makeshopの入金ステータスが「入金完了」のままのことがあります。必要に応じて「未入金」に変更してください。',
      en: 'An order that was 審査OK may still be 入金完了 in makeshop: set it to 未入金 where that is right.',
    },
  },
  {
    states: ['held', 'blocked', 'amendment-failed'],
    text: {
      ja: 'メールアドレスはmakeshop側では変更できません。この画面の「修正」で直すと、NPにだけ反映されます。',
      en: 'makeshop cannot change the mail address: a correction on this page reaches NP only.',
    },
  },
];

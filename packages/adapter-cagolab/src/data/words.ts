import type { CartButton, OutgoingWords, Reminder } from '@np-hub/kit';

/**
 * The fifteen words of NP後払いステータス, confirmed by the NP後払い guide (ver. 1.0.1, ステータス名称). What each state
 * shows: model.md, "States and outgoing words".
 */
export const words: OutgoingWords = {
  received: '取引登録中',
  blocked: '取引登録失敗',
  'registering-queued': '取引登録中',
  'registering-sent': '取引登録中',
  reviewing: '与信審査中',
  approved: '審査OK',
  held: '審査保留',
  rejected: '審査NG',
  'amending-queued': '取引修正中',
  'amending-sent': '取引修正中',
  'amendment-failed': '取引修正失敗',
  'reporting-queued': '出荷報告依頼中',
  'reporting-sent': '出荷報告依頼中',
  'report-failed': '出荷報告失敗',
  reported: '出荷報告済',
  cancelling: 'キャンセル依頼中',
  'cancel-failed': 'キャンセル失敗',
  cancelled: 'キャンセル済',
  'cancel-refused-paid': '入金済キャンセル不可',
  reissuing: '取引修正中',
  'reissue-failed': '取引修正失敗',
  lapsed: '取引登録失敗',
  paid: '出荷報告済',
  released: 'キャンセル済',
};

/** 審査OK: 出荷していただけます (confirmed). The two later words follow a shipment, and a second parcel may still go out. */
export const shippingWords = ['審査OK', '出荷報告依頼中', '出荷報告済'];

/** The guide once spells 出荷報告依頼中 with 流: a slip of its scan, read as the same word. */
export const spellings: Readonly<Record<string, string>> = { 出荷報告依頼流: '出荷報告依頼中' };

/**
 * Confirmed: 取引修正 and キャンセル stand beside 取引登録中 and 審査OK, not beside 取引登録失敗, and are hidden where
 * they cannot be used; NP後払いステータス更新 stands above the list. The other states follow from what the guide asks of
 * people in each of them (保留: 修正などの作業; 修正失敗: 修正等; キャンセル失敗: 再キャンセル).
 */
export const buttons: readonly CartButton[] = [
  {
    action: 'correct',
    label: { ja: '取引修正', en: 'Amend (取引修正)' },
    states: ['received', 'registering', 'reviewing', 'approved', 'held', 'amending'],
  },
  {
    action: 'retry',
    label: { ja: '取引修正', en: 'Amend once more (取引修正)' },
    states: ['amendment-failed'],
  },
  {
    action: 'cancel',
    label: { ja: 'キャンセル', en: 'Cancel (キャンセル)' },
    states: [
      'received',
      'registering',
      'reviewing',
      'approved',
      'held',
      'rejected',
      'amending',
      'amendment-failed',
      'reporting',
      'report-failed',
      'reported',
    ],
  },
  {
    action: 'retry',
    label: { ja: 'キャンセル', en: 'Cancel once more (キャンセル)' },
    states: ['cancel-failed'],
  },
  {
    action: 'check-credit',
    label: { ja: 'NP後払いステータス更新', en: 'Ask NP now (NP後払いステータス更新)' },
    states: ['registering', 'amending', 'reviewing', 'held', 'approved'],
  },
];

/** Confirmed: the notes of the edit screen, of キャンセル処理, and of ステータス名称. */
export const reminders: readonly Reminder[] = [
  {
    states: ['cancelling', 'cancelled', 'cancel-failed', 'cancel-refused-paid'],
    text: {
      ja: '在庫を戻す必要がある商品は、カゴラボの在庫管理画面で手動で戻してください。',
      en: 'Put stock back by hand in カゴラボ where it has to go back.',
    },
  },
  {
    states: ['blocked', 'approved', 'held', 'amendment-failed', 'report-failed'],
    text: {
      ja: 'カゴラボで配送業者を変更した場合、送料の変更は手動でお願いします。',
      en: 'Changing the carrier in カゴラボ does not change the delivery fee: change it by hand.',
    },
  },
  {
    states: ['rejected', 'lapsed', 'released'],
    text: {
      ja: 'カゴラボでお支払方法を変更した場合、手数料の変更は手動でお願いします。',
      en: 'Changing the payment method in カゴラボ does not change its fee: change it by hand.',
    },
  },
  {
    states: ['rejected'],
    text: {
      ja: '購入者様には通常の購入完了画面が表示されています。ご連絡のうえ、別の決済方法かキャンセルをご案内ください。',
      en: 'The buyer saw an ordinary order confirmation: contact them about another payment method or a cancel.',
    },
  },
  {
    states: ['cancel-refused-paid'],
    text: {
      ja: '購入者様は入金済みです。代金は加盟店様へ送金されますので、購入者様へのご返金は加盟店様で行ってください。',
      en: 'The buyer has paid. The money comes to the shop, which refunds the buyer itself.',
    },
  },
];

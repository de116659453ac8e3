import type { OutgoingWords } from '@np-hub/kit';

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

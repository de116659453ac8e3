/**
 * サブスクストア's words. 注文状況, 決済状況 and the payment names are those of its NP manual; the complete lists are not public.
 * 返品 and 削除 are confirmed as operations and assumed as words.
 */
export const orderStatuses = ['出荷待ち', '出荷作業中', '出荷済み', 'キャンセル', '返品', '削除'] as const;
export type OrderStatus = (typeof orderStatuses)[number];

export const creditStatuses = ['取引登録待ち', '取引審査待ち', '与信OK', '与信NG', '与信保留'] as const;

export const realTimePayment = 'NP後払い(リアルタイム)';
export const npPayments = ['NP後払い', 'NP後払い請求書同梱', realTimePayment] as const;
export const codPayment = '代引き';
export const payments = [...npPayments, codPayment, 'クレジットカード', '銀行振込'] as const;

export const isNpPayment = (payment: string): boolean => npPayments.some((name) => name === payment);

/** 配送方法 are the shop's own; assumed names. The last one is no carrier's: somebody has to say what it is. */
export const shippingMethods = ['ヤマト運輸', '佐川急便', 'ゆうパック', '冷蔵便(コース専用)'] as const;

/** How the cart made an order (assumed words). */
export type Generation = '' | '自動生成' | '手動生成';

import { settlementLabels, problemAt } from '@np-hub/kit';

/** The settings form: title and help of each field. */
export const fieldTexts = {
  npPayments: {
    title: { ja: 'NP後払いの支払い方法名', en: 'Names of NP後払い' },
    help: {
      ja: 'カゴラボの「支払い方法」のうち、NP後払いとして扱う名称です。',
      en: 'Values of 支払い方法 in カゴラボ that mean NP後払い.',
    },
  },
  settlementType: {
    title: { ja: '請求書区分の列がないときの請求書', en: 'Invoice where 請求書区分 is missing' },
    help: {
      ja: '列に値があれば、そちらが優先されます。',
      en: 'A value in the file outranks this.',
    },
    labels: settlementLabels,
  },
};

export const layoutTexts = {
  orders: {
    label: { ja: '受注CSV', en: '受注CSV (orders)' },
    help: {
      ja: '受注管理の「受注CSV」で出力したファイルです。「配送伝票番号」「請求書区分」「NP後払いステータス」の列も出力してください。',
      en: 'The file of the button 受注CSV in 受注管理, with 配送伝票番号, 請求書区分 and NP後払いステータス switched on.',
    },
  },
  items: {
    label: { ja: '配送先商品CSV', en: '配送先商品CSV (destinations and goods)' },
    help: {
      ja: '受注管理の「配送先商品CSV」で出力したファイルです。受注CSVと注文番号で結び付けます。',
      en: 'The file of the button 配送先商品CSV in 受注管理. Joined to 受注CSV by order number.',
    },
  },
};

/** Why an order is not taken yet. */
export const pending = problemAt('決済処理中', {
  ja: '購入者様の決済が完了していません',
  en: 'the payment is not finished; カゴラボ may take the order back',
});

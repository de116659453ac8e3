import { settlementLabels } from '@np-hub/kit';

/** The settings form: title and help of each field. */
export const fieldTexts = {
  settlementType: {
    title: { ja: '請求書の送り方', en: 'Invoice' },
    help: {
      ja: 'NP後払い（別送）か、NP後払いwiz（同梱）かを選びます。',
      en: 'Sent by NP, or enclosed by the shop (wiz).',
    },
    labels: settlementLabels,
  },
  npPayments: {
    title: { ja: 'NP後払いのお支払い方法名', en: 'Payment names of NP' },
    help: {
      ja: 'お支払い方法の名前のうち、NP後払いとして扱うものです。モールごとに名前が違う場合はすべて入れてください。',
      en: 'Names of payment methods that mean NP後払い. Give them all where malls differ.',
    },
  },
  otherPayments: {
    title: { ja: 'NP後払い以外のお支払い方法名', en: 'Other payment names' },
    help: {
      ja: 'NP後払いではないと分かっているお支払い方法の名前です。どちらにもない名前は「未設定の名称」に表示されます。',
      en: 'Names that are known not to mean NP後払い. A name in neither list is shown as an unmapped word.',
    },
  },
  cancelledLabels: {
    title: { ja: 'キャンセルを表す受注ステータス', en: 'Status labels of cancelled orders' },
    help: {
      ja: 'お店で付けた受注ステータスの名前のうち、注文のキャンセルを表すものです。NPの取引もキャンセルします。',
      en: 'Your labels of 受注ステータス that mean a cancelled order: its NP transaction is cancelled too.',
    },
  },
  openLabels: {
    title: { ja: 'そのほかの受注ステータス', en: 'Other status labels' },
    help: {
      ja: '空欄の場合、キャンセル以外のすべての受注ステータスを「処理中の注文」として扱います。名前を入れると、どちらにもない名前を「未設定の名称」で確認できます。出荷の判断には使いません(伝票番号で判断します)。',
      en: 'Left empty, every other label means an order in work. Give names, and a label in neither list is asked about. Labels never prove a shipment: the slip number does.',
    },
  },
};

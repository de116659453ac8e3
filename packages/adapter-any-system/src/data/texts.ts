/** The settings form: title and help of each field. */
export const fieldTexts = {
  settlementType: {
    title: { ja: '請求書の送り方', en: 'Invoice' },
    help: {
      ja: '注文に指定がないとき: 02 = NP後払い(別送)、03 = NP後払いwiz(同梱)',
      en: 'Where an order does not say: 02 = sent by NP, 03 = enclosed by the shop (wiz).',
    },
  },
  words: {
    title: { ja: '状態の言葉', en: 'Status words' },
    help: {
      ja: '変更フィードとWebhookの word に入れる言葉です(例: {"approved":"SHIP_OK"})。空欄なら日本語の状態名です。出荷してよい状態と、そうでない状態に同じ言葉は使えません。',
      en: 'What `word` holds in the feed and in webhooks, such as {"approved":"SHIP_OK"}; the Japanese names where left empty. One word cannot stand both for a state in which the goods may go and for one in which they may not.',
    },
  },
};

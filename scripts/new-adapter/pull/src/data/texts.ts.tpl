/** The settings form: title and help of each field. */
export const fieldTexts = {
  endpoint: {
    title: { ja: '接続先URL', en: 'Endpoint' },
    help: { ja: 'FILL_IN: どこで確認できるか', en: 'FILL_IN: where the shop finds it' },
  },
  token: {
    title: { ja: 'アクセストークン', en: 'Access token' },
    help: { ja: 'FILL_IN: どこで発行するか', en: 'FILL_IN: where the shop gets it' },
  },
  settlementType: {
    title: { ja: '請求書の送り方', en: 'Invoice' },
    help: {
      ja: '02: NP後払い(別送)、03: NP後払いwiz(同梱)',
      en: '02: sent by NP, 03: enclosed by the shop (wiz)',
    },
  },
};

/** What the connection check says. */
export const checkTexts = {
  ok: { ja: 'カートに接続できました。', en: 'Connected to the cart.' },
  unauthorized: { ja: 'トークンが正しくありません。', en: 'The token was not accepted.' },
  throttled: { ja: 'カートの回数制限中です。', en: 'The cart limits our calls at the moment.' },
  unavailable: { ja: 'カートに接続できません。', en: 'The cart cannot be reached.' },
  rejected: { ja: 'カートが問い合わせを受け付けませんでした。', en: 'The cart refused the query.' },
  malformed: { ja: 'カートの応答を読み取れません。', en: "The cart's answer cannot be read." },
};

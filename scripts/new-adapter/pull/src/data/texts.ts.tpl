/** What the connection check says. */
export const checkTexts = {
  ok: { ja: 'カートに接続できました。', en: 'Connected to the cart.' },
  unauthorized: { ja: 'トークンが正しくありません。', en: 'The token was not accepted.' },
  throttled: { ja: 'カートの回数制限中です。', en: 'The cart limits our calls at the moment.' },
  unavailable: { ja: 'カートに接続できません。', en: 'The cart cannot be reached.' },
  rejected: { ja: 'カートが問い合わせを受け付けませんでした。', en: 'The cart refused the query.' },
  malformed: { ja: 'カートの応答を読み取れません。', en: "The cart's answer cannot be read." },
};

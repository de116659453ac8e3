import { settlementLabels } from '@np-hub/kit';

/** The settings form: title and help of each field. */
export const fieldTexts = {
  endpoint: {
    title: { ja: '接続先URL', en: 'Endpoint' },
    help: {
      ja: 'makeshopから通知されたGraphQLの接続先です。',
      en: 'The GraphQL address that makeshop told you.',
    },
  },
  shopId: {
    title: { ja: 'ショップID', en: 'Shop ID' },
    help: {
      ja: '他のショップ宛ての注文更新通知は受け付けません。',
      en: 'Notices for any other shop are turned away.',
    },
  },
  token: {
    title: { ja: 'アクセストークン', en: 'Access token' },
    help: {
      ja: 'アプリのインストール時に発行された永続トークンです。',
      en: 'The permanent token issued when the app was installed.',
    },
  },
  apiKey: {
    title: { ja: 'APIキー', en: 'API key' },
    help: { ja: 'x-api-keyヘッダーで送るキーです。', en: 'Sent in the header x-api-key.' },
  },
  webhookSecret: {
    title: { ja: '注文更新通知の署名キー', en: 'Webhook secret' },
    help: {
      ja: 'makeshopの注文更新通知を確かめるキーです。登録がない間は通知を受け付けず、定期取得だけを行います。',
      en: 'It proves that a notice comes from makeshop. Without one, notices are turned away and orders come by polling only.',
    },
  },
  writeBack: {
    title: { ja: '決済ステータスをmakeshopへ書き戻す', en: 'Write payment statuses back' },
    help: {
      ja: '書き戻しのAPIは公開されていません。お使いのショップで使えることを確認してからオンにしてください。',
      en: 'The call is not public. Switch it on only after checking that it works for your shop.',
    },
  },
  settlementType: {
    title: { ja: '請求書の送り方', en: 'Invoice' },
    help: {
      ja: 'NP後払い（別送）か、NP後払いwiz（同梱）かを選びます。',
      en: 'Sent by NP, or enclosed by the shop (wiz).',
    },
    labels: settlementLabels,
  },
  npPayMethods: {
    title: { ja: 'NP後払いの決済コード', en: 'Payment codes of NP' },
    help: {
      ja: 'payMethodの値のうち、NP後払いとして扱うものです。',
      en: 'Values of payMethod that mean NP後払い.',
    },
  },
  paymentStatusCodes: {
    title: { ja: '決済ステータスのコード', en: 'Payment status codes' },
    help: {
      ja: 'APIが文言ではなくコードを使う場合の対応表です。左にコード、右に文言を入力します(例: 2001 と 審査OK)。',
      en: 'For an API that speaks in codes instead of words: code left, word right, such as 2001 and 審査OK.',
    },
  },
  fieldNames: {
    title: { ja: '項目名の読み替え', en: 'Field names' },
    help: {
      ja: '公開されていない項目の実際の名前です。左で項目を選び、右に名前を入力します。右を空欄にした項目は取得しません。',
      en: 'Your names for fields that are not public. A field with an empty name is not asked for.',
    },
  },
  reservationDays: {
    title: { ja: '予約注文とみなす日数', en: 'Days that make a reservation' },
    help: {
      ja: '出荷予定日が注文日からこの日数以上先の注文を、予約注文として確認対象にします。',
      en: 'An order that is to ship this many days after its date, or later, is flagged as a reservation.',
    },
  },
  pageSize: {
    title: { ja: '1ページの件数', en: 'Page size' },
    help: { ja: '1回に取得する注文数(1〜1,000)です。', en: 'Orders per page (1 to 1,000).' },
  },
};

/** What the connection check says. */
export const checkTexts = {
  ok: { ja: 'makeshopに接続できました。', en: 'Connected to makeshop.' },
  unauthorized: {
    ja: 'トークンまたはAPIキーが正しくありません。',
    en: 'The token or the API key was not accepted.',
  },
  throttled: { ja: 'makeshopの回数制限中です。', en: 'makeshop limits our calls at the moment.' },
  unavailable: { ja: 'makeshopに接続できません。', en: 'makeshop cannot be reached.' },
  rejected: { ja: 'makeshopが問い合わせを受け付けませんでした。', en: 'makeshop refused the query.' },
  malformed: { ja: 'makeshopの応答を読み取れません。', en: "makeshop's answer cannot be read." },
};

import type { LocalText } from '@np-hub/kit';

type FieldText = Readonly<Record<'title' | 'help', LocalText>>;

/** The settings form: title and help of each field. */
export const fieldTexts = {
  npPayments: {
    title: { ja: 'NP後払いの支払い方法名', en: 'Payment names of NP' },
    help: {
      ja: '支払い方法の表示名と請求書の送り方です（02: NPが別送、03: 請求書同梱）。全角と半角のかっこは区別しません。',
      en: 'Names of payment methods with the way of the invoice (02: sent by NP, 03: enclosed). Both widths of brackets are one.',
    },
  },
  carrierCodes: {
    title: { ja: '配送方法ごとの運送会社コード', en: 'Carrier code of each shipping method' },
    help: {
      ja: '配送方法設定の名前と運送会社コードです。コードはNPの5桁です（例: {"宅急便コンパクト":"59010"}）。ここにない配送方法は運送会社名として読み、分からなければ確認待ちになります。',
      en: 'Names of shipping methods with NP\'s five digits, such as {"宅急便コンパクト":"59010"}. Any other is read as a carrier\'s name; what is neither waits for a person.',
    },
  },
  codWord: {
    title: { ja: '代引きの支払い方法名', en: 'Name of 代引き' },
    help: {
      ja: '与信NGの注文を代引きに変更するときに書く、サブスクストアでの支払い方法名です。',
      en: 'What is written where an order is to become cash on delivery: its name in サブスクストア.',
    },
  },
  apiEnabled: {
    title: { ja: 'APIで連携する', en: 'Use the API' },
    help: {
      ja: '注文APIの仕様は公開されていません。お使いの契約で動くことを確認してからオンにしてください。オフの間はファイルで連携します。',
      en: 'The order API is not public. Switch it on only after checking that it works under your contract. Until then files are used.',
    },
  },
  apiUrl: {
    title: { ja: 'APIの接続先', en: 'API address' },
    help: {
      ja: 'https://ショップのドメイン/api/v1 です。',
      en: 'https://<shop domain>/api/v1.',
    },
  },
  clientId: {
    title: { ja: 'クライアントID', en: 'Client id' },
    help: {
      ja: 'API契約で発行されたアプリケーションIDです。',
      en: 'The application id of your API contract.',
    },
  },
  clientSecret: {
    title: { ja: 'クライアントシークレット', en: 'Client secret' },
    help: { ja: 'API契約で発行されたシークレットキーです。', en: 'The secret key of your API contract.' },
  },
  apiPaths: {
    title: { ja: 'APIのパス', en: 'API paths' },
    help: {
      ja: '公開されていないパスを、実際のものに置き換えます（access / orders / statuses）。',
      en: 'Your paths where ours, which are not public, differ (access, orders, statuses).',
    },
  },
  fieldNames: {
    title: { ja: 'APIの項目名の読み替え', en: 'API field names' },
    help: {
      ja: '列名と、APIの実際の項目名です（例: {"orderNumber":"number"}）。空欄にした項目は読みません。',
      en: 'Columns with your API\'s own fields, such as {"orderNumber":"number"}. An empty one is not read.',
    },
  },
  pageSize: {
    title: { ja: '1ページの件数', en: 'Page size' },
    help: { ja: '1回に取得する注文数（1〜500）です。', en: 'Orders per page (1 to 500).' },
  },
} satisfies Record<string, FieldText>;

export const layoutTexts = {
  orders: {
    label: { ja: '注文データ', en: 'Orders' },
    help: {
      ja: '【受注一覧】>【注文一覧】の「注文データをダウンロード」で出力したCSVです。1明細1行でも1注文1行でも読めます。',
      en: 'The CSV of 受注一覧 > 注文一覧 > 注文データをダウンロード, one row for each line or for each order.',
    },
  },
  shipments: {
    label: { ja: '出荷データ', en: 'Shipments' },
    help: {
      ja: '出荷データ取り込みに使うCSV（出荷ファイルレイアウト）です。見出しがない場合は、注文番号・出荷番号・発送日・配送方法の順に読みます。',
      en: 'The CSV for 出荷データ取り込み. Without a header: order number, slip number, shipped on, shipping method.',
    },
  },
} satisfies Record<string, Readonly<Record<'label' | 'help', LocalText>>>;

/** What the connection check says. */
export const checkTexts = {
  off: {
    ja: 'APIはオフです。注文データの取り込みと結果ファイルで連携します。',
    en: 'The API is off: orders and results go by file.',
  },
  ok: { ja: 'サブスクストアに接続できました。', en: 'Connected to サブスクストア.' },
  unauthorized: {
    ja: 'クライアントIDまたはシークレットが正しくありません。',
    en: 'The client id or the secret was not accepted.',
  },
  throttled: { ja: 'サブスクストアの回数制限中です。', en: 'サブスクストア limits our calls at the moment.' },
  unavailable: { ja: 'サブスクストアに接続できません。', en: 'サブスクストア cannot be reached.' },
  rejected: {
    ja: 'サブスクストアが問い合わせを受け付けませんでした。',
    en: 'サブスクストア refused the query.',
  },
  malformed: { ja: 'サブスクストアの応答を読み取れません。', en: "サブスクストア's answer cannot be read." },
};

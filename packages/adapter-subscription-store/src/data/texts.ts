import { settlementLabels, type LocalText } from '@np-hub/kit';
import { carriers } from '@np-hub/model';

type FieldText = Readonly<Record<'title' | 'help', LocalText>> & {
  readonly labels?: Readonly<Record<string, LocalText>>;
};

const carrierLabels = Object.fromEntries(
  Object.values(carriers).map(({ npCode, name }) => [npCode, { ja: name, en: name }]),
);

/** The settings form: title and help of each field. */
export const fieldTexts = {
  npPayments: {
    title: { ja: 'NP後払いの支払い方法名', en: 'Payment names of NP' },
    help: {
      ja: '左に支払い方法の表示名を入力し、右で請求書の送り方を選びます。全角と半角のかっこは区別しません。',
      en: 'Names of payment methods, each with the way of its invoice. Both widths of brackets are one.',
    },
    labels: settlementLabels,
  },
  carrierCodes: {
    title: { ja: '配送方法ごとの運送会社コード', en: 'Carrier code of each shipping method' },
    help: {
      ja: '左に配送方法設定の名前を入力し、右で運送会社を選びます（かっこ内はNPの5桁のコード）。ここにない配送方法は運送会社名として読み、分からなければ確認待ちになります。',
      en: "Names of shipping methods, each with its carrier (NP's five digits in brackets). Any other is read as a carrier's name; what is neither waits for a person.",
    },
    labels: carrierLabels,
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
      ja: '公開されていないパスを、実際のものに置き換えます。3つとも必要です。',
      en: 'Your paths where ours, which are not public, differ. All three are needed.',
    },
    labels: {
      access: { ja: 'アクセストークンの取得', en: 'Access token' },
      orders: { ja: '注文の取得', en: 'Orders' },
      statuses: { ja: '決済状況の書き戻し', en: 'Statuses' },
    },
  },
  fieldNames: {
    title: { ja: 'APIの項目名の読み替え', en: 'API field names' },
    help: {
      ja: '左で列を選び、右にAPIの実際の項目名を入力します（例: number）。右を空欄にした項目は読みません。',
      en: "Columns with your API's own fields, such as number. One with an empty field is not read.",
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

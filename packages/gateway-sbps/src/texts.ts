import { carriers } from '@np-hub/model';
import { baseUrls, link, noticeFields, noticeIds } from './wire.js';

/** The settings form: title and help of each field. */
export const fieldTexts = {
  baseUrl: {
    title: { ja: '接続先URL', en: 'Address of the API' },
    help: {
      ja: `SBPSから案内されたAPI型の接続先です。本番の例：${baseUrls.production}`,
      en: `The address of the API type that SBPS gave you. Example for production: ${baseUrls.production}`,
    },
  },
  merchantId: {
    title: { ja: 'マーチャントID', en: 'Merchant ID' },
    help: { ja: '半角数字5桁です。', en: 'Five digits.' },
  },
  serviceId: {
    title: { ja: 'サービスID', en: 'Service ID' },
    help: { ja: '半角数字3桁です。', en: 'Three digits.' },
  },
  basicUser: {
    title: { ja: 'Basic認証ID', en: 'Basic authentication ID' },
    help: { ja: 'SBPSから発行されたIDです。', en: 'The ID that SBPS issued.' },
  },
  basicPassword: {
    title: { ja: 'Basic認証パスワード', en: 'Basic authentication password' },
    help: { ja: 'SBPSから発行されたパスワードです。', en: 'The password that SBPS issued.' },
  },
  hashKey: {
    title: { ja: 'ハッシュキー', en: 'Hash key' },
    help: {
      ja: '送信内容と結果通知の検証に使います。パスワードと同じように扱ってください。',
      en: 'It proves requests and notices. Treat it like a password.',
    },
  },
  cipherKey: {
    title: { ja: '3DES暗号化キー', en: '3DES key' },
    help: {
      ja: '暗号化を契約している場合だけ、半角24文字で入力します（任意）。',
      en: 'Only where encryption is part of the contract: 24 characters (optional).',
    },
  },
  cipherVector: {
    title: { ja: '3DES初期化キー', en: '3DES initialisation key' },
    help: { ja: '半角8文字です（任意）。', en: '8 characters (optional).' },
  },
  toleranceSeconds: {
    title: { ja: 'リクエスト許容時間（秒）', en: 'Request tolerance (seconds)' },
    help: {
      ja: '送信時刻から何秒まで有効な要求とするかです。',
      en: 'How long a request is valid after it was made.',
    },
  },
  paidErrorCode: {
    title: { ja: '「入金済み」のエラーコード', en: 'Error code of “already paid”' },
    help: {
      ja: '購入者が支払い済みのためキャンセルできないときのコード（8桁）をSBPSに確認して入力します。空欄の間は、どのエラーも入金済みとは判断しません。',
      en: 'Ask SBPS for the code (8 digits) of a cancel that is refused because the buyer has paid. While it is empty, no error means that.',
    },
  },
  duplicateGuardConfirmed: {
    title: { ja: '購入IDの重複防止が有効', en: 'Duplicate guard confirmed' },
    help: {
      ja: '同じ購入IDの再要求をSBPSが拒否することを、NP後払いについて確認済みの場合だけオンにしてください。',
      en: 'Switch on only after SBPS confirmed for NP後払い that it refuses a repeated purchase ID.',
    },
  },
  digitalWords: {
    title: { ja: 'デジタル商品・サービスの言葉', en: 'Words of digital goods and services' },
    help: {
      ja: '商品名にこの言葉を含む注文は登録しません（SBPSのNP後払いは物販専用です）。',
      en: 'Orders whose goods carry one of these words are not registered: this service is for goods only.',
    },
  },
  carrierCodes: {
    title: { ja: '運送会社コードの変更', en: 'Other carrier codes' },
    help: {
      ja: 'SBPSから別のコードを案内された場合だけ、運送会社ごとに入力します（任意）。',
      en: 'Only where SBPS gave other codes, one line for each carrier (optional).',
    },
    labels: Object.fromEntries(
      Object.entries(carriers).map(([carrier, { name }]) => [carrier, { ja: name, en: name }]),
    ),
  },
  linkUrl: {
    title: { ja: 'リンク型の接続先URL', en: 'Address of the link type' },
    help: {
      ja: `リンク型（A01-1）を契約している場合だけ、SBPSから案内された接続先を入力します（任意）。本番の例：${link.urls.production}、試験の例：${link.urls.test}`,
      en: `Only where the link type (A01-1) is part of the contract: the address that SBPS gave you (optional). Production: ${link.urls.production}, test: ${link.urls.test}`,
    },
  },
  linkPayMethod: {
    title: { ja: 'リンク型の支払方法', en: 'Payment method of the link type' },
    help: {
      ja: 'SBPSから案内された、NP後払いの支払方法の値（pay_method）です。空欄の場合、購入者はSBPSの画面で支払方法を選びます（任意）。',
      en: 'The value of pay_method for NP後払い that SBPS gave you. While it is empty, the buyer chooses on the page of SBPS (optional).',
    },
  },
  notices: {
    title: { ja: '結果通知の形式', en: 'Shape of the notices' },
    help: {
      ja: `SBPSから届く結果通知の機能IDと項目名です。公開資料にないため推定値です（例：購入 ${noticeIds.credit}、結果の項目 ${noticeFields.result}）。仕様書に合わせて変更してください。`,
      en: `Function ids and element names of SBPS's notices. They are not public, so these are assumed (purchase ${noticeIds.credit}, result ${noticeFields.result}). Change them to what the specification says.`,
    },
    labels: {
      credit: { ja: '購入の機能ID', en: 'Function id: purchase' },
      report: { ja: '売上（出荷報告）の機能ID', en: 'Function id: shipment report' },
      cancel: { ja: 'キャンセルの機能ID', en: 'Function id: cancel' },
      lapse: { ja: '与信失効の機能ID', en: 'Function id: lapse' },
      resultField: { ja: '結果の項目名', en: 'Element: result' },
      codeField: { ja: 'エラーコードの項目名', en: 'Element: error code' },
    },
  },
};

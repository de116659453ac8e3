import { baseUrls } from './wire.js';

/** The settings form: title and help of each field. */
export const fieldTexts = {
  baseUrl: {
    title: { ja: '接続先URL', en: 'Base address' },
    help: {
      ja: `本番は ${baseUrls.production}、テスト環境は ${baseUrls.test} です。`,
      en: `Production is ${baseUrls.production}, the test environment ${baseUrls.test}.`,
    },
  },
  merchantCode: {
    title: { ja: '加盟店コード', en: 'Merchant code' },
    help: { ja: 'NPから発行された加盟店コードです。', en: 'The merchant code that NP issued.' },
  },
  spCode: {
    title: { ja: 'SPコード', en: 'SP code' },
    help: {
      ja: 'NPから発行されたSPコードです。パスワードと同じように扱ってください。',
      en: 'The SP code that NP issued. Treat it like a password.',
    },
  },
  terminalId: {
    title: { ja: '端末ID', en: 'Terminal ID' },
    help: {
      ja: '連携システムごとにNPが割り当てるIDです。ショップごとのIDではありません。',
      en: 'NP assigns it to the integrating system, not to the shop.',
    },
  },
  mode: {
    title: { ja: '与信方式', en: 'Mode' },
    help: {
      ja: 'NPとの契約に合わせてください。取引のある接続では変えられません。',
      en: 'As in the contract with NP: asynchronous, or real-time (decided inside the call). It cannot change once the connection has transactions.',
    },
    labels: {
      asynchronous: { ja: '非同期', en: 'Asynchronous' },
      'real-time': { ja: 'リアルタイム与信', en: 'Real-time' },
    },
  },
  registerBatchSize: {
    title: { ja: '1回に登録する件数', en: 'Registrations per call' },
    help: {
      ja: '取引登録を1回の通信にまとめる件数です。リアルタイム与信では常に1件です。',
      en: 'How many registrations go into one call. In real time it is always one.',
    },
  },
  duplicateGuardConfirmed: {
    title: { ja: '二重登録防止が有効', en: 'Duplicate guard confirmed' },
    help: {
      ja: '同じ加盟店取引IDの再登録をNPが拒否することを、NPに確認済みの場合だけオンにしてください。',
      en: 'Switch on only after NP confirmed that it refuses a repeated merchant transaction ID.',
    },
  },
  duplicateGuardCode: {
    title: { ja: '二重登録のエラーコード', en: 'Error code of the duplicate guard' },
    help: {
      ja: '「二重登録の可能性があります」のときにNPが返すコードです。不明な場合は空のままにしてください。',
      en: 'The code NP gives for a possible duplicate. Leave it empty where it is not known.',
    },
  },
  siteName: {
    title: { ja: 'サイト名', en: 'Site name' },
    help: { ja: '取引登録に添えるサイト名です（任意）。', en: 'Sent with registrations (optional).' },
  },
  siteUrl: {
    title: { ja: 'サイトURL', en: 'Site address' },
    help: { ja: '取引登録に添えるサイトのURLです（任意）。', en: 'Sent with registrations (optional).' },
  },
  requestsPerSecond: {
    title: { ja: '1秒あたりの通信回数', en: 'Requests per second' },
    help: {
      ja: 'NPから通信回数の制限を指示された場合に設定します（任意）。',
      en: 'Set it where NP asked for a limit (optional).',
    },
  },
  patchOverride: {
    title: { ja: 'PATCHをPOSTで送る', en: 'Send PATCH as POST' },
    help: {
      ja: '経路上でPATCHが遮断される場合だけオンにしてください（X-HTTP-Method-Override を使います）。',
      en: 'Switch on only where PATCH is blocked on the way (uses X-HTTP-Method-Override).',
    },
  },
};

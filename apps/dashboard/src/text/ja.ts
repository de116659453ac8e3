import { jaDesk } from './ja-desk.js';
import { jaDomain } from './ja-domain.js';
import { jaGateways } from './ja-gateways.js';
import { jaFiles } from './ja-files.js';
import { jaDetail } from './ja-detail.js';
import { jaDoubts } from './ja-doubts.js';
import { jaOpen } from './ja-open.js';
import { jaOperators } from './ja-operators.js';
import { jaPolicies } from './ja-policies.js';
import { jaReconciliation } from './ja-reconciliation.js';
import { jaReports } from './ja-reports.js';
import { jaPrivacy } from './ja-privacy.js';
import { jaMoves } from './ja-moves.js';
import { jaNumbers } from './ja-numbers.js';
import { jaSettlements } from './ja-settlements.js';
import { jaShops } from './ja-shops.js';
import { jaTrust } from './ja-trust.js';
import { jaWords } from './ja-words.js';

/** Japanese comes first: this object's shape is what every other language has to have. */
export const ja = {
  ...jaDomain,
  detail: jaDetail,
  shopsPage: jaShops,
  files: jaFiles,
  gateways: jaGateways,
  doubts: jaDoubts,
  wordsPage: jaWords,
  open: jaOpen,
  operators: jaOperators,
  reports: jaReports,
  trust: jaTrust,
  privacy: jaPrivacy,
  settlements: jaSettlements,
  moves: jaMoves,
  desk: jaDesk,
  policies: jaPolicies,
  reconciliation: jaReconciliation,
  numbers: jaNumbers,
  unsaved: {
    title: '保存していない変更があります',
    text: 'このページを離れると、入力した内容は失われます。',
    leave: '保存せずに移動する',
  },
  app: {
    name: 'np-hub',
    tagline: 'NP後払い 連携センター',
    skip: '本文へ移動',
    navigation: 'メニュー',
    list: '取引一覧',
    words: '未設定の名称',
    imports: '取り込み',
    notices: '通知ログ',
    apiKeys: 'APIキー',
    shops: '店舗と接続',
    codes: 'コード辞書',
    signOut: 'ログアウト',
    switchTo: 'English',
    live: '自動更新中',
    polling: '再接続中（5秒ごとに確認しています）',
    shortcuts: 'キーボード操作',
    notFound: 'ページが見つかりません',
    notFoundHelp: 'アドレスを確認するか、取引一覧に戻ってください。',
    noTransaction: '取引が見つかりません',
    noTransactionHelp:
      'アドレスが違うか、担当の店舗の取引ではありません。画面上の「注文を探す」から注文番号でお探しください。',
    toList: '取引一覧に戻る',
  },
  roles: { owner: 'オーナー', operator: '管理者', support: 'サポート', viewer: '閲覧のみ' },
  demo: {
    title: 'デモ環境です。',
    text: 'NPもカートも模擬で、実際の取引は行われません。ログインID：owner（オーナー）・operator（管理者）・support（サポート）・viewer（閲覧のみ）',
  },
  common: {
    colon: '：',
    quoted: (words: string) => `「${words}」`,
    listComma: '、',
    aside: (words: string) => `（${words}）`,
    apiKey: (name: string) => `${name}（APIキー）`,
    loading: '読み込んでいます',
    failed: '読み込めませんでした',
    broken: 'ページを表示できませんでした',
    brokenHelp:
      '画面の表示中に問題が起きました。送信済みの操作は取り消されていません。再読み込みして、状態を確認してください。',
    reload: 'ページを再読み込みする',
    again: 'もう一度読み込む',
    cancel: 'やめる',
    close: '閉じる',
    copy: 'コピー',
    copied: 'コピーしました',
    show: '表示する',
    save: '保存する',
    saved: '保存しました',
    details: '詳細',
    masked: '閲覧のみの権限のため、個人情報は伏せて表示しています。',
  },
  login: {
    title: 'ログイン',
    login: 'ログインID',
    password: 'パスワード',
    submit: 'ログイン',
    ended: 'ログインの有効期限が切れました。もう一度ログインすると、元のページに戻ります。',
    missing: '入力してください',
  },
  list: {
    title: '取引一覧',
    lead: (count: number) =>
      count === 0
        ? 'いま対応が必要な注文はありません。'
        : `対応が必要な注文が${count.toLocaleString('ja-JP')}件あります。「店舗が対応」「購入者に確認」「修正では解決不可」の順に確認してください。`,
    leadNarrowed: (count: number) =>
      count === 0
        ? 'この条件に、対応が必要な注文はありません。'
        : `この条件で、対応が必要な注文が${count.toLocaleString('ja-JP')}件あります。`,
    search: '検索',
    searchHint: '注文番号・元の受注番号・NP取引ID・伝票番号・氏名・電話番号',
    clearSearch: '検索語を消す',
    byActor: '対応する人',
    all: 'すべて',
    byState: '状態',
    gate: '出荷の可否',
    shop: '店舗',
    everyGate: 'すべて',
    everyShop: 'すべての店舗',
    attention: '要注意のみ',
    reset: '絞り込みを解除',
    count: (count: number) => `${count.toLocaleString('ja-JP')}件`,
    shown: (shown: number, total: number) =>
      `${total.toLocaleString('ja-JP')}件中 ${shown.toLocaleString('ja-JP')}件を表示`,
    columns: {
      order: '注文番号',
      shop: '店舗',
      buyer: '購入者',
      amount: '請求金額',
      state: '状態',
      cart: 'カートの表示',
      gate: '出荷',
      actor: '対応',
      reason: '理由・次にすること',
      deadline: '期限',
      updated: '更新',
    },
    more: 'さらに表示',
    empty: '該当する取引はありません',
    emptyNarrowed: '検索語や絞り込みの条件を変えてお試しください。',
    emptyAtAll: '店舗を接続すると、NP後払いの注文がここに表示されます。',
    waiting: (count: number) => `新しい更新が${count}件あります`,
    apply: '一覧を最新にする',
    stale: '更新あり',
    explainWord: '名称の扱いを選ぶ',
    open: '開いて確認する',
    others: (count: number) => `ほか${count}件`,
    bulk: {
      label: '選んだ取引の一括操作',
      choose: (order: string) => `注文 ${order} を選ぶ`,
      chooseAll: '表示中の取引をすべて選ぶ',
      chosen: (count: number) => `${count.toLocaleString('ja-JP')}件を選択中`,
      clear: '選択を解除',
      tooMany: (most: number) => `一度に操作できるのは${most.toLocaleString('ja-JP')}件までです。`,
      nothing: '選んだ取引すべてに共通してできる操作はありません。',
      title: (label: string, count: number) =>
        `${count.toLocaleString('ja-JP')}件に「${label}」を実行しますか`,
      confirm: (label: string, count: number) => `${label}（${count.toLocaleString('ja-JP')}件）`,
      progress: (done: number, all: number) => `${all}件のうち${done}件を処理しました`,
      done: (done: number, failed: number) =>
        failed === 0
          ? `${done}件を受け付けました`
          : `${done}件を受け付けました。${failed}件はできませんでした`,
      unsent: (count: number) =>
        `${count}件は処理されていない可能性があります。一覧で状態を確認してください。`,
      results: 'できなかった取引',
      outcome: '結果',
      failed: 'できませんでした',
      why: '理由',
    },
    tableLabel: '取引の一覧',
  },
  shortcuts: {
    title: 'キーボード操作',
    enabled: '文字キーの操作を使う',
    keys: {
      '/': '注文を探す（どのページでも）',
      f: '絞り込みの検索欄へ移動（一覧）',
      'j ↓': '次の取引へ（一覧）',
      'k ↑': '前の取引へ（一覧）',
      Enter: '選んだ取引を開く（一覧）',
      u: '一覧に戻る（取引のページ）',
      '?': 'この説明を開く',
      Esc: '閉じる・検索欄から出る',
    },
  },
};

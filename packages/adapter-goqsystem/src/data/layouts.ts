import { b2Columns, orderColumns, slipColumns } from './columns.js';

/** The files, as people know them. */
export const orderLayout = {
  id: 'orders',
  columns: orderColumns,
  label: { ja: '受注データ(ユーザーカスタム)', en: 'Orders (custom CSV)' },
  help: {
    ja: 'GoQSystemの「CSV入出力」→「その他のデータ出力」で出力したカスタムCSVです。GoQ管理番号、受注番号、請求額、お支払い方法、注文者と送付先の項目を入れてください。請求額(合計金額ではありません)をNPに送ります。接続の端末IDはGoQSystem用の「2000022000」、SPコードはモールごとに入力します。',
    en: 'The custom CSV of GoQSystem, one row for each line of an order. NP is told 請求額, never 合計金額. The terminal id of the connection is 2000022000, GoQSystem’s own; SP codes are given for each mall.',
  },
};

export const b2Layout = {
  id: 'slips-b2',
  columns: b2Columns,
  label: { ja: 'B2クラウドの送り状データ', en: 'Slip numbers (B2クラウド)' },
  help: {
    ja: 'B2クラウドから出力した発行済みデータ(98列、見出しなしでも可)です。お客様管理番号は「GoQ管理番号-枝番」、配送業者はヤマト運輸として取り込みます。',
    en: 'What B2クラウド exports (98 columns, with or without header): GoQ number with branch, slip number, Yamato.',
  },
};

export const slipLayout = {
  id: 'slips',
  columns: slipColumns,
  label: { ja: 'その他の送り状データ', en: 'Slip numbers (other software)' },
  help: {
    ja: 'e飛伝やゆうプリRなどから出力した、GoQ管理番号と送り状番号のある見出し付きファイルです。配送業者の列がない場合は、受注データの配送業者を使います。',
    en: 'A file with header of e飛伝, ゆうプリR and others: GoQ number and slip number. Without a carrier the order’s own counts.',
  },
};

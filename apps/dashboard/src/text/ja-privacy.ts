/** What buyers may ask for, and how long their data is kept. */
export const jaPrivacy = {
  nav: '個人情報',
  title: '個人情報',
  lead: '購入者からの開示・消去の依頼に応じ、保存期間を決めるページです。ここでの操作は監査ログに残ります。',
  search: '購入者を探す',
  searchHelp: '氏名、電話番号、メールアドレスのいずれか。全体が一致するものだけを探します。',
  find: '探す',
  none: '該当する購入者の取引はありません',
  more: '200件までを表示しています。',
  order: '注文番号',
  buyer: '購入者',
  shop: '店舗',
  state: '状態',
  ordered: '注文日時',
  choose: '選択',
  addressStart: (text: string) => `住所 ${text}…`,
  phoneEnd: (digits: string) => `電話番号の末尾 ${digits}`,
  count: (count: number) => `${count}件`,
  namesakes: (count: number) =>
    `${count}人の購入者が見つかりました。住所・電話番号・メールアドレスで本人を確かめて、対象の取引を選んでください。`,
  choosePerson: (count: number) => `この人の${count}件を選ぶ`,
  chooseFirst: '書き出すか消去する取引を選んでください。',
  export: (count: number) => `選んだ${count}件を書き出す（JSON）`,
  exported: (count: number) => `${count}件を書き出しました`,
  erase: (count: number) => `選んだうち終わった取引${count}件の個人情報を消去`,
  eraseTitle: (count: number) => `${count}件の個人情報を消去しますか`,
  eraseText:
    '氏名・住所・電話番号・メールアドレス・注文内容を消去します。元に戻すことはできません。取引の履歴と金額は残ります。取り込んだファイルと結果ファイルは90日後に、バックアップは保管期間の終わりに消えます。カートに残る情報は、カートで消去してください。',
  eraseConfirm: '消去する',
  erased: (count: number) => `${count}件の個人情報を消去しました`,
  unfinished: (count: number) => `選んだうち進行中の取引${count}件は、終わるまで消去できません。`,
  retention: '保存期間',
  retentionLead:
    '期間を過ぎたものは、1時間ごとに自動で消去します。空欄は無期限です。変更はオーナーだけができます。',
  kinds: {
    buyers: '終わった取引の個人情報（日）',
    runs: 'カートの読み取り記録（日）',
    calls: 'NP・カートとの通信記録（日、月単位で消去）',
  },
  shortenTitle: '保存期間を短くしますか',
  shortenText:
    '保存すると、1時間以内の次の自動消去で、次のものが消えます。元に戻すことはできません。その後も、期間を過ぎたものから消えます。',
  shortenConfirm: '短くして保存する',
  going: {
    buyers: (before: string, count: number) =>
      `${before} より前に終わった取引 ${count.toLocaleString('ja-JP')}件の個人情報`,
    runs: (before: string, count: number) =>
      `${before} より前のカートの読み取り記録 ${count.toLocaleString('ja-JP')}件`,
    calls: (before: string, count: number) =>
      `${before} より前のNP・カートとの通信記録 ${count.toLocaleString('ja-JP')}件`,
  },
  save: '保存する',
  saved: '保存しました',
};

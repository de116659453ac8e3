/** Notes on a transaction. */
export const jaDeskCase = {
  title: '担当とメモ',
  isSnoozed: '後回し中です',
  isDone: '対応済みです（内容が変わると、対応待ちに戻ります）',
  note: 'メモ',
  noteHint: '暗号化して保存されます。閲覧のみの権限の人には表示されません。',
  addNote: 'メモを追加',
  empty: 'メモや担当の記録はまだありません。',
  buyer: '購入者（修正用リンク）',
  kinds: {
    note: 'メモ',
    assigned: '担当者を変更',
    snoozed: '保留',
    done: '対応済み',
    reopened: '未対応に戻した',
    'link-made': '購入者用リンクを作成',
    'link-revoked': '購入者用リンクを無効化',
    'link-used': '購入者がリンクから修正',
  },
};

/** Mail, phone script and link. */
export const jaDeskContact = {
  title: '購入者への連絡',
  mail: 'メールの下書き',
  phone: '電話の台本',
  subject: '件名',
  body: '本文',
  script: '台本',
  notSent: 'この画面からは送信されません。コピーして、いつものメールでお送りください。',
  linkLead:
    '購入者が自分で修正できるリンクを作れます。ログインは不要で、一度だけ使えます。購入者には、店舗名と、選んだ項目の現在の内容だけが表示されます。',
  linkFields: '修正してもらう項目',
  linkLength: '有効期間',
  linkHours: { 24: '1日', 72: '3日', 168: '7日' },
  makeLink: 'リンクを作成',
  madeTitle: 'リンクを作成しました',
  madeHelp:
    'アドレスはいまだけ表示され、下書きにも入っています。本人にだけお送りください。新しいリンクを作ると、前のリンクは使えなくなります。',
  address: 'リンクのアドレス',
  revoke: '無効にする',
  states: { open: '有効（期限）', used: '使用済み', revoked: '無効', expired: '期限切れ' },
};

/** The buyer's own page. */
export const jaDeskFix = {
  title: 'ご注文内容の修正',
  lead: (shop: string) => `${shop}のご注文について、次の内容をご確認いただき、正しい内容に修正してください。`,
  closed: '受付を終了しました',
  failed: '送信できませんでした',
  send: 'この内容で送信する',
  once: (until: string) => `送信は一度だけです。有効期限：${until}`,
  thanks: 'ありがとうございました',
  thanksHelp: '修正内容を受け付けました。このページを閉じてください。',
  label: (field: string, destination: boolean) => (destination ? `お届け先の${field}` : field),
  count: (now: number, limit: number) => `${now}文字／${limit}文字まで`,
  fields: {
    name: 'お名前',
    kana: 'フリガナ',
    postalCode: '郵便番号',
    address: 'ご住所',
    phone: '電話番号',
    email: 'メールアドレス',
  },
  hints: {
    name: '姓と名をフルネームでご入力ください。',
    kana: '全角カタカナでご入力ください。',
    postalCode: '7桁の数字でご入力ください。',
    address: '都道府県から番地、建物名・部屋番号までご入力ください。',
    phone: 'つながりやすい国内の番号を、市外局番からご入力ください。',
    email: 'いまお使いのメールアドレスをご入力ください。',
  },
};

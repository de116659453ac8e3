/** The search that is in reach on every page. */
export const jaDeskFind = {
  open: '注文を探す（/）',
  title: '注文を探す',
  label: '番号・氏名・電話番号など',
  hint: '注文番号、NP取引ID、伝票番号、氏名・フリガナ・名字、電話番号（下4桁だけでも可）、メールアドレス。全角・半角、ハイフンの有無は問いません。',
  results: '見つかった取引',
  searching: '探しています…',
  found: (count: number) => (count === 0 ? '' : `${count}件を表示しています`),
  nothing: '見つかりませんでした。番号は先頭から、氏名は名字か氏名全体で入力してください。',
  more: (shown: number) => `（新しい${shown}件。続きを入力すると絞り込めます）`,
  keys: '↑↓ で選び、Enter で開きます。Esc で閉じます。',
  inquiryTitle: 'NPの問合番号（akt…）では探せません',
  inquiryHelp:
    'この番号はNPから購入者へ直接伝えられるもので、店舗のシステムには届きません。購入者に注文番号・氏名・電話番号のいずれかを伺うか、NPの管理画面で問合番号を検索し、表示されたNP取引IDをここに入力してください。',
  kinds: {
    order: '注文番号',
    'np-id': 'NP取引ID',
    slip: '伝票番号',
    phone: '電話番号',
    phone4: '電話番号の下4桁',
    mail: 'メールアドレス',
    name: '氏名・フリガナ',
  },
};

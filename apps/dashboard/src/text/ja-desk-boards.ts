/** 出荷の可否. */
export const jaDeskGate = {
  nav: '出荷の可否',
  title: '出荷の可否',
  lead: 'まだ出荷報告をしていない注文です。NPが現在の内容を承認していると証明できた注文だけが「出荷可」です。出荷停止は直近30日分を表示します。連携対象外の注文は含みません。',
  reason: '理由',
  download: { cp932: 'CSV（Excel・Shift_JIS）', utf8: 'CSV（UTF-8）' },
  empty: '該当する注文はありません',
  emptyHelp: '条件を変えてお試しください。',
};

/** 期限. */
export const jaDeskDeadlines = {
  nav: '期限',
  title: '期限',
  lead: '期限を過ぎたものと、14日先までの期限を日ごとにまとめています。日は日本時間です。',
  overdue: '期限を過ぎています',
  today: '今日',
  holds: '保留中の注文が使っている購入者の利用枠',
  holdsHelp: (count: string, yen: string) =>
    `${count}・${yen}。保留の間は利用枠が確保され、同じ購入者のほかの注文が審査NGになることがあります。`,
  empty: '期限のある注文はありません',
  emptyHelp: '期限が近づいた注文は、ここに表示されます。',
  kinds: {
    'credit-check': '与信の開始',
    'approval-unproven': '審査結果の再確認',
    'hold-ageing': '保留の対応（7日を目安）',
    'review-answer': 'NPの審査回答の期限',
    'review-late': '審査の遅れ（1日以上）',
    'credit-ageing': '与信の有効期限の目安（60日）',
    'settle-by': '出荷報告（売上）の期限',
    'answer-late': 'NPからの結果通知の期限',
    unpaid: '出荷報告から30日、入金なし',
    'invoice-print': '同梱する請求書の印刷待ち',
  },
  helps: {
    'credit-check': 'その時刻に自動で登録します。',
    'credit-ageing': '出荷の予定を確認してください。期限が切れると審査からやり直しになります。',
    'review-late': 'NPの管理画面で審査の状況を確認してください。',
    unpaid: '入金の確認・督促はNPが行います。返品や不着がないか確認してください。',
    'invoice-print': '請求書を印刷し、「印刷済みにする」を押してください。',
  },
};

/** 稼働状況とレポート. */
export const jaReports = {
  health: {
    nav: '稼働状況',
    title: '稼働状況',
    lead: 'カートとNPとの接続が、いまどうなっているかを示します。15秒ごとに更新します。',
    shops: '店舗（カート）',
    connections: 'NP後払いの契約（接続）',
    none: 'まだありません。',
    conditions: {
      good: '正常',
      late: '取り込みが遅れています',
      failing: '失敗が多い',
      credentials: '認証情報が受け付けられません',
      outage: '応答がありません（自動で再開します）',
      'catching-up': '復旧中（少しずつ送っています）',
      off: '停止中・準備中',
    },
    retired: 'サービス終了（受付済みの注文だけ処理）',
    lastSuccess: '最後の成功',
    never: 'まだありません',
    lag: '最後に読み終えてから',
    day: '直近24時間',
    tries: (tries: number, failures: number) =>
      `${tries.toLocaleString('ja-JP')}回、うち失敗${failures.toLocaleString('ja-JP')}回`,
    rate: (percent: string) => `失敗率${percent}%`,
    waiting: '送信待ち',
    waitingCount: (count: number, seconds: string) =>
      count === 0 ? 'なし' : `${count.toLocaleString('ja-JP')}件（最長${seconds}）`,
    since: '発生',
    nextTry: '次の確認',
    error: '内容',
    seconds: (seconds: number) =>
      seconds < 120
        ? `${seconds}秒`
        : seconds < 7_200
          ? `${Math.round(seconds / 60)}分`
          : `${Math.round(seconds / 3_600)}時間`,
    toSettings: '設定を開く',
  },
  reports: {
    nav: 'レポート',
    title: 'レポート',
    lead: '注文日（日本時間）ごとに集計します。連携対象外の注文は含みません。15秒ほど遅れて反映されます。',
    from: '開始日',
    to: '終了日',
    download: 'CSV（UTF-8）',
    total: '期間の合計',
    byDay: '日ごと',
    byShop: '店舗ごと',
    byCart: 'カートごと',
    codes: '多い理由コード',
    codesLead: '審査NG・保留・登録不可などを知らせたときのコードです。',
    times: '回数',
    fees: '手数料の目安（月ごと）',
    feesLead:
      '公開されている料金表による目安です（契約により異なります）。料金が契約だけで決まる接続は含みません。',
    month: '月',
    range: '見込み',
    empty: 'この期間の注文はありません。',
    name: '名前',
    chart: '日ごとの審査結果',
    columns: {
      orders: '注文',
      billed: '請求金額',
      approved: '審査OK',
      held: '保留あり',
      rejected: '審査NG',
      blocked: '登録不可あり',
      reported: '出荷報告済み',
      approval: 'OKまで（平均）',
      fix: '修正まで（平均）',
    },
    share: (count: string, percent: string) => `${count}（${percent}%）`,
  },
};

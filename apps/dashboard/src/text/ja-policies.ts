/** What a shop decides for itself, in the words of the carts' own settings. */
export const jaPolicies = {
  title: 'この店舗の運用ルール',
  credit: {
    title: '与信',
    service: '利用サービス',
    serviceHelp:
      'リアルタイムでは、購入時にカートがNPの審査を受けます。「与信NG時の処理」は自動生成された定期注文だけに適用されます。',
    services: { batch: 'NP後払い', 'real-time': 'NP後払い（リアルタイム）' },
    timing: '与信タイミング',
    timingHelp:
      '与信処理は10分おきに行われます。設定を変えると、与信を待っている注文にも最長10分で反映されます。',
    timings: {
      'at-once': '注文を取り込んだらすぐ',
      'before-shipment': '発送予定日の○日前',
      'by-hand': '担当者が「与信を実行」したとき',
    },
    days: '発送予定日の何日前に与信処理をかけるか',
    daysHelp:
      '0日にすると、発送予定日の当日に与信にかけます。発送予定日のない注文は、理由を示して止まります。',
    daysUnit: '日前',
    daysMissing: '0〜90の数字を入力してください。',
    onRejected: '与信NG時の処理',
    onRejectedHelp:
      '「自動で代引きに変更する」にすると、与信NGの注文の支払方法を代引きに変えるようカートに伝え、通知ログに残します（与信保留では変えません）。出荷停止では、与信NGのまま止まり、店舗からの連絡を待ちます。',
    onRejectedByHand:
      'このカートには代引きへの変更を自動で伝えられません。「自動で代引きに変更する」にすると、担当者への案内として表示します。',
    afterRejection: {
      'hold-shipment': '出荷停止（与信NGのまま、店舗が購入者に連絡する）',
      'change-to-cod': '自動で代引きに変更する',
    },
    stopCourse: '定期注文エラー発生時の処理：コース注文状況を停止に変更する',
    stopCourseHelp:
      '与信NGになった定期注文のコースを停止します。与信保留のときは、この設定に関係なく停止します（リアルタイム与信のみ）。',
    duplicates: '重複の疑いがある注文',
    duplicatesHelp:
      '同じ購入者（電話番号・メール・氏名と住所）で同じ請求金額の注文が、30日以内にある場合です。定期コースの2回目以降は対象外です。',
    duplicateRules: {
      ask: '確認するまで登録しない',
      warn: '登録し、注意として表示する',
      off: '確認しない',
    },
    checkout: '注文確定までの時間（分）',
    checkoutHelp:
      'カートがNPに確認した注文を確定しないまま、この時間が過ぎると、NPの取引をキャンセルします（リアルタイム与信のみ）。',
    reregisterAfterLapse: '与信が失効したら自動で登録し直す',
    reregisterAfterLapseHelp: '未出荷の注文だけが対象です。もう一度審査が行われます。',
    emailRequired: 'メールアドレスを必須にする',
    emailRequiredHelp: 'NPからメールアドレスの省略を認められている場合だけオフにしてください。',
  },
  report: {
    title: '出荷報告',
    settlement: '請求書の送り方',
    settlementHelp: 'カートの指定に従うか、このショップのすべての注文に同じ送り方を使います。',
    settlements: { cart: 'カートの指定に従う', '02': 'すべて別送（NPから発送）', '03': 'すべて同梱（wiz）' },
    elsewhere: '同梱で、配送先が購入者と異なるとき',
    elsewhereHelp: '同梱した請求書は配送先に届きます。',
    elsewheres: { enclose: 'そのまま同梱する', send: '別送に変える', ask: '登録せずに確認する' },
    trigger: '出荷報告のきっかけ',
    triggerHelp: 'NPへ出荷報告を送るのは、いつですか。',
    triggers: {
      shipped: 'カートで出荷済みになったとき（伝票番号の登録を含む）',
      'by-hand': '担当者が送ったとき（伝票番号だけでは報告しない）',
    },
    split: '複数の荷物に分けて出荷するとき',
    splitHelp: 'NPへ出荷報告を送るタイミングです。',
    splits: { all: 'すべての荷物を出荷したら報告する', first: '最初の荷物を出荷したら報告する' },
    carrier: '対象外の配送業者を',
    carrierHelp:
      '対象外の配送業者を利用する際は、別途ネットプロテクションズとの契約（出荷オプション）が必要です。',
    carriers: { unused: '利用しない', used: '利用する' },
  },
  fees: {
    title: '手数料設定',
    mode: '手数料の扱い',
    modeHelp: '価格範囲は、請求金額（税込）で判定します。',
    modes: { keep: '変更しない', replace: '上書きする', add: '加算する' },
    modesHelp: {
      keep: 'カートの請求金額をそのままNPに送ります。手数料がすでに含まれている場合はこちらです。',
      replace: 'カートの手数料を、下の金額に置き換えます。',
      add: 'カートの請求金額に、下の金額を足します。手数料がすでに含まれていると二重になります。',
    },
    bands: '価格範囲と手数料',
    bandsHelp: 'どの範囲にも入らない注文は、変更しません。',
    parts: { fromYen: '下限', toYen: '上限', feeYen: '手数料（税込）' },
    partOf: (number: number, part: string) => `${number}行目の${part}（円）`,
    after: { fromYen: '円 〜', toYen: '円の注文を', feeYen: '円にする' },
    add: '範囲を追加',
    remove: '削除',
    removeOf: (number: number) => `${number}行目の範囲を削除`,
    faults: {
      incomplete: '3つの金額をすべて入力してください。',
      reversed: '下限が上限より大きくなっています。',
      overlap: '上の行の範囲と重なっています。',
    },
  },
  malls: {
    title: 'モール・店舗ごとのNP契約',
    help: '1つのカートで複数のモールを扱い、SPコードがモールごとに異なる場合に設定します。設定すると、ここにないモールの注文は「未対応の言葉」で止まります。',
    name: 'カートでのモール名',
    connection: 'NP後払いの契約（接続）',
    add: 'モールを追加',
    remove: '削除',
    removeOf: (name: string) => `モール「${name}」を削除`,
    faults: { incomplete: '入力してください。', twice: '同じ名前のモールがあります。' },
  },
};

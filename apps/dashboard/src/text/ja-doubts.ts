import type { NpRowKind, ReissueView } from '@np-hub/model';

type Obstacle = NonNullable<ReissueView['obstacle']>;
type Step = ReissueView['steps'][number];

/** Doubts, orders that look alike, changes after the report, NP's own lists, and calls that do not get through. */
export const jaDoubts = {
  doubt: {
    title: '結果不明（応答なし）',
    sent: (operation: string, moment: string) =>
      `${moment} に${operation}をNPへ送りましたが、応答が届きませんでした。`,
    losses: (count: number) => `応答が届かなかった回数：${count}回`,
    lost: {
      register: '登録がNPに届いたかどうかが分かりません。届いていれば、NP取引IDが分からないだけです。',
      amend: 'NPにあるのが変更前の内容か変更後の内容かが分かりません。確かめるまで出荷は保留です。',
      cancel: 'NPの取引がキャンセルされたかどうかが分かりません。出荷しないでください。',
      report:
        '出荷報告がNPに届いたかどうかが分かりません。届いていれば請求は始まっています。商品の発送をやり直す必要はありません。',
      reissue:
        '元の取引はキャンセル済みですが、登録し直した取引がNPにあるかどうかが分かりません。確かめるまで、この注文は請求されないおそれがあります。',
    },
    hubTitle: 'ハブが自動で行うこと',
    hub: {
      register:
        '同じ登録をもう一度送ります。二重登録防止が確認されているので、届いていればNPが断り、届いていなければこの登録が受け付けられます。二重にはなりません。',
      amend:
        '同じ修正をもう一度送ります。受け付けられたあとの新しい審査結果だけを、この内容の結果とみなします。',
      cancel:
        '同じキャンセルをもう一度送ります。「キャンセル済み」と返れば、前回の依頼が届いていた証拠です。',
      report: '同じ出荷報告をもう一度送ります。「報告済み」と返れば、前回の報告が届いていた証拠です。',
      reissue: '自動では何も送りません。',
    },
    instead:
      '注文が取り消されたため、やり直しの代わりにキャンセルを送ります。届いていてもいなくても、これで終わります。',
    nextAt: '次に送る時刻（早くて）',
    onItsWay: 'いま送っています。応答を待っています。',
    paused: 'NPとの通信が止まっているため、つながるまで送りません。',
    nothing: {
      guarded:
        '自動では何も送りません。NPに登録があることは確かめましたが、NPは加盟店取引IDからNP取引IDを教えてくれません。',
      late: '自動では何も送りません。送信から日がたち、NPの二重登録防止が効く期間を過ぎたためです。',
      unguarded:
        '自動では何も送りません。この接続では、同じ登録をNPが断ることを確認していないため、送り直すと二重登録になるおそれがあります。',
      reissue: '自動では何も送りません。登録し直しを問い合わせる番号がないためです。',
    },
    personTitle: 'あなたができること',
    personNone:
      '操作は不要です。NPの答えを待ってください。長く続くときは、NPの管理画面でこの取引を確認してください。',
    enter: 'NP取引IDを入力する：NPに確認したうえで、その取引をこの注文の取引として続けます。',
    list: 'NPのCSVを取り込む：NPの取引一覧に加盟店取引IDがあれば、NP取引IDをまとめて入れられます。',
    openList: 'NPのCSVを取り込む',
    deny: '登録がないことを確認する：NPにないことを確かめた場合だけ、新しく登録し直します。',
    denyFrom: (moment: string) => `まだ届く途中かもしれないため、${moment} 以降にできます。`,
    denyNever: 'NPに登録があると分かっているため、「登録なし」にはできません。',
  },
  duplicate: {
    title: {
      'same-total': '重複した注文かもしれません',
      'held-by-np': '先に登録された注文との関係（RE027）',
    },
    lead: {
      'same-total':
        '同じ購入者・同じ請求金額の注文が30日以内にあります。二重に請求しないよう、確認できるまでNPに登録しません。',
      'held-by-np':
        'NPは、先に登録された取引と情報の一部が同じだとして保留にしています。同じ購入者の、前の注文です。重複ならこの注文をキャンセルし、別の注文なら購入者に確認した内容でNPへ回答してください。',
    },
    waits: '重複した注文かもしれないため、まだNPに登録していません。',
    next: '下で注文を見比べて、「別の注文なので送る」か「重複なので送らない」を選んでください。',
    todo: '重複でないか確認する',
    warned: '同じ購入者・同じ請求金額の注文が30日以内にあります。店舗の設定により、そのままNPに送りました。',
    answered: '別の注文であることを確認済みです。',
    none: '同じ購入者の前の注文は、このハブに見つかりません。',
    hidden: (count: number) => `ほかに、権限のない店舗の注文が${count}件あります。`,
    this: 'この注文',
    columns: {
      order: '注文',
      orderedAt: '注文日時',
      buyer: '購入者',
      amount: '請求金額',
      goods: '商品',
      state: '状態',
    },
    table: '似ている注文',
    genuine: '別の注文なので送る',
    cancel: '重複なので送らない',
    cancelHelp:
      '「重複なので送らない」は、この注文のNPへの登録をやめるだけです。注文そのものは、カートでキャンセルしてください。',
    refused: 'できませんでした',
  },
  second: {
    title: 'NPに別の取引IDがあります',
    lead: 'NPの回答またはNPのCSVに、この注文の記録と違うNP取引IDがありました。両方が有効なままだと、購入者に二重に請求されます。',
    kept: 'この注文の取引（残す）',
    other: '記録と違う取引',
    none: 'まだありません',
  },
  reissue: {
    title: '出荷報告後の変更（返品・減額）',
    lead: '出荷報告のあとは、取引の内容を直接は変えられません。減額するときは、次の順に行います。',
    amounts: { from: 'NPの請求額（いま）', to: '変更後の請求額', difference: '差額' },
    unknown: '不明',
    steps: {
      cancel: '元の取引をキャンセルする',
      register: '変更後の内容で登録し直す',
      review: 'NPの審査を受ける',
      report: '出荷報告をもう一度送る',
    } satisfies Record<Step['name'], string>,
    states: {
      todo: 'これから',
      doing: '処理中',
      done: '完了',
      doubt: '応答なし（確認中）',
      failed: '止まっています',
    } satisfies Record<Step['state'], string>,
    obstacles: {
      paid: '購入者がすでに支払っているため、NPでは変更できません（E0100118）。差額は店舗から購入者へ直接返金してください。',
      'base-unknown':
        'NPにある取引の内容をハブが確認できていないため、ここからは登録し直せません。NPの管理画面で確認してください。',
      unchanged:
        '注文の内容がNPの取引と同じです。返品のときは、先にカート（またはファイル）で注文の金額と商品を変更してください。',
      more: '増額はできません。登録し直せるのは、元の請求額以下のときだけです（E0131010）。増えた分は別の方法で請求してください。',
      problems: '変更後の内容に、直すところがあります。直してから登録し直してください。',
      'same-day':
        '出荷報告の当日は登録し直せません。商品が届いた日の翌日以降に操作してください（お届け日はハブには分かりません）。',
    } satisfies Record<Obstacle, string>,
    ready: 'お届け日が昨日以前であることを確認してから、「一部返品で登録し直す」を押してください。',
    again:
      'この取引は、すでに一度登録し直したものです。NPの回数の上限（E0131006・E0131011。上限は公開されていません）で断られることがあり、そのとき元の取引はもうキャンセルされています。',
    full: 'すべて返品のときは、「NPの取引をキャンセル」を使ってください。請求は取り消されます。',
    running: '処理を進めています。途中でハブが止まっても、続きから再開します。',
    stopped:
      '途中で止まっています。元の取引はキャンセル済みのため、このままでは請求が行われません。理由を確認し、次のどれかで進めてください。',
    stoppedEarly: '元の取引をキャンセルできず、始められませんでした。元の取引の請求はそのまま続いています。',
    ways: {
      retry: 'もう一度送る：一時的な理由だったときに、止まった段階から続けます。',
      correct: '内容を修正する：NPが断った項目を直すと、続きから進みます。',
      'register-anew':
        '新しい取引として登録する：NPが登録し直しを受け付けないとき（E0131006・E0131010・E0131011）に、残りを通常の登録として審査に出します。',
      cancel: 'NPの取引をキャンセル：NP後払いをやめ、代金は別の方法で請求します。',
    },
    refund: '購入者に返金する金額',
    draftTitle: '購入者への連絡文（下書き）',
    slip: {
      title: '出荷報告後の伝票の変更',
      lead: 'NPに報告した内容と、カートの内容が違います。NPは報告した伝票番号で配達を確認するため、直さないと立替払いが遅れることがあります。',
      told: 'NPに報告した内容',
      now: 'カートの内容',
      step: 'NPの管理画面でこの取引の運送会社と伝票番号を直してから、「NPで伝票を直した」を押してください。ハブから送り直すことはできません（E0100115）。',
      withdrawn:
        'カートで出荷が取り消されています。発送していないなら「NPの取引をキャンセル」を、発送し直すなら新しい伝票番号をカートに入れてください。',
      copy: '新しい伝票番号',
    },
  },
  lists: {
    title: 'NPのCSVで確認する',
    lead: 'NPの管理画面でダウンロードした取引一覧のCSVから、応答のなかった登録のNP取引IDを取り込みます。1件ずつNPに確認してから反映します。CSVにないことは、登録がない証拠にはなりません。',
    privacy: '使うのは加盟店取引IDとNP取引IDの2列だけです。氏名などほかの内容は読み取らず、保存しません。',
    connection: '接続',
    none: '取引一覧を取り込める接続がありません。',
    doubts: (count: number) =>
      count === 0 ? 'NP取引IDの分からない登録はありません。' : `NP取引IDの分からない登録：${count}件`,
    file: 'CSVファイル',
    choose: 'ファイルを選ぶ',
    header: '見出しのある列',
    headerAuto: '自動で見つける',
    assumed: '見出しの名前は推定です。NPの見出しが違うときは、列を選んでください。',
    remember: 'この列の選び方を次回も使う',
    columns: { column: '項目', header: 'CSVの見出し', sample: '例' },
    preview: (rows: number, matched: number) =>
      `${rows.toLocaleString('ja-JP')}行のうち、${matched.toLocaleString('ja-JP')}件が、NP取引IDの分からない登録と一致します。`,
    notFound: '見つかりません',
    take: (count: number) => `${count.toLocaleString('ja-JP')}件をNPに確認して取り込む`,
    takeNone: '一致なしとして結果を残す',
    taking: 'NPに確認しています…',
    again: '別のファイルを選ぶ',
    result: '取り込みの結果',
    earlier: '過去の取り込み',
    by: (login: string, moment: string) => `${moment}・担当：${login}`,
    everyKind: 'すべての結果',
    row: { line: '行', shop: '加盟店取引ID', np: 'NP取引ID', kind: '結果' },
    more: 'さらに表示',
    empty: '行がありません。',
    kinds: {
      taken: '取り込みました',
      agrees: '確認済み（ハブと一致）',
      contradicts: 'ハブの記録と違う（注意として表示。変更なし）',
      'under-way': '処理中のため見送り',
      'id-in-use': 'このNP取引IDは別の登録で使用中',
      'several-ids': 'CSVの中で番号が食い違う',
      'other-order': 'NPでは別の注文の取引',
      'not-at-np': 'NPに有効な取引がない',
      unanswered: 'NPに確認できず（もう一度取り込んでください）',
      unknown: 'ハブにない加盟店取引ID',
      malformed: '番号として読めない行',
    } satisfies Record<NpRowKind, string>,
  },
  troubles: {
    label: '通信の状況',
    connection: (name: string) => `NPとの接続「${name}」`,
    cart: (name: string) => `店舗「${name}」のカート`,
    failures: {
      unauthorized: 'に認証を断られています。接続の設定を確認してください。',
      throttled: 'からアクセスを制限されています。',
      unavailable: 'につながりません。',
      rejected: 'に通信を断られています。接続先の設定を確認してください。',
      malformed: 'から読み取れない応答が返っています。',
    },
    other: 'との通信に問題があります。',
    since: (moment: string) => `${moment} から続いています。`,
    next: (moment: string) => `次の確認は ${moment} です。`,
    trying: '少しずつ再開しています。',
    waiting: (count: number) =>
      `待っている処理は${count.toLocaleString('ja-JP')}件です（つながりしだい続きます）。`,
  },
};

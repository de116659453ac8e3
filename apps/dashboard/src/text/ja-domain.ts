import type { DomainTexts } from './domain.js';
import { jaActions, jaActionsBefore, jaEvents } from './ja-history.js';

export const jaDomain: DomainTexts = {
  states: {
    received: {
      label: '受付済み',
      meaning: '注文を取り込みました。NPへの登録はこれからです。',
      next: '操作は不要です。与信の時期になると自動で登録します。',
    },
    blocked: {
      label: '登録できません',
      meaning: '内容に不備があるため、NPには登録されていません。',
      next: '下の内容を確認し、修正して再審査に出してください。',
    },
    registering: {
      label: '登録中',
      meaning: 'NPへ登録を依頼しています。',
      next: '操作は不要です。結果をお待ちください。',
    },
    reviewing: {
      label: '審査中',
      meaning: 'NPが与信審査をしています。',
      next: '操作は不要です。結果は自動で反映されます。',
    },
    approved: {
      label: '審査OK',
      meaning: '現在の注文内容で審査に通りました。',
      next: '出荷したら、カートに伝票番号と配送業者を登録してください。',
    },
    held: {
      label: '審査保留',
      meaning: 'NPが内容の確認または修正を求めています。保留の間は、購入者の利用枠が使われたままになります。',
      next: '下の理由を確認し、正しい内容に修正して再審査に出してください。',
    },
    rejected: {
      label: '審査NG',
      meaning: 'この注文ではNP後払いを利用できないと判断されました。',
      next: '購入者に、ほかの支払方法への変更をご案内ください。',
    },
    amending: {
      label: '修正を送信中',
      meaning: '変更した内容をNPへ送っています。もう一度審査が行われます。',
      next: '操作は不要です。審査が終わるまで出荷しないでください。',
    },
    'amendment-failed': {
      label: '修正失敗',
      meaning: '変更した内容をNPが受け付けませんでした。NPには変更前の内容が残っています。',
      next: '理由を確認し、修正して再審査に出してください。',
    },
    reporting: {
      label: '出荷報告中',
      meaning: 'NPへ出荷報告を送っています。',
      next: '操作は不要です。結果をお待ちください。',
    },
    'report-failed': {
      label: '出荷報告失敗',
      meaning: '出荷報告ができていません。このままでは請求書が発行されません。',
      next: '伝票番号と運送会社を確認し、直してから送り直してください。',
    },
    reported: {
      label: '出荷報告済み',
      meaning: 'NPが出荷報告を受け付けました。請求はNPが行います。',
      next: '操作は不要です。',
    },
    cancelling: {
      label: 'キャンセル中',
      meaning: 'NPへ取引のキャンセルを依頼しています。',
      next: '操作は不要です。出荷しないでください。',
    },
    'cancel-failed': {
      label: 'キャンセル失敗',
      meaning: 'NPの取引をキャンセルできていません。このままでは購入者に請求されるおそれがあります。',
      next: '理由を確認して、もう一度送ってください。',
    },
    cancelled: {
      label: 'キャンセル済み',
      meaning: 'NPに有効な取引はありません。',
      next: '操作は不要です。',
    },
    'cancel-refused-paid': {
      label: '入金済み・取消不可',
      meaning: '購入者がすでに支払っているため、NPではキャンセルできません。',
      next: '店舗から購入者へ直接返金してください。',
    },
    reissuing: {
      label: '一部返品の再登録中',
      meaning: '出荷報告後の減額のため、取引を登録し直しています。',
      next: '操作は不要です。完了までお待ちください。',
    },
    'reissue-failed': {
      label: '再登録失敗',
      meaning: '元の取引の再登録が途中で止まりました。請求が行われない状態のおそれがあります。',
      next: '至急、理由を確認して、修正するか送り直してください。',
    },
    lapsed: {
      label: '与信期限切れ',
      meaning: 'NP側で取引が無効になりました。与信はもうありません。',
      next: '出荷前なら送り直して再審査を受けてください。出荷済みの場合は責任者に連絡してください。',
    },
    'in-doubt': {
      label: '結果不明',
      meaning: 'NPからの応答が届かず、依頼が処理されたかどうかが分かりません。',
      next: '下の「結果不明」の説明を読み、NPの状況を確かめてください。',
    },
    paid: { label: '入金済み', meaning: '購入者の支払いが済みました。', next: '操作は不要です。' },
    released: {
      label: '連携対象外',
      meaning: 'この注文はNP後払いの自動連携から外れています。',
      next: '連携に戻すときは「連携に取り込む」を使ってください。',
    },
  },
  atCheckout: {
    correcting:
      '操作は不要です。まだ注文は確定していません。カートの注文画面で内容が直され、もう一度審査に出されるのを待っています。期限までに確定しなければ、自動で終了します。',
    confirming:
      '操作は不要です。カートで注文が確定するのを待っています。期限までに確定しなければ、自動で終了します。',
  },
  todos: {
    blocked: '内容を修正して再審査に出す',
    held: '内容を確認・修正して再審査に出す',
    rejected: 'ほかの支払方法を案内する',
    'amendment-failed': '内容を修正して再審査に出す',
    'report-failed': '伝票番号と運送会社を直して送り直す',
    'cancel-failed': '理由を確認して送り直す',
    'cancel-refused-paid': '購入者へ直接返金する',
    'reissue-failed': '至急、修正するか送り直す',
    lapsed: '出荷前なら送り直す',
    'in-doubt': 'NPの管理画面で登録を確認する',
  },
  gates: {
    ship: { label: '出荷可', title: '出荷できます' },
    wait: { label: '出荷保留', title: 'まだ出荷しないでください' },
    stop: { label: '出荷停止', title: '出荷を止めてください' },
  },
  gatesBeyond: {
    released: { label: '対象外', title: 'ハブでは判断しません' },
    shipped: { label: '出荷済み', title: '出荷済みです' },
  },
  gateReasons: {
    approved: '現在の注文内容で、NPの審査に通っています。',
    'not-approved-yet': 'NPの審査がまだ終わっていません。',
    'payload-changed': '審査のあとに内容が変わりました。新しい内容の審査を待っています。',
    'approval-unproven': '届いた審査結果が最新の内容に対するものか、確認しています。',
    'edit-open': 'カートで編集中です。編集が終わるのを待っています。',
    'order-missing':
      'カートで注文を確認できません（見つからないか、内容を読み取れません）。店舗で確認してください。',
    'invoice-not-printed': '同梱する請求書がまだ印刷されていません。',
    'settlement-overdue':
      '出荷報告（売上）の期限を過ぎました。SBPSで自動キャンセルされている可能性があるため、出荷しないでください。',
    reissuing: '取引の再登録が終わっていません。',
    'cancel-wanted': 'キャンセルされた注文です。',
    released: '連携の対象外の注文です。カートの表示と支払方法に従って判断してください。',
    rejected: '審査NGのため、NP後払いでは出荷できません。',
    lapsed: '与信の期限が切れています。',
    'possible-duplicate': '重複した注文かもしれません。確認できるまで、NPに登録しません。',
    'nothing-at-np': 'NPに有効な取引がありません。',
  },
  shippedReason: 'カートで出荷済みの注文です。',
  actors: {
    none: { label: '対応不要', short: '対応不要', todo: 'いま対応していただくことはありません。' },
    buyer: { label: '購入者に確認', short: '購入者', todo: '購入者に連絡し、正しい内容を確認してください。' },
    shop: {
      label: '店舗が対応',
      short: '店舗',
      todo: '店舗で内容を直してください。購入者への連絡は必要ありません。',
    },
    np: {
      label: 'NPの回答待ち',
      short: 'NP待ち',
      todo: 'NPの回答を待ってください。出荷はしないでください。',
    },
    nobody: {
      label: '修正では解決不可',
      short: '解決不可',
      todo: '内容を直しても通りません。キャンセルして、ほかの支払方法をご案内ください。',
    },
  },
  attentions: {
    'order-missing': {
      label: 'カートで確認できない',
      todo: 'カートで注文を確認してください（見つからないか、内容を読み取れません）。',
    },
    'edit-open': { label: 'カートで編集中', todo: 'カートの編集を保存するか、そのまま送り直してください。' },
    'order-returned': {
      label: '返品あり',
      todo: '返品です。キャンセルするか一部返品の再登録をするか、判断してください。',
    },
    'shipped-without-credit': {
      label: '与信なしで出荷',
      todo: '審査OKになる前に出荷されています。責任者に連絡してください。',
    },
    'shipped-but-ended': {
      label: '出荷後に取消',
      todo: '出荷したあとで取り消された注文です。商品の回収か、別の請求方法を確認してください。',
    },
    'reported-other-payload': {
      label: '報告後に変更',
      todo: '出荷報告のあとで内容が変わっています。下の「出荷報告後の変更」で、できることと手順を確認してください。',
    },
    'reported-other-shipment': {
      label: '報告後に伝票変更',
      todo: '出荷報告のあとで伝票番号か運送会社が変わっています。下の「出荷報告後の伝票の変更」の手順で直してください。',
    },
    'unknown-credit-result': {
      label: '未知の審査結果',
      todo: 'NPから未知の審査結果が届きました。NPの管理画面で確認してください。',
    },
    'second-np-id': {
      label: 'NP取引IDが重複',
      todo: 'ハブの記録と違うNP取引IDがNPにあります。二重の取引であれば、下の「NPに別の取引IDがあります」で取り消してください。',
    },
    'second-live-transaction': {
      label: '二重登録のおそれ',
      todo: '前の登録がNPに残っています。NPの管理画面で確認してください。',
    },
    'ended-at-np': {
      label: 'NP側で取引終了',
      todo: 'NPで取引が終わっています（キャンセルか期限切れかは、NPからは分かりません）。取り消した注文なら「キャンセル」を、続ける注文なら「送り直す」を押してください。自動では登録し直しません。',
    },
    'possible-duplicate': {
      label: '重複の疑い',
      todo: '同じ購入者・同じ金額の注文があります。下の「重複した注文かもしれません」で確認してください。',
    },
    'unmapped-word': {
      label: '未設定の名称',
      todo: 'カートで使われている名称に、扱いが決まっていないものがあります。「未設定の名称」で扱いを選ぶと、続きから処理します。',
    },
    deadline: { label: '期限に注意', todo: '期限が近いか、過ぎています。' },
  },
  deadlines: {
    'credit-check': '与信の開始',
    'approval-unproven': '審査結果の再確認',
    'hold-ageing': '保留の対応',
    'review-answer': 'NPの回答',
    'review-late': '審査の完了',
    'credit-ageing': '与信の有効期限の目安',
    'settle-by': '出荷報告（売上）の期限',
    'answer-late': '処理結果の通知',
    'checkout-open': '注文の確定待ち（リアルタイム与信）',
  },
  operations: {
    register: '登録',
    amend: '修正',
    cancel: 'キャンセル',
    report: '出荷報告',
    reissue: '一部返品の再登録',
    'find-credit': '審査結果の照会',
    notification: '結果の通知',
    'find-payment': '入金の照会',
    'push-status': 'カートの表示の更新',
  },
  events: jaEvents,
  refusals: {
    'unknown-transaction': '取引がまだありません',
    repeated: '前回と同じため変更なし',
    stale: '古い情報のため反映せず',
    'unknown-attempt': '該当する登録がありません',
    'attempt-superseded': '前の登録回の情報のため反映せず',
    'not-expected': '待っていない応答のため反映せず',
    'operation-under-way': '別の処理中のため反映せず',
    'not-allowed': 'いまの状態ではできません',
    'too-early': '送信直後のため、まだできません',
    'same-day': '出荷報告の当日のため、まだできません',
    'not-due': '期限ではなくなりました',
    'malformed-np-id': 'NP取引IDの形式が違います',
  },
  actions: jaActions,
  actionsBefore: jaActionsBefore,
  cartStatuses: {
    open: '受注',
    shipped: '出荷済み',
    cancelled: 'キャンセル',
    deleted: '削除',
    returned: '返品',
  },
  flags: {
    'several-destinations': 'お届け先が複数',
    reservation: '予約販売',
    subscription: '定期購入',
    digital: 'デジタル商品',
  },
  credits: { approved: '審査OK', held: '審査保留', rejected: '審査NG', unknown: '未知の結果' },
  foundAtNp: { cancelled: 'キャンセル済み', reported: '出荷報告済み', paid: '入金済み', alive: '取引が有効' },
  phases: { queued: '送信待ち', sent: '応答待ち', pending: 'NPで処理中', lost: '応答なし' },
};

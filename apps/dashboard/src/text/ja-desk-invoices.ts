/** 請求書同梱（wiz）のページ。 */
export const jaDeskInvoices = {
  nav: '請求書同梱',
  title: '請求書同梱（wiz）',
  lead: '店舗が請求書を印刷して同梱する注文です。印刷済みにするまで、出荷の可否は「出荷保留」のままです。',
  steps: { 'to-print': '印刷待ち', printed: '印刷済み', 'to-report': '報告待ち', late: '遅れ' },
  helps: {
    'to-print': '審査OKになった請求書同梱の注文が、ここに並びます。',
    printed: '印刷が済み、出荷を待っている注文が、ここに並びます。',
    'to-report': '出荷報告の送信中、または失敗した注文が、ここに並びます。',
    late: '審査OKから3日以上印刷されていない注文と、請求書発行日から7日以上報告されていない注文が、ここに並びます。',
  },
  empty: '該当する注文はありません',
  since: '現在の状態になった日時',
  issuedOn: '請求書発行日',
  issuedOnHelp: '請求書に印字された日付です。出荷報告と一緒にNPへ送ります。',
  reportBy: '出荷報告の期限',
  choose: '選択',
  laterOnes: 'この一覧を開いた後に届いた注文は、選ばれていません。',
  mark: (count: number) => `選んだ${count}件を印刷済みにする`,
  markTitle: (count: number) => `${count}件を印刷済みにしますか`,
  markText: (day: string) =>
    `請求書発行日は ${day} です。印刷済みにした注文は「出荷可」に変わり、印刷待ちには戻せません。発行日を間違えた場合は、正しい日付でもう一度印刷済みにすると直ります。`,
  markConfirm: '印刷済みにする',
  markedOrders: (numbers: readonly string[], count: number) =>
    `${numbers.join('、')}${count > numbers.length ? ` ほか${count - numbers.length}件` : ''}`,
  marked: (count: number, failed: number) =>
    `${count}件を印刷済みにしました。${failed > 0 ? `${failed}件はできませんでした。注文の今の状態を確認してください。` : ''}`,
};

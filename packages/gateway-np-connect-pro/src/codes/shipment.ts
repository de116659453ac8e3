import { cardsOf } from './card.js';

const carrier = ['shipment.carrier'];
const slip = ['shipment.slipNumber'];
const issued = ['shipment.billIssuedOn'];

/** Codes that only a shipment report earns (np-connect-pro.md, 4f). */
export const shipmentCards = cardsOf([
  {
    code: 'E0100105',
    title: ['運送会社が設定されていません', 'Carrier is missing'],
    explanation: ['出荷報告には運送会社コードが必要です。', 'A shipment report needs a carrier code.'],
    actor: 'shop',
    fields: carrier,
    fix: [
      '配送に使った運送会社を選び、もう一度報告してください。',
      'Choose the carrier that was used and report again.',
    ],
    example: ['ヤマト運輸（59010）', 'Yamato (59010)'],
    source: 'S1',
  },
  {
    code: 'E0100106',
    title: ['運送会社コードは半角数字です', 'Carrier code has to be half-width digits'],
    explanation: [
      '運送会社コードに半角数字以外の文字が含まれています。',
      'The carrier code holds something else than half-width digits.',
    ],
    actor: 'shop',
    fields: carrier,
    fix: ['運送会社の設定（コードの対応表）を確認してください。', "Check the shop's table of carrier codes."],
    example: ['59010', '59010'],
    source: 'S1',
  },
  {
    code: 'E0100107',
    title: ['運送会社コードは5桁です', 'Carrier code has to have 5 digits'],
    explanation: ['運送会社コードが5桁ではありません。', 'The carrier code does not have five digits.'],
    actor: 'shop',
    fields: carrier,
    fix: ['運送会社の設定（コードの対応表）を確認してください。', "Check the shop's table of carrier codes."],
    example: ['50000', '50000'],
    source: 'S1',
  },
  {
    code: 'E0100108',
    title: ['NPが対応していない運送会社です', 'NP does not know this carrier'],
    explanation: [
      '運送会社コードがNPの一覧にありません。NPが追跡できる運送会社でのみ出荷報告ができます。',
      "The code is not in NP's list. A report is possible only with carriers that NP can track.",
    ],
    actor: 'shop',
    fields: carrier,
    fix: [
      '対応する運送会社を選び直してください。対象外の運送会社は、出荷オプションの契約があれば55555で報告できます。',
      'Choose a carrier that NP takes. Others can be reported as 55555 under the separate shipping option.',
    ],
    example: ['佐川急便（50000）', 'Sagawa (50000)'],
    source: 'S1',
  },
  {
    code: 'E0100109',
    title: ['伝票番号がありません', 'Slip number is missing'],
    explanation: [
      '出荷報告には配送伝票番号が必要です。',
      'A shipment report needs the slip (tracking) number.',
    ],
    actor: 'shop',
    fields: slip,
    fix: ['配送伝票番号を入力し、もう一度報告してください。', 'Enter the slip number and report again.'],
    example: ['1234-5678-9012', '1234-5678-9012'],
    source: 'S1',
  },
  {
    code: 'E0100110',
    title: ['伝票番号の形式が正しくありません', 'Slip number is not valid'],
    explanation: [
      '伝票番号は20文字以内の半角英数字とハイフンだけで入力します。',
      'A slip number has at most 20 characters: half-width letters, digits and hyphens.',
    ],
    actor: 'shop',
    fields: slip,
    fix: [
      '全角文字・空白を取り除いてください。複数の番号が入っている場合は1件にしてください。',
      'Remove full-width characters and spaces, and keep one number where several were entered.',
    ],
    example: ['123456789012', '123456789012'],
    source: 'S1',
  },
  {
    code: 'E0100111',
    title: ['請求書発行日が必要です（wiz）', 'Invoice issue date is required (wiz)'],
    explanation: [
      'NP後払いwiz（請求書同梱）の出荷報告には、請求書発行日が必要です。',
      'A shipment report for NP後払いwiz (enclosed invoice) needs the invoice issue date.',
    ],
    actor: 'shop',
    fields: issued,
    fix: ['同梱した請求書の発行日を入力してください。', 'Enter the issue date of the enclosed invoice.'],
    example: ['2026-11-21', '2026-11-21'],
    source: 'S1',
  },
  {
    code: 'E0100143',
    title: ['請求書発行日は指定できません（別送）', 'Invoice issue date must be empty (separate mail)'],
    explanation: [
      '請求書をNPが別送する取引では、請求書発行日を指定できません。',
      'Where NP mails the invoice, the report must not carry an issue date.',
    ],
    actor: 'shop',
    fields: issued,
    fix: [
      '請求書発行日を空にしてください。同梱の注文であれば、取引の区分（02／03）を確認してください。',
      'Empty the issue date. If the invoice was enclosed, check the kind of the transaction (02/03).',
    ],
    source: 'S1',
  },
  {
    code: 'E0100124',
    title: ['請求書発行日と印字データの日付が合いません', 'Issue date does not fit the print data'],
    explanation: [
      '請求書発行日と、請求書印字データの作成日の前後関係が正しくありません。',
      'The issue date and the creation date of the invoice print data are in the wrong order.',
    ],
    actor: 'shop',
    fields: issued,
    fix: [
      '印字データを取得した日と請求書発行日を確認し、実際に印刷した日付を入力してください。',
      'Compare the day on which the print data was made with the issue date, and enter the day of printing.',
    ],
    weight: 'assumed',
    source: 'S1 (direction of the rule is doubtful, conflict 4)',
  },
  {
    code: 'E0100126',
    title: ['請求書発行日は出荷報告日から10日以内です', 'Issue date has to be within 10 days of the report'],
    explanation: [
      '請求書発行日が、出荷報告日から10日以内の範囲にありません。',
      'The issue date is not within 10 days of the day of the report.',
    ],
    actor: 'shop',
    fields: issued,
    fix: [
      '請求書発行日の入力誤りを確認してください。期限を過ぎた場合は請求書を印刷し直してください。',
      'Check the date for a slip; where it is really too old, print the invoice again.',
    ],
    source: 'S1',
  },
  {
    code: 'E0100121',
    title: ['請求書の印字データが未取得です（wiz）', 'Invoice print data not downloaded yet (wiz)'],
    explanation: [
      '請求書印字データを取得していないため、出荷報告ができません。',
      'The shipment cannot be reported before the invoice print data was downloaded.',
    ],
    actor: 'shop',
    fields: [],
    fix: [
      '請求書印字データを取得・印刷して商品に同梱し、その後で出荷報告を行ってください。',
      'Download and print the invoice, enclose it with the goods, then report the shipment.',
    ],
    source: 'S1',
  },
  {
    code: 'E0100120',
    title: ['与信結果がOKではありません', 'The credit result is not OK'],
    explanation: [
      '与信審査がOKになっていない取引のため、出荷報告ができません。',
      'The credit check has not ended in OK, so the shipment cannot be reported.',
    ],
    actor: 'shop',
    fields: [],
    fix: [
      '与信結果を確認してください。審査中・保留・NGの間は商品を発送しないでください。',
      'Look at the credit result. Do not ship while it is under review, held or rejected.',
    ],
    source: 'S1',
  },
  {
    code: 'E0109002',
    title: ['NPのシステムエラーです（取引手数料）', 'NP system error (transaction fee)'],
    explanation: [
      'NP側で取引手数料を処理できませんでした。加盟店の入力に誤りはありません。',
      'NP could not work out the transaction fee. Nothing is wrong with what was entered.',
    ],
    actor: 'np',
    fields: [],
    fix: [
      'NPサポートデスクに連絡し、復旧後にもう一度出荷報告を行ってください。',
      'Tell the NP support desk, and report the shipment again once it is solved.',
    ],
    source: 'S1',
  },
  {
    code: 'E0109003',
    title: ['NPのシステムエラーです（請求書発行手数料）', 'NP system error (invoice fee)'],
    explanation: [
      'NP側で請求書発行手数料を処理できませんでした。加盟店の入力に誤りはありません。',
      'NP could not work out the fee for issuing the invoice. Nothing is wrong with what was entered.',
    ],
    actor: 'np',
    fields: [],
    fix: [
      'NPサポートデスクに連絡し、復旧後にもう一度出荷報告を行ってください。',
      'Tell the NP support desk, and report the shipment again once it is solved.',
    ],
    source: 'S1',
  },
]);

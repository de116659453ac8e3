import { cardsOf } from './card.js';

/** The key of the card for the duplicate guard: NP shows a message, its code is not known (section 4g, S7). */
export const duplicateGuardCard = 'duplicate-registration';

/** Codes about a request as a whole or about NP transaction ids (np-connect-pro.md, 4a and 4g). */
export const requestCards = cardsOf([
  {
    code: 'EPRO0101',
    title: ['送信内容に取引がありません', 'No transaction in the request'],
    explanation: [
      'NPに送った依頼に取引が1件も含まれていませんでした。',
      'The request to NP held no transaction.',
    ],
    actor: 'shop',
    fields: [],
    fix: [
      'NPには何も反映されていません。もう一度実行し、繰り返す場合は本システムの管理者に連絡してください。',
      'Nothing was changed at NP. Run it again; if it happens again, tell the administrator of this system.',
    ],
    source: 'S1',
  },
  {
    code: 'EPRO0102',
    title: ['一度に送れる件数を超えています', 'Too many transactions in one request'],
    explanation: ['1回の依頼は1,000件までです。', 'One request may hold 1,000 transactions at most.'],
    actor: 'shop',
    fields: [],
    fix: [
      'NPには何も反映されていません。1回の送信件数の設定を小さくして、もう一度実行してください。',
      'Nothing was changed at NP. Lower the batch size in the settings and run it again.',
    ],
    example: ['100件', '100 transactions'],
    source: 'S1',
  },
  {
    code: 'EPRO0105',
    title: ['NP取引IDが設定されていません', 'NP transaction ID is missing'],
    explanation: [
      '対象の取引を示すNP取引IDが空のまま送信されました。',
      'The request did not say which NP transaction it is about.',
    ],
    actor: 'shop',
    fields: ['npTransactionId'],
    fix: [
      'NPの管理画面で取引を確認し、NP取引IDを入力してから、もう一度実行してください。',
      'Look up the transaction in the NP console, enter its NP transaction ID and run it again.',
    ],
    example: ['12345678901（半角数字11桁）', '12345678901 (11 digits)'],
    source: 'S1, S7',
  },
  {
    code: 'EPRO0106',
    title: ['同じNP取引IDが重複しています', 'Same NP transaction ID twice in one request'],
    explanation: [
      '1回の依頼に同じNP取引IDが2件以上含まれていました。',
      'One request held the same NP transaction ID more than once.',
    ],
    actor: 'shop',
    fields: ['npTransactionId'],
    fix: [
      '同じNP取引IDを持つ注文が2件ないか確認し、正しい方だけを送信してください。',
      'Check whether two orders carry the same NP transaction ID, and send only the right one.',
    ],
    source: 'S1',
  },
  {
    code: 'EPRO0107',
    title: ['NPカード払いの取引です', 'This is an NP card transaction'],
    explanation: [
      'NP後払いではなくNPカード払いの取引のため、この操作はできません。',
      'The transaction belongs to NP card payment, where this operation does not exist.',
    ],
    actor: 'shop',
    fields: ['npTransactionId'],
    fix: [
      'NP取引IDが正しいか確認してください。カード払いの取引は、NPの管理画面で直接操作してください。',
      'Check the NP transaction ID. Handle a card transaction directly in the NP console.',
    ],
    source: 'S1',
  },
  {
    code: 'EPRO0109',
    title: ['請求書発行日の形式が正しくありません', 'Invoice issue date is not a valid date'],
    explanation: [
      '請求書発行日は、実在する日付を「年-月-日」の形式で指定します。',
      'The invoice issue date has to be a real date written year-month-day.',
    ],
    actor: 'shop',
    fields: ['shipment.billIssuedOn'],
    fix: ['請求書発行日を入力し直してください。', 'Enter the invoice issue date again.'],
    example: ['2026-11-21', '2026-11-21'],
    source: 'S1',
  },
  {
    code: 'E0100002',
    title: ['NP取引IDに使えない文字があります', 'NP transaction ID has characters that are not allowed'],
    explanation: [
      'NP取引IDに、全角文字や空白など半角数字以外の文字が含まれています。',
      'The NP transaction ID holds something else than half-width digits, such as full-width characters or spaces.',
    ],
    actor: 'shop',
    fields: ['npTransactionId'],
    fix: [
      'NP取引IDを半角数字11桁で入力し直してください。',
      'Enter the NP transaction ID again as 11 half-width digits.',
    ],
    example: ['12345678901', '12345678901'],
    source: 'S1, S8 (seed 002 shows the message without a code)',
  },
  {
    code: 'E0100003',
    title: ['NP取引IDは半角数字11桁です', 'NP transaction ID has to have 11 digits'],
    explanation: ['NP取引IDの桁数が11桁ではありません。', 'The NP transaction ID does not have 11 digits.'],
    actor: 'shop',
    fields: ['npTransactionId'],
    fix: [
      'NPの管理画面でNP取引IDを確認し、半角数字11桁で入力してください。',
      'Look up the NP transaction ID in the NP console and enter its 11 digits.',
    ],
    example: ['12345678901', '12345678901'],
    source: 'S1, S8 (seed 002 shows the message without a code)',
  },
  {
    code: 'E0100113',
    title: ['NPに該当する取引がありません', 'NP does not know this transaction'],
    explanation: [
      'このNP取引IDの取引は、NPに登録されていません。IDの間違いか、別の加盟店の取引の可能性があります。',
      'No transaction with this NP ID exists. The ID may be wrong or belong to another merchant.',
    ],
    actor: 'shop',
    fields: ['npTransactionId'],
    fix: [
      'NPの管理画面で取引を探し、NP取引IDと加盟店コードを確認してください。',
      'Find the transaction in the NP console and check the NP transaction ID and the merchant code.',
    ],
    source: 'S1',
  },
  {
    code: duplicateGuardCard,
    title: ['二重登録の可能性があります', 'Possibly registered twice'],
    explanation: [
      '1か月以内に、同じ加盟店取引ID・同じ請求総額の取引がNPに登録されています。先に送った登録がNPに届いている可能性が高い状態です。',
      'Within a month a transaction with the same merchant transaction ID and the same total was registered. Most likely an earlier attempt did arrive.',
    ],
    actor: 'shop',
    fields: ['npTransactionId'],
    fix: [
      'もう一度登録せず、NPの管理画面で加盟店取引IDを検索し、見つかったNP取引IDを入力してください。',
      'Do not register again. Search the NP console by the merchant transaction ID and enter the NP transaction ID that you find.',
    ],
    weight: 'assumed',
    source: 'S7 gives the message; its code is unknown and is a setting',
  },
]);

import { cardsOf } from './card.js';

/** Codes about amounts and about what has already happened (np-connect-pro.md, 4d and 4e, conflict 1). */
export const transactionStateCards = cardsOf([
  {
    code: 'E0102004',
    title: [
      '商品合計と請求金額の差が3,000円を超えています',
      'Goods and billed amount differ by more than ¥3,000',
    ],
    explanation: [
      '商品明細の合計と請求金額の差は3,000円以内である必要があります。送料・手数料・値引き・ポイントが明細に入っていない可能性があります。',
      'The sum of the goods lines may differ from the billed amount by ¥3,000 at most. Shipping, fees, discounts or points may be missing from the lines.',
    ],
    actor: 'shop',
    fields: ['goods', 'billedYen'],
    fix: [
      '送料・手数料・値引き・ポイントを明細行として加え、合計が請求金額と合うようにしてください。',
      'Add shipping, fees, discounts and points as lines, so that their sum meets the billed amount.',
    ],
    example: [
      '商品5,000円＋送料600円－値引き500円＝請求金額5,100円',
      'Goods ¥5,000 + shipping ¥600 − discount ¥500 = billed ¥5,100',
    ],
    source: 'S4',
  },
  {
    code: 'E0100115',
    title: ['出荷報告済みです', 'The shipment has already been reported'],
    explanation: [
      'この取引はすでに出荷報告が済んでいます。内容の修正や、2回目の出荷報告はできません。',
      'The shipment of this transaction was reported before. It can be neither edited nor reported again.',
    ],
    actor: 'shop',
    fields: [],
    fix: [
      '出荷報告が目的であれば対応は不要です。金額や商品を減らす場合は「一部返品再登録」を行ってください。',
      'If you meant to report the shipment, nothing is left to do. To lower amount or goods, use the reissue after a partial return.',
    ],
    source: 'S1, S2, S4',
  },
  {
    code: 'E0131006',
    title: ['すでに再登録されています', 'Already registered again once'],
    explanation: [
      'この取引からの一部返品再登録は、すでに行われています。',
      'A reissue has already been made from this transaction.',
    ],
    actor: 'shop',
    fields: [],
    fix: [
      'NPの管理画面で再登録後の取引を確認し、そちらのNP取引IDで操作してください。',
      'Find the transaction that came from the reissue in the NP console and work on its NP transaction ID.',
    ],
    weight: 'assumed',
    source: 'S2 (message text only in an intermediate revision)',
  },
  {
    code: 'E0131010',
    title: ['再登録の金額が元の取引を超えています', 'Reissued amount is above the original'],
    explanation: [
      '一部返品再登録の請求金額は、元の取引の請求金額以下である必要があります。',
      'The billed amount of a reissue may not be above that of the original transaction.',
    ],
    actor: 'shop',
    fields: ['billedYen'],
    fix: [
      '請求金額を元の取引以下に直してください。増額する場合は、差額を別の注文として登録してください。',
      'Lower the billed amount. To charge more, register the difference as an order of its own.',
    ],
    example: ['元の取引10,000円 → 再登録8,000円', 'Original ¥10,000 → reissue ¥8,000'],
    source: 'S4',
  },
  {
    code: 'E0131011',
    title: ['再登録できる回数を超えています', 'No further reissue possible'],
    explanation: [
      'この取引で一部返品再登録ができる回数を超えました。',
      'The number of reissues of this transaction is used up.',
    ],
    actor: 'nobody',
    fields: [],
    fix: [
      'これ以上の再登録はできません。返金や請求の変更は、NPサポートデスクに相談してください。',
      'It cannot be reissued again. Ask the NP support desk about refunds or changes to the bill.',
    ],
    weight: 'assumed',
    source: 'S2 (name of a constant only)',
  },
  {
    code: 'E0100114',
    title: ['NPでキャンセル済みの取引です', 'The transaction is already cancelled at NP'],
    explanation: [
      'この取引はNPでキャンセルされています。出荷報告でこの結果になった場合は、与信の期限切れなどでNP側が取り消した可能性があります。',
      'NP has cancelled this transaction. When a shipment report is answered so, the approval may have lapsed at NP.',
    ],
    actor: 'shop',
    fields: [],
    fix: [
      'キャンセルが目的であれば対応は不要です。商品を発送する場合は、新しい取引として登録し直してください。',
      'If you meant to cancel, nothing is left to do. To ship the goods, register a new transaction.',
    ],
    source: 'S4, S5; S1 swaps 114 and 118 in its table of cancellations',
  },
  {
    code: 'E0100118',
    title: ['入金済みのため変更できません', 'The buyer has already paid'],
    explanation: [
      'お客様がすでにお支払い済みのため、この取引はキャンセルも変更もできません。',
      'The buyer has paid, so the transaction can be neither cancelled nor changed.',
    ],
    actor: 'shop',
    fields: [],
    fix: [
      '注文を取り消す場合は、加盟店からお客様へ直接返金してください。振込先をお客様に確認してください。',
      'To undo the order, refund the buyer directly; ask the buyer for a bank account.',
    ],
    source: 'S4, S5, S8 (seed 004); S1 swaps 114 and 118 in its table of cancellations',
  },
  {
    code: 'E0100131',
    title: ['加盟店へ返却済みの取引です', 'Already returned to the merchant'],
    explanation: [
      'この取引は、NPから加盟店へ返却（立替の取消）済みのため、キャンセルできません。',
      'NP has already returned (reversed) this transaction to the merchant, so it cannot be cancelled.',
    ],
    actor: 'shop',
    fields: [],
    fix: [
      'NPの管理画面で取引の状態を確認し、必要であればNPサポートデスクに問い合わせてください。',
      'Check the transaction in the NP console, and ask the NP support desk where needed.',
    ],
    source: 'S1',
  },
  {
    code: 'E0100132',
    title: ['決済方法が対象外です', 'The payment method is not the expected one'],
    explanation: [
      'この取引の決済方法では、この操作はできません。',
      'The operation does not exist for the payment method of this transaction.',
    ],
    actor: 'shop',
    fields: ['npTransactionId'],
    fix: [
      'NP取引IDと、NP後払い／NP後払いwizの区分が正しいか、NPの管理画面で確認してください。',
      'Check in the NP console that the NP transaction ID and the kind (NP後払い or wiz) are right.',
    ],
    source: 'S1',
  },
]);

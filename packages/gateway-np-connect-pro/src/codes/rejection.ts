import { type CardDraft, cardsOf, type Pair } from './card.js';

/**
 * RE001-RE003 mean one thing among hold reasons (S5: names) and another as reason of a rejection (S3).
 * Where such a code stands in `authori_ng` its card has this prefix, so that no card has two meanings.
 */
export const rejectionPrefix = 'authori_ng.';

interface Rejection {
  readonly codes: readonly [own: string, shared: string];
  readonly title: Pair;
  readonly explanation: Pair;
  readonly sources: readonly [own: string, shared: string];
  readonly weight: CardDraft['weight'];
}

const rejections: readonly Rejection[] = [
  {
    codes: ['NG001', 'RE001'],
    title: ['利用上限額の超過', "Over the buyer's limit"],
    explanation: [
      '購入者のNP後払いの利用上限額（未払い分との合計）を超えています。お支払いが済むと再び利用できることがあります。',
      "The total of the buyer's unpaid NP bills would be above the limit. It may work again once bills are paid.",
    ],
    sources: ['S6, S8 (seed 001)', 'S3 (ExcessOfTheAmount); collides with S5, conflict 2'],
    weight: 'confirmed',
  },
  {
    codes: ['NG002', 'RE002'],
    title: ['情報不備', 'Insufficient information'],
    explanation: [
      '購入者の情報に不足または誤りがある可能性があり、NP後払いを利用できないと判断されました。',
      'Information about the buyer may be missing or wrong, and NP declined the payment.',
    ],
    sources: [
      'a public client, S8 (seed 001, text without a code)',
      'S3 (InsufficientInformation); collides with S5, conflict 2',
    ],
    weight: 'observed',
  },
  {
    codes: ['NG999', 'RE003'],
    title: ['その他の理由によるNG', 'Declined for another reason'],
    explanation: [
      'NPの審査により、この注文ではNP後払いを利用できません。詳しい理由は加盟店には開示されません。',
      'NP declined this order after its review and does not tell the merchant why.',
    ],
    sources: ['S6, S8 (seed 001)', 'S3 (Other); collides with S5, conflict 2'],
    weight: 'confirmed',
  },
];

const fix: Pair = [
  '商品は発送せず、別の決済方法をご案内ください。お客様が理由を知りたい場合は、NPサポートデスクをご案内ください。',
  'Do not ship; offer another payment method. A buyer who asks why can turn to the NP support desk.',
];

/** Reasons of a rejection (np-connect-pro.md, section 2). Nobody can repair one; only another payment method helps. */
export const rejectionCards = cardsOf(
  rejections.flatMap(({ codes, title, explanation, sources, weight }): CardDraft[] => {
    const common = { title, explanation, actor: 'nobody', fields: [], fix } as const;
    return [
      { ...common, code: codes[0], source: sources[0], weight },
      { ...common, code: `${rejectionPrefix}${codes[1]}`, source: sources[1], weight: 'assumed' },
    ];
  }),
);

import type { AuthorizeAnswer, CartAction, Reason, RejectionClass, Screen, Verdict } from '@np-hub/model';

type Texts = { readonly ja: string; readonly en: string };

/** What the cart does by screen (seed 001, NP後払いリアルタイム与信の与信ステータス). A doubt is told as a hold is: assumed, the careful reading. */
const actions: Readonly<Record<Screen, Readonly<Record<Verdict, CartAction>>>> = {
  checkout: {
    approved: 'create',
    rejected: 'refuse',
    held: 'create-and-warn',
    'in-doubt': 'create-and-warn',
  },
  'admin-create': { approved: 'create', rejected: 'refuse', held: 'refuse', 'in-doubt': 'refuse' },
  'admin-edit': { approved: 'create', rejected: 'refuse', held: 'refuse', 'in-doubt': 'refuse' },
  'manual-child': { approved: 'create', rejected: 'refuse', held: 'refuse', 'in-doubt': 'refuse' },
  'auto-child': {
    approved: 'create',
    rejected: 'create-and-warn',
    held: 'create-and-warn',
    'in-doubt': 'create-and-warn',
  },
};

export const actionOn = (screen: Screen, verdict: Verdict): CartAction => actions[screen][verdict];

/** For buyers, word for word (seed 001, カート画面 ■与信NGの場合); the English is the hub's own. */
const buyerTexts: Readonly<Record<RejectionClass, Texts>> = {
  'over-limit': {
    ja: 'ご利用上限金額を超えているため、NP後払いをご利用いただけません。別の決済手段をご利用ください。\n詳細の確認をご希望の場合は、NPサポートデスクまでお問い合わせください。',
    en: 'The amount is beyond your limit, so NP Atobarai cannot be used. Please use another payment method.\nTo know more, please ask the NP support desk.',
  },
  information: {
    ja: '情報不備がある可能性がございましたため、現時点ではNP後払いはご利用できません。別の決済手段をご利用ください。\n詳細の確認をご希望の場合は、お手数ですがNPサポートデスクまでお問い合わせください。',
    en: 'Some information may be incomplete, so NP Atobarai cannot be used at the moment. Please use another payment method.\nTo know more, please ask the NP support desk.',
  },
  other: {
    ja: '今回のご注文ではNP後払いをご利用いただけません。別の決済手段をご利用ください。\n詳細の確認をご希望の場合は、NPサポートデスクまでお問い合わせください。',
    en: 'NP Atobarai cannot be used for this order. Please use another payment method.\nTo know more, please ask the NP support desk.',
  },
};

/** For the back office, word for word (seed 001, 管理画面(注文登録)); the English is the hub's own. */
const staffTexts: Readonly<Record<'rejected' | 'held', Texts>> = {
  rejected: {
    ja: '【NP後払い(リアルタイム)】の決済に失敗しました。\n今回のお支払いは承認されませんでした。 恐れ入りますが、他の支払い方法をお選びください。',
    en: 'The payment by NP Atobarai (real time) has failed.\nThis payment was not approved. Please choose another payment method.',
  },
  held: {
    ja: '【NP後払い(リアルタイム)】与信が保留となりました。',
    en: 'NP Atobarai (real time): the credit check is on hold.',
  },
};

/** The hub's own: the seed has no words for an answer that was lost. */
const doubtText: Texts = {
  ja: '【NP後払い(リアルタイム)】与信の結果を確認できていません。確認が済むまで出荷しないでください。同じ注文の与信をやり直しても、二重に登録されることはありません。',
  en: 'NP Atobarai (real time): the result of the credit check is not known yet. Do not ship before it is. Asking again about the same order registers nothing twice.',
};

/** Codes of the first two classes. observed (S6; S3 names the same classes RE001 and RE002); anything else is the third. */
const classes: Readonly<Record<string, RejectionClass>> = {
  NG001: 'over-limit',
  RE001: 'over-limit',
  NG002: 'information',
  RE002: 'information',
};

/** Which of the three texts a rejection is told with; what NP would not even take is about the information. */
export const rejectionClassOf = (reasons: readonly Reason[], isTaken: boolean): RejectionClass =>
  isTaken ? (reasons.map(({ code }) => classes[code]).find((found) => found) ?? 'other') : 'information';

/** What is shown on this screen; null for an approval. */
export function messageOn(
  screen: Screen,
  verdict: Verdict,
  rejection: RejectionClass | null,
): AuthorizeAnswer['message'] {
  if (verdict === 'approved') return null;
  if (screen === 'checkout' && rejection) return { audience: 'buyer', ...buyerTexts[rejection] };
  return { audience: 'staff', ...(verdict === 'in-doubt' ? doubtText : staffTexts[verdict]) };
}

import type { CardDraft, FieldRule, Pair, PartyWords } from './card.js';
import { address, badCharacters, tooLong } from './name-rules.js';

type Draft = Omit<CardDraft, 'code' | 'source'>;

const addressExample: Pair = address.example;
const phoneExample: Pair = [
  '090-1234-5678（携帯） / 03-1234-5678（固定）',
  '090-1234-5678 (mobile) / 03-1234-5678 (landline)',
];
const emailExample: Pair = ['hanako@example.jp', 'hanako@example.jp'];

/** A field of which only the buyer knows the right value. */
interface Ask {
  readonly field: string;
  readonly title: (party: PartyWords) => Pair;
  readonly explanation: (party: PartyWords) => Pair;
  readonly ask: (party: PartyWords) => Pair;
  readonly fix: Pair;
  readonly example: Pair;
}

const askBuyer =
  (rule: Ask) =>
  (party: PartyWords): Draft => ({
    title: rule.title(party),
    explanation: rule.explanation(party),
    actor: { ask: rule.ask(party) },
    fields: [`${party.path}.${rule.field}`],
    fix: rule.fix,
    example: rule.example,
  });

const askPhone: Ask['ask'] = (party) => [
  `${party.politeJa}のお電話番号が確認できませんでした。恐れ入りますが、つながりやすい国内のお電話番号を、市外局番からお知らせください。`,
  `We could not verify ${party.politeEn} phone number. Please tell us a number in Japan where the person can be reached, with the area code.`,
];
const phoneFix: Pair = [
  '入力の誤り（桁の過不足、全角、国番号 +81）を直してください。分からない場合はお客様に確認してください。',
  'Correct slips such as missing digits, full-width digits or the country code +81; otherwise ask the buyer.',
];

const phoneRule = (title: Pair, explanation: Pair) =>
  askBuyer({
    field: 'phone',
    title: (party) => [`${party.ja}の電話番号${title[0]}`, `The ${party.en}'s phone number ${title[1]}`],
    explanation: () => explanation,
    ask: askPhone,
    fix: phoneFix,
    example: phoneExample,
  });

const postalCodeMissing = (party: PartyWords): Draft => ({
  title: [`${party.ja}の郵便番号がありません`, `The ${party.en}'s postal code is missing`],
  explanation: [`${party.ja}の郵便番号は必須です。`, `NP requires the ${party.en}'s postal code.`],
  actor: 'shop',
  fields: [`${party.path}.postalCode`],
  fix: [
    '住所から郵便番号を調べて入力してください。住所が不明確な場合はお客様に確認してください。',
    'Look up the postal code of the address; ask the buyer where the address is unclear.',
  ],
  example: ['107-0052', '107-0052'],
});

const postalCodeBad =
  (what: Pair) =>
  (party: PartyWords): Draft => ({
    title: [`${party.ja}の郵便番号${what[0]}`, `The ${party.en}'s postal code ${what[1]}`],
    explanation: [
      `${party.ja}の郵便番号は、半角数字7桁、または3桁-4桁の形式で送る必要があります。`,
      `The ${party.en}'s postal code has to be seven half-width digits, with or without a hyphen after the third.`,
    ],
    actor: 'shop',
    fields: [`${party.path}.postalCode`],
    fix: [
      '郵便番号を半角数字で入力し直してください。「〒」や空白は不要です。',
      'Enter the postal code again in half-width digits, without 〒 or spaces.',
    ],
    example: ['107-0052 または 1070052', '107-0052 or 1070052'],
  });

const postalCodeMismatch = (party: PartyWords): Draft => ({
  title: [
    `${party.ja}の郵便番号と住所が一致しません`,
    `The ${party.en}'s postal code and address do not match`,
  ],
  explanation: [
    `${party.ja}の郵便番号が示す地域と、住所の都道府県・市区町村が異なっています。`,
    `The ${party.en}'s postal code belongs to another place than the address.`,
  ],
  actor: 'shop',
  fields: [`${party.path}.postalCode`, `${party.path}.address`],
  fix: [
    '郵便番号を検索し、住所に合う方へ直してください。どちらが正しいか分からない場合はお客様に確認してください。',
    'Look up the postal code and correct whichever is wrong; ask the buyer where you cannot tell.',
  ],
  example: ['107-0052 東京都港区赤坂', '107-0052 東京都港区赤坂'],
});

const addressMissing = askBuyer({
  field: 'address',
  title: (party) => [`${party.ja}の住所がありません`, `The ${party.en}'s address is missing`],
  explanation: (party) => [`${party.ja}の住所は必須です。`, `NP requires the ${party.en}'s address.`],
  ask: (party) => [
    `${party.politeJa}のご住所が確認できませんでした。恐れ入りますが、都道府県から番地、建物名・部屋番号までお知らせください。`,
    `We could not find ${party.politeEn} address. Please tell us the whole of it, from the prefecture to the building and room number.`,
  ],
  fix: [
    'お客様に確認し、都道府県から建物名・部屋番号まで入力してください。',
    'Ask the buyer and enter all of it, from the prefecture to building and room.',
  ],
  example: addressExample,
});

const phoneMissing = phoneRule(
  ['がありません', 'is missing'],
  [
    '電話番号は必須です。NPから確認の連絡が入ることがあります。',
    'A phone number is required; NP may call it.',
  ],
);
const phoneCharacters = (party: PartyWords): Draft => ({
  title: [
    `${party.ja}の電話番号に使えない文字があります`,
    `The ${party.en}'s phone number has characters that NP does not take`,
  ],
  explanation: [
    '電話番号に、数字とハイフン以外の文字が含まれています。',
    'The phone number holds something else than digits and hyphens.',
  ],
  actor: 'shop',
  fields: [`${party.path}.phone`],
  fix: [
    '全角文字・括弧・「内線」などを取り除き、半角数字とハイフンだけにしてください。',
    'Remove full-width characters, brackets and words such as 内線; keep half-width digits and hyphens.',
  ],
  example: phoneExample,
});
const phoneFormat = phoneRule(
  ['の形式が正しくありません', 'is not a valid number'],
  [
    '日本国内の電話番号として正しい形式ではありません。',
    'The number does not have the form of a phone number in Japan.',
  ],
);
const phoneElevenDigits = phoneRule(
  ['の桁数が違います（11桁）', 'has to have 11 digits'],
  [
    '020・050・060・070・080・090で始まる番号は11桁である必要があります。',
    'A number that begins with 020, 050, 060, 070, 080 or 090 has 11 digits.',
  ],
);
const phoneTenDigits = phoneRule(
  ['の桁数が違います（10桁）', 'has to have 10 digits'],
  [
    '固定電話など、携帯電話・IP電話以外の番号は市外局番を含めて10桁である必要があります。',
    'Landlines and other numbers that are neither mobile nor IP have 10 digits with the area code.',
  ],
);

const askEmail: Ask['ask'] = () => [
  'メールアドレスが確認できませんでした。恐れ入りますが、現在ご利用中のメールアドレスをお知らせください。',
  'We could not verify your e-mail address. Please tell us the address that you use now.',
];
const emailMissing = askBuyer({
  field: 'email',
  title: () => ['購入者のメールアドレスがありません', "The buyer's e-mail address is missing"],
  explanation: () => [
    '加盟店の契約により、購入者のメールアドレスが必須です。',
    "Under the merchant's contract the buyer's e-mail address is required.",
  ],
  ask: askEmail,
  fix: ['お客様に確認して入力してください。', 'Ask the buyer and enter it.'],
  example: emailExample,
});
const emailFormat = askBuyer({
  field: 'email',
  title: () => ['購入者のメールアドレスの形式が正しくありません', "The buyer's e-mail address is not valid"],
  explanation: () => [
    '「@」がないなど、メールアドレスとして正しくありません。',
    'It is not a valid address, for example it has no @.',
  ],
  ask: askEmail,
  fix: [
    '「,」と「.」の打ち間違いなどを直してください。分からない場合はお客様に確認してください。',
    'Correct slips such as a comma for a dot; otherwise ask the buyer.',
  ],
  example: emailExample,
});
const emailCharacters = (): Draft => ({
  title: [
    '購入者のメールアドレスに使えない文字があります',
    "The buyer's e-mail address has characters that NP does not take",
  ],
  explanation: [
    'メールアドレスに、全角文字や空白など使えない文字が含まれています。',
    'It holds full-width characters, spaces or other characters that NP refuses.',
  ],
  actor: 'shop',
  fields: ['customer.email'],
  fix: [
    '全角文字を半角に直し、空白・改行・末尾の句読点を取り除いてください。',
    'Turn full-width characters into half-width ones and remove spaces, line breaks and trailing punctuation.',
  ],
  example: emailExample,
});
const emailTooLong = askBuyer({
  field: 'email',
  title: () => [
    '購入者のメールアドレスは半角100文字までです',
    "The buyer's e-mail address may have 100 characters",
  ],
  explanation: () => [
    'NPで受け付けられる半角100文字を超えています。2件続けて入力されている可能性があります。',
    'It is longer than the 100 half-width characters that NP takes; perhaps two addresses stand in the field.',
  ],
  ask: () => [
    'ご登録のメールアドレスが長く、お手続きができませんでした。恐れ入りますが、100文字以内の別のメールアドレスをお知らせください。',
    'Your e-mail address is too long for this payment method. Please tell us another one of at most 100 characters.',
  ],
  fix: [
    '2件入力されていれば1件にしてください。そうでなければお客様に別のアドレスを確認してください。',
    'If two addresses were entered keep one; otherwise ask the buyer for another.',
  ],
  example: emailExample,
});

/** Rules about where the party can be reached. E-mail rules exist for the buyer only. */
export const contactRules: readonly FieldRule[] = [
  { codes: ['E0100057', 'E0100081'], draft: postalCodeMissing },
  {
    codes: ['E0100058', 'E0100082'],
    draft: postalCodeBad(['に使えない文字があります', 'has characters that NP does not take']),
  },
  {
    codes: ['E0100136', 'E0100137'],
    draft: postalCodeBad(['の形式が正しくありません', 'does not have the right form']),
  },
  { codes: ['E0100059', 'E0100083'], draft: postalCodeMismatch, sources: ['S1, S4, S7', 'S1'] },
  { codes: ['E0100060', 'E0100084'], draft: addressMissing },
  { codes: ['E0100061', 'E0100085'], draft: badCharacters(address) },
  { codes: ['E0100062', 'E0100086'], draft: tooLong(address) },
  { codes: ['E0100063', 'E0100087'], draft: phoneMissing },
  { codes: ['E0100064', 'E0100088'], draft: phoneCharacters },
  { codes: ['E0100065', 'E0100089'], draft: phoneFormat },
  { codes: ['E0100066', 'E0100090'], draft: phoneElevenDigits },
  {
    // S1 says "missing", S4 a third format error; parallel to E0100067 (conflict 3).
    codes: ['E0100067', 'E0100091'],
    draft: (party) => ({
      ...phoneTenDigits(party),
      ...(party.path === 'destination' ? { weight: 'assumed' as const } : {}),
    }),
    sources: ['S1, S4', 'S4 against S1, which says "missing"'],
  },
  { codes: ['E0100068', null], draft: emailMissing },
  { codes: ['E0100069', null], draft: emailCharacters },
  { codes: ['E0100070', null], draft: emailTooLong },
  { codes: ['E0100071', null], draft: emailFormat },
];

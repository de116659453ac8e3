import type { CardDraft, FieldRule, Pair, PartyWords } from './card.js';

type Draft = Omit<CardDraft, 'code' | 'source'>;

/** What the rules of one field have in common. `limit` counts full-width characters. */
interface TextField {
  readonly field: string;
  readonly label: Pair;
  readonly limit: number;
  readonly shorten: Pair;
  readonly example: Pair;
}

const name: TextField = {
  field: 'name',
  label: ['氏名', 'name'],
  limit: 21,
  shorten: [
    '会社名や部署名が氏名欄に入っている場合は、会社名欄・部署名欄へ移してください。',
    'Move a company or department out of the name field into its own field.',
  ],
  example: ['山田 花子', '山田 花子'],
};

const kana: TextField = {
  field: 'kana',
  label: ['氏名（カナ）', 'name in kana'],
  limit: 25,
  shorten: ['敬称や会社名を除き、氏名のカナだけにしてください。', 'Keep only the kana of the name itself.'],
  example: ['ヤマダ ハナコ', 'ヤマダ ハナコ'],
};

const company: TextField = {
  field: 'company',
  label: ['会社名', 'company name'],
  limit: 30,
  shorten: [
    '「株式会社」を「（株）」と略すか、部署名を部署名欄へ移してください。',
    'Shorten 株式会社 to （株）, or move the department into its own field.',
  ],
  example: ['株式会社サンプル商事', '株式会社サンプル商事'],
};

const department: TextField = {
  field: 'department',
  label: ['部署名', 'department'],
  limit: 30,
  shorten: [
    '上位の部署名を省き、届く範囲で短くしてください。',
    'Leave out the upper levels as long as mail still arrives.',
  ],
  example: ['営業部 第一課', '営業部 第一課'],
};

export const address: TextField = {
  field: 'address',
  label: ['住所', 'address'],
  limit: 55,
  shorten: [
    '会社名・店舗名は会社名欄へ移し、重複した地名を削ってください。建物名と部屋番号は残してください。',
    'Move a company or shop into the company field and delete repeated place names. Keep building and room.',
  ],
  example: ['東京都千代田区丸の内1-2-3 サンプルビル405', '東京都千代田区丸の内1-2-3 サンプルビル405'],
};

/** A field longer than NP takes. The shop can shorten it alone. */
export const tooLong =
  (field: TextField) =>
  (party: PartyWords): Draft => ({
    title: [
      `${party.ja}の${field.label[0]}は全角${field.limit}文字までです`,
      `The ${party.en}'s ${field.label[1]} may have ${field.limit} full-width characters`,
    ],
    explanation: [
      `${party.ja}の${field.label[0]}が、NPで受け付けられる全角${field.limit}文字を超えています。`,
      `The ${party.en}'s ${field.label[1]} is longer than the ${field.limit} full-width characters that NP takes.`,
    ],
    actor: 'shop',
    fields: [`${party.path}.${field.field}`],
    fix: field.shorten,
    example: field.example,
  });

/** Characters that NP does not take: emoji, half-width kana, platform-dependent characters. */
export const badCharacters =
  (field: TextField) =>
  (party: PartyWords): Draft => ({
    title: [
      `${party.ja}の${field.label[0]}に使えない文字があります`,
      `The ${party.en}'s ${field.label[1]} has characters that NP does not take`,
    ],
    explanation: [
      `${party.ja}の${field.label[0]}に、絵文字や機種依存文字など、NPで使えない文字が含まれています。`,
      `The ${party.en}'s ${field.label[1]} holds emoji, platform-dependent or other characters that NP refuses.`,
    ],
    actor: 'shop',
    fields: [`${party.path}.${field.field}`],
    fix: [
      '文字化け・絵文字・環境依存文字を取り除き、通常の文字に置き換えてください（例：髙→高、①→1）。',
      'Remove garbled text and emoji, and replace platform-dependent characters by plain ones (髙→高, ①→1).',
    ],
    example: field.example,
  });

const kanaCharacters = (party: PartyWords): Draft => ({
  ...badCharacters(kana)(party),
  fix: [
    '全角カタカナで入力し直してください。漢字や記号が混ざっていないかも確認してください。',
    'Enter it again in full-width katakana, and look for kanji or symbols in between.',
  ],
});

const nameMissing = (party: PartyWords): Draft => ({
  title: [`${party.ja}の氏名がありません`, `The ${party.en}'s name is missing`],
  explanation: [
    `${party.ja}の氏名（漢字）は必須です。空のままではNPに登録できません。`,
    `NP requires the ${party.en}'s name in kanji; without it there is no registration.`,
  ],
  actor: {
    ask: [
      `${party.politeJa}のお名前が確認できませんでした。恐れ入りますが、姓と名をフルネームでお知らせください。`,
      `We could not find ${party.politeEn} name. Please tell us the full name, family name and given name.`,
    ],
  },
  fields: [`${party.path}.name`],
  fix: ['お客様に確認し、姓名をフルネームで入力してください。', 'Ask the buyer and enter the full name.'],
  example: name.example,
});

/** Rules about who the party is. */
export const nameRules: readonly FieldRule[] = [
  { codes: ['E0100048', 'E0100072'], draft: nameMissing },
  { codes: ['E0100049', 'E0100073'], draft: badCharacters(name) },
  { codes: ['E0100050', 'E0100074'], draft: tooLong(name) },
  { codes: ['E0100051', 'E0100075'], draft: tooLong(kana) },
  { codes: ['E0100052', 'E0100076'], draft: kanaCharacters },
  { codes: ['E0100053', 'E0100077'], draft: tooLong(company) },
  { codes: ['E0100054', 'E0100078'], draft: badCharacters(company) },
  { codes: ['E0100055', 'E0100079'], draft: tooLong(department) },
  { codes: ['E0100056', 'E0100080'], draft: badCharacters(department) },
];

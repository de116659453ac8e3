import { buyer, type CardDraft, cardsOf, destination, type FieldRule, type PartyWords } from './card.js';

type Draft = Omit<CardDraft, 'code' | 'source'>;

const nameUnclear = (party: PartyWords): Draft => ({
  title: [`${party.ja}の氏名を確認できません`, `The ${party.en}'s name does not read as a person's name`],
  explanation: [
    `${party.ja}の氏名が、個人名として確認できませんでした。名字だけ、ひらがなだけ、番号入りなどの場合です。`,
    `NP could not read the ${party.en}'s name as that of a person: only a family name, only kana, digits and so on.`,
  ],
  actor: {
    ask: [
      `お支払い方法の審査にあたり、${party.politeJa}のお名前の確認が必要となりました。恐れ入りますが、姓と名をフルネーム（漢字）でお知らせください。`,
      `For the payment method you chose we need to confirm ${party.politeEn} name. Please tell us the full name, in kanji where there is one.`,
    ],
  },
  fields: [`${party.path}.name`],
  fix: [
    '姓名をフルネーム（日本の方は漢字）で入力してください。名字だけでよいのは、会社名・店舗名がある場合に限ります。',
    'Enter the full name, in kanji for Japanese names. A family name alone is enough only with a company or shop name.',
  ],
  example: ['山田 花子', '山田 花子'],
});

const personUnclear = (party: PartyWords): Draft => ({
  title: [`${party.ja}がどなたか特定できません`, `It is not clear who the ${party.en} is`],
  explanation: [
    `${party.ja}の氏名が、外国籍の方のお名前・ハンドルネーム・屋号などで、本人を特定できませんでした。`,
    `The ${party.en}'s name is a foreign family name, a handle or a trade name, and NP cannot tell the person.`,
  ],
  actor: {
    ask: [
      `お支払い方法の審査にあたり、${party.politeJa}のご本名の確認が必要となりました。恐れ入りますが、郵便物が届くお名前（ご本名）をフルネームでお知らせください。`,
      `For the payment method you chose we need to confirm ${party.politeEn} real name. Please tell us the full name under which mail arrives.`,
    ],
  },
  fields: [`${party.path}.name`],
  fix: [
    '本名をフルネームで入力してください。屋号は会社名欄へ移してください。',
    'Enter the full real name, and move a trade name into the company field.',
  ],
  example: ['山田 花子（会社名欄：サンプル工房）', '山田 花子 (company field: サンプル工房)'],
});

const nameGarbled = (party: PartyWords): Draft => ({
  title: [`${party.ja}の氏名が文字化けしています`, `The ${party.en}'s name looks garbled`],
  explanation: [
    `${party.ja}の氏名に「?」「－」や環境依存文字があり、文字化けと判断されました。`,
    `The ${party.en}'s name holds "?", "－" or platform-dependent characters and was taken for garbled.`,
  ],
  actor: 'shop',
  fields: [`${party.path}.name`],
  fix: [
    'カートの注文で元の文字を確認し、通常の漢字で入力し直してください（例：髙→高、﨑→崎）。',
    'Look at the order in the cart and retype the name with plain kanji (髙→高, 﨑→崎).',
  ],
  example: ['高橋 一郎', '高橋 一郎'],
});

const contactMissing = (party: PartyWords): Draft => ({
  title: [
    `${party.ja}が法人名のみで、担当者名がありません`,
    `The ${party.en} is a company without a contact person`,
  ],
  explanation: [
    `${party.ja}が会社・店舗名だけになっています。担当者の氏名が必要です。`,
    `The ${party.en} is only a company or shop; the name of a contact person is needed.`,
  ],
  actor: {
    ask: [
      `お支払い方法の審査にあたり、${party.politeJa}のご担当者様のお名前が必要となりました。恐れ入りますが、ご担当者様のお名前をフルネームでお知らせください。`,
      `For the payment method you chose we need the name of a contact person at ${party.politeEn} company. Please tell us the full name.`,
    ],
  },
  fields: [`${party.path}.name`, `${party.path}.company`],
  fix: [
    '氏名欄に担当者のフルネーム、会社名欄に会社・店舗名を入力してください。',
    "Enter the contact person's full name in the name field and the company or shop in the company field.",
  ],
  example: [
    '氏名：山田 花子／会社名：株式会社サンプル商事',
    'Name: 山田 花子 / company: 株式会社サンプル商事',
  ],
});

const addressIncomplete = (party: PartyWords): Draft => ({
  title: [`${party.ja}の住所が不足している可能性があります`, `The ${party.en}'s address may be incomplete`],
  explanation: [
    `${party.ja}の住所に、番地・建物名・部屋番号・会社名などが不足している可能性があります。`,
    `The ${party.en}'s address may lack the block number, building, room or the name of a company.`,
  ],
  actor: {
    ask: [
      `お支払い方法の審査にあたり、${party.politeJa}のご住所の確認が必要となりました。恐れ入りますが、番地・建物名・部屋番号まで（会社や店舗の場合はその名称も）お知らせください。`,
      `For the payment method you chose we need to confirm ${party.politeEn} address. Please tell us the block number, building and room, and the company or shop if it is one.`,
    ],
  },
  fields: [`${party.path}.address`, `${party.path}.company`],
  fix: [
    '建物名・部屋番号を加えてください。会社・店舗の場合は、名称を会社名欄に入力してください。',
    'Add building and room. For a company or shop enter its name in the company field.',
  ],
  example: ['東京都千代田区丸の内1-2-3 サンプルビル405', '東京都千代田区丸の内1-2-3 サンプルビル405'],
});

const addressUnclear = (party: PartyWords): Draft => ({
  title: [
    `${party.ja}の住所が重複または判読しにくい状態です`,
    `The ${party.en}'s address is repeated or hard to read`,
  ],
  explanation: [
    `${party.ja}の住所に、同じ地名や番地の繰り返しがあるか、読み取りにくい書き方になっています。`,
    `The ${party.en}'s address repeats place names or numbers, or is written in a way that is hard to read.`,
  ],
  actor: 'shop',
  fields: [`${party.path}.address`],
  fix: [
    '重複している部分を削り、都道府県・市区町村・番地・建物名・部屋番号の順に整えてください。',
    'Delete what is repeated and put it in order: prefecture, city, block, building, room.',
  ],
  example: [
    '（誤）東京都港区赤坂 港区赤坂1-2-3 → （正）東京都港区赤坂1-2-3',
    'Not 東京都港区赤坂 港区赤坂1-2-3 but 東京都港区赤坂1-2-3',
  ],
});

const buildingMissing = (party: PartyWords): Draft => ({
  title: [
    `${party.ja}の建物名・部屋番号が不足している可能性があります`,
    `The ${party.en}'s building or room may be missing`,
  ],
  explanation: [
    `${party.ja}の住所は実在しますが、建物名や部屋番号がないため、請求書が届かないおそれがあります。`,
    `The ${party.en}'s address exists, but without building or room the invoice may not arrive.`,
  ],
  actor: {
    ask: [
      `お支払い方法の審査にあたり、${party.politeJa}のご住所の確認が必要となりました。集合住宅やビルの場合は、建物名と部屋番号をお知らせください。戸建ての場合は、その旨をお知らせください。`,
      `For the payment method you chose we need to confirm ${party.politeEn} address. Please tell us the building and room number, or that it is a detached house.`,
    ],
  },
  fields: [`${party.path}.address`],
  fix: ['建物名・部屋番号を住所の末尾に加えてください。', 'Add building and room at the end of the address.'],
  example: [
    '大阪府大阪市北区梅田1-2-3 サンプルマンション101',
    '大阪府大阪市北区梅田1-2-3 サンプルマンション101',
  ],
});

const companyMissing = (party: PartyWords): Draft => ({
  title: [
    `${party.ja}の会社名・店舗名が不足している可能性があります`,
    `The ${party.en}'s company or shop may be missing`,
  ],
  explanation: [
    `${party.ja}の住所は実在しますが、会社・店舗の所在地とみられ、その名称がありません。`,
    `The ${party.en}'s address exists but seems to be that of a company or shop whose name is missing.`,
  ],
  actor: {
    ask: [
      `お支払い方法の審査にあたり、${party.politeJa}のご住所の確認が必要となりました。会社や店舗の場合は、その名称をお知らせください。ご自宅の場合は、その旨をお知らせください。`,
      `For the payment method you chose we need to confirm ${party.politeEn} address. Please tell us the company or shop there, or that it is a home.`,
    ],
  },
  fields: [`${party.path}.company`, `${party.path}.address`],
  fix: ['会社・店舗の名称を会社名欄に入力してください。', 'Enter the company or shop in the company field.'],
  example: ['会社名：株式会社サンプル商事', 'Company: 株式会社サンプル商事'],
});

const addressGarbled = (party: PartyWords): Draft => ({
  title: [`${party.ja}の住所が文字化けしています`, `The ${party.en}'s address looks garbled`],
  explanation: [
    `${party.ja}の住所に「?」や環境依存文字があり、文字化けと判断されました。`,
    `The ${party.en}'s address holds "?" or platform-dependent characters and was taken for garbled.`,
  ],
  actor: 'shop',
  fields: [`${party.path}.address`],
  fix: [
    'カートの注文で元の住所を確認し、通常の文字で入力し直してください（例：①→1、Ⅱ→2）。',
    'Look at the order in the cart and retype the address with plain characters (①→1, Ⅱ→2).',
  ],
  example: ['東京都港区赤坂1-2-3', '東京都港区赤坂1-2-3'],
});

const presenceUnclear = (party: PartyWords): Draft => ({
  title: [
    `${party.ja}がその住所に在籍・居住しているか確認が必要です`,
    `Is the ${party.en} really at this address?`,
  ],
  explanation: [
    `${party.ja}の住所が勤務先・滞在先などとみられます。ホテル、郵便局・コンビニ・営業所での受け取りにはNP後払いを利用できません。`,
    `The ${party.en}'s address seems to be a workplace or a temporary one. Hotels and pick-up at post offices, convenience stores or depots are not allowed.`,
  ],
  actor: {
    ask: [
      `お支払い方法の審査にあたり、${party.politeJa}のご住所の確認が必要となりました。ご自宅以外の場合は、その場所とのご関係（従業員・職員・経営者など）をお知らせください。ホテルや、郵便局・コンビニ・営業所でのお受け取りの場合は、別のご住所またはお支払い方法をお知らせください。`,
      `For the payment method you chose we need to confirm ${party.politeEn} address. If it is not a home, please tell us the relation to the place (employee, staff, owner). For a hotel or a pick-up point please give another address or payment method.`,
    ],
  },
  fields: [`${party.path}.address`, `${party.path}.department`],
  fix: [
    '勤務先であれば、住所の末尾または部署名に「従業員」「職員」「経営者」と加えてください。受取拠点であれば、住所か決済方法を変更してください。',
    'For a workplace add 従業員, 職員 or 経営者 at the end of the address or in the department. For a pick-up point change the address or the payment method.',
  ],
  example: ['東京都港区赤坂1-2-3 サンプル病院 職員', '東京都港区赤坂1-2-3 サンプル病院 職員'],
});

const phoneFailed = (party: PartyWords): Draft => ({
  title: [`${party.ja}の電話番号を確認できません`, `The ${party.en}'s phone number failed NP's check`],
  explanation: [
    `${party.ja}の電話番号が、使われていない・つながらないなどの理由で確認できませんでした。`,
    `NP could not verify the ${party.en}'s phone number; it may be unused or wrong.`,
  ],
  actor: {
    ask: [
      `お支払い方法の審査にあたり、${party.politeJa}のお電話番号の確認が必要となりました。恐れ入りますが、現在ご利用中のお電話番号をお知らせください。`,
      `For the payment method you chose we need to confirm ${party.politeEn} phone number. Please tell us the number in use now.`,
    ],
  },
  fields: [`${party.path}.phone`],
  fix: [
    'お客様に確認し、つながる電話番号に修正してください。',
    'Ask the buyer and enter a number that works.',
  ],
  example: ['090-1234-5678', '090-1234-5678'],
});

/** Reasons for a hold that exist for both parties: buyer's code, destination's code. */
const rules: readonly FieldRule[] = [
  { codes: ['RE001', 'RE005'], draft: nameUnclear },
  { codes: ['RE002', 'RE006'], draft: personUnclear },
  { codes: ['RE003', 'RE007'], draft: nameGarbled },
  { codes: ['RE004', 'RE008'], draft: contactMissing },
  { codes: ['RE009', 'RE015'], draft: addressIncomplete, sources: ['S2, S3, S4, S5', 'S2, S3, S4, S5'] },
  { codes: ['RE010', 'RE016'], draft: addressUnclear },
  { codes: ['RE011', 'RE017'], draft: buildingMissing },
  { codes: ['RE012', 'RE018'], draft: companyMissing },
  { codes: ['RE013', 'RE019'], draft: addressGarbled },
  {
    codes: ['RE014', 'RE020'],
    draft: presenceUnclear,
    sources: ['S1, S2, S3, S4, S5', 'S1, S2, S3, S4, S5'],
  },
  { codes: ['RE021', 'RE023'], draft: phoneFailed, sources: ['S2, S3, S4, S5', 'S2, S3, S4, S5'] },
];

/** Reasons for a hold about a party (np-connect-pro.md, section 3). */
export const holdPartyCards = cardsOf(
  ([buyer, destination] as const).flatMap((party, side) =>
    rules.flatMap((rule) => {
      const code = rule.codes[side];
      return code == null ? [] : [{ ...rule.draft(party), code, source: rule.sources?.[side] ?? 'S5' }];
    }),
  ),
);

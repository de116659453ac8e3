import type { FieldPath, PartyField, RuleId } from './rules.js';

export type Language = 'ja' | 'en';
export type Texts = Readonly<Record<Language, string>>;

/** What people call a field, and what a good value of it looks like. */
export interface FieldText {
  readonly label: Texts;
  readonly good: Texts;
}

/** Fields of a party, without saying whose. */
export const partyTexts: Readonly<Record<PartyField, FieldText>> = {
  name: {
    label: { ja: '氏名', en: 'name' },
    good: { ja: '例：山田　太郎', en: 'Example: 山田　太郎' },
  },
  kana: {
    label: { ja: '氏名（カナ）', en: 'name in kana' },
    good: { ja: '例：ヤマダ　タロウ', en: 'Example: ヤマダ　タロウ' },
  },
  company: {
    label: { ja: '会社名', en: 'company' },
    good: { ja: '例：株式会社山田商店', en: 'Example: 株式会社山田商店' },
  },
  department: {
    label: { ja: '部署名', en: 'department' },
    good: { ja: '例：総務部', en: 'Example: 総務部' },
  },
  postalCode: {
    label: { ja: '郵便番号', en: 'postal code' },
    good: { ja: '例：107-0052', en: 'Example: 107-0052' },
  },
  address: {
    label: { ja: '住所', en: 'address' },
    good: {
      ja: '例：東京都港区赤坂1-2-3　山田ビル405号室',
      en: 'Example: 東京都港区赤坂1-2-3　山田ビル405号室',
    },
  },
  phone: {
    label: { ja: '電話番号', en: 'phone number' },
    good: { ja: '例：090-1234-5678、03-1234-5678', en: 'Example: 090-1234-5678 or 03-1234-5678' },
  },
  email: {
    label: { ja: 'メールアドレス', en: 'e-mail address' },
    good: { ja: '例：taro@example.jp', en: 'Example: taro@example.jp' },
  },
};

/** All other fields. */
export const otherTexts: Readonly<
  Record<Exclude<FieldPath, `customer.${string}` | `destination.${string}`>, FieldText>
> = {
  shopTransactionId: {
    label: { ja: '加盟店取引ID（注文番号）', en: 'shop transaction id (order number)' },
    good: { ja: '例：20260401-0001', en: 'Example: 20260401-0001' },
  },
  shopOrderDate: {
    label: { ja: '注文日', en: 'order date' },
    good: { ja: '例：2026-04-01', en: 'Example: 2026-04-01' },
  },
  billedYen: {
    label: { ja: '請求金額（税込）', en: 'billed amount (tax included)' },
    good: { ja: '例：5,500円', en: 'Example: ¥5,500' },
  },
  goods: {
    label: { ja: '商品明細', en: 'goods' },
    good: { ja: '例：りんごジュース 1L', en: 'Example: りんごジュース 1L' },
  },
  'shipment.carrier': {
    label: { ja: '運送会社', en: 'carrier' },
    good: { ja: '例：ヤマト運輸、佐川急便、ゆうパック', en: 'Example: ヤマト運輸, 佐川急便, ゆうパック' },
  },
  'shipment.slipNumber': {
    label: { ja: '伝票番号', en: 'slip number' },
    good: { ja: '例：1234-5678-9012', en: 'Example: 1234-5678-9012' },
  },
  'shipment.billIssuedOn': {
    label: { ja: '請求書発行日', en: 'invoice issue date' },
    good: { ja: '例：2026-04-01', en: 'Example: 2026-04-01' },
  },
  npTransactionId: {
    label: { ja: 'NP取引ID', en: 'NP transaction id' },
    good: { ja: '例：12345678901', en: 'Example: 12345678901' },
  },
  destinations: {
    label: { ja: 'お届け先', en: 'destinations' },
    good: { ja: 'お届け先は1件', en: 'One destination' },
  },
  flags: {
    label: { ja: '注文の種類', en: 'kind of order' },
    good: { ja: '通常の注文', en: 'An ordinary order' },
  },
  payment: {
    label: { ja: '支払方法', en: 'payment method' },
    good: { ja: '例：NP後払い', en: 'Example: NP後払い' },
  },
  status: {
    label: { ja: '注文状況', en: 'order status' },
    good: { ja: '例：出荷待ち', en: 'Example: 出荷待ち' },
  },
  mall: {
    label: { ja: 'モール・店舗', en: 'mall' },
    good: { ja: '例：楽天市場店', en: 'Example: 楽天市場店' },
  },
  settlementType: {
    label: { ja: '請求書の送り方', en: 'way of invoicing' },
    good: { ja: '例：別送', en: 'Example: sent by NP' },
  },
  plannedShipOn: {
    label: { ja: '発送予定日', en: 'planned shipping date' },
    good: { ja: '例：2026-04-01', en: 'Example: 2026-04-01' },
  },
};

/** `{name}` stands for a figure of the problem. Where `good` is absent, the field's own example is given. */
export const ruleTexts: Readonly<Record<RuleId, { readonly message: Texts; readonly good?: Texts }>> = {
  required: { message: { ja: '入力されていません。', en: 'Missing.' } },
  'too-long': {
    message: {
      ja: '{limit}文字以内にしてください（いまは{length}文字）。',
      en: 'At most {limit} characters (now {length}).',
    },
  },
  'prohibited-characters': {
    message: {
      ja: '使えない制御文字（改行やタブなど）が{count}文字あります（最初は{position}文字目）。',
      en: 'Control characters such as line breaks or tabs: {count} (the first at character {position}).',
    },
  },
  'not-encodable': {
    message: {
      ja: '送ると文字化けする文字（絵文字や環境依存文字）が{count}文字あります（最初は{position}文字目）。別の字に置きかえてください。',
      en: 'Characters that would arrive garbled, such as emoji or rare kanji: {count} (the first at character {position}). Please write them differently.',
    },
  },
  'postal-characters': {
    message: {
      ja: '数字とハイフン以外の文字が含まれています。',
      en: 'Only digits and a hyphen are allowed.',
    },
  },
  'postal-format': {
    message: {
      ja: '{limit}桁の数字にしてください（いまは{length}桁）。',
      en: '{limit} digits are needed (now {length}).',
    },
  },
  'postal-unknown': {
    message: { ja: 'この郵便番号は見つかりません。', en: 'This postal code is not known.' },
    good: {
      ja: '住所に合う実在の郵便番号（例：107-0052）',
      en: 'An existing code for the address (example: 107-0052)',
    },
  },
  'postal-mismatch': {
    message: {
      ja: '郵便番号と住所の都道府県・市区町村が一致していません。郵便番号か住所を直してください。',
      en: 'Postal code and address (prefecture and municipality) do not match. Please correct one of the two.',
    },
    good: { ja: '例：107-0052 と 東京都港区赤坂…', en: 'Example: 107-0052 with 東京都港区赤坂…' },
  },
  'phone-characters': {
    message: {
      ja: '数字とハイフン以外の文字が含まれています。',
      en: 'Only digits and hyphens are allowed.',
    },
  },
  'phone-format': { message: { ja: '0から始まる番号にしてください。', en: 'It has to begin with 0.' } },
  'phone-eleven-digits': {
    message: {
      ja: '090などで始まる番号は{limit}桁です（いまは{length}桁）。',
      en: 'A number beginning with 090 or the like has {limit} digits (now {length}).',
    },
    good: { ja: '例：090-1234-5678', en: 'Example: 090-1234-5678' },
  },
  'phone-ten-digits': {
    message: {
      ja: '固定電話などの番号は{limit}桁です（いまは{length}桁）。',
      en: 'A landline number or the like has {limit} digits (now {length}).',
    },
    good: { ja: '例：03-1234-5678', en: 'Example: 03-1234-5678' },
  },
  'email-characters': {
    message: {
      ja: '半角英数字と記号だけが使えます。',
      en: 'Only half-width letters, digits and signs are allowed.',
    },
  },
  'email-format': {
    message: { ja: 'メールアドレスの形になっていません。', en: 'This is not an e-mail address.' },
  },
  'date-format': { message: { ja: '正しい日付ではありません。', en: 'This is not a valid date.' } },
  'goods-missing': { message: { ja: '商品が1件もありません。', en: 'There is not a single line.' } },
  'goods-total': {
    message: {
      ja: '商品明細の合計{totalYen}円と請求金額{billedYen}円の差が{differenceYen}円あります（{limit}円まで）。',
      en: 'The goods total ¥{totalYen} and the billed amount ¥{billedYen} differ by ¥{differenceYen} (at most ¥{limit}).',
    },
    good: {
      ja: '送料・手数料・値引きも明細に入れて、合計を請求金額に合わせる',
      en: 'Shipping, fees and discounts as lines too, so that the total meets the billed amount',
    },
  },
  'amount-positive': {
    message: {
      ja: '1円以上にしてください（いまは{billedYen}円）。',
      en: 'It has to be ¥1 or more (now ¥{billedYen}).',
    },
  },
  'carrier-missing': { message: { ja: '運送会社が選ばれていません。', en: 'None has been chosen.' } },
  'unmapped-carrier': {
    message: {
      ja: 'カートの配送業者名に、対応する運送会社が設定されていません。',
      en: "The cart's word for the carrier has not been given a meaning yet.",
    },
    good: {
      ja: '配送業者の対応表で、どの運送会社かを選ぶ',
      en: 'Choose the carrier it stands for in the table of carriers',
    },
  },
  'unsupported-carrier': {
    message: {
      ja: 'NP後払いで出荷報告ができない運送会社です。',
      en: 'NP takes no shipment reports for this carrier.',
    },
    good: {
      ja: '対象の運送会社（例：ヤマト運輸、佐川急便、ゆうパック）、または出荷オプションの契約',
      en: 'A carrier NP takes (example: ヤマト運輸, 佐川急便, ゆうパック), or the 出荷オプション contract',
    },
  },
  'carrier-contract': {
    message: {
      ja: '「契約運送会社」を使うには、NPとの出荷オプションの契約が必要です。',
      en: 'The contracted carrier needs the 出荷オプション contract with NP.',
    },
  },
  'slip-missing': { message: { ja: '入力されていません。', en: 'Missing.' } },
  'slip-format': {
    message: {
      ja: '半角英数字とハイフンで{limit}文字以内にしてください（いまは{length}文字）。',
      en: 'At most {limit} half-width letters, digits or hyphens (now {length} characters).',
    },
  },
  'invoice-date-required': {
    message: {
      ja: '請求書同梱（wiz）では必ず入力してください。',
      en: 'It is needed where the shop encloses the invoice (wiz).',
    },
  },
  'invoice-date-forbidden': {
    message: {
      ja: '請求書別送の取引では入力できません。',
      en: 'It must be empty where NP sends the invoice itself.',
    },
    good: { ja: '空欄', en: 'Empty' },
  },
  'invoice-date-window': {
    message: {
      ja: '出荷報告日の前後{limit}日以内にしてください（いまは{days}日離れています）。',
      en: 'It has to lie within {limit} days of the shipment report (now {days} days away).',
    },
  },
  'np-id-characters': {
    message: { ja: '半角数字だけで入力してください。', en: 'Only half-width digits are allowed.' },
  },
  'np-id-length': {
    message: {
      ja: '半角数字{limit}文字で入力してください（いまは{length}文字）。',
      en: '{limit} digits are needed (now {length}).',
    },
  },
  'several-destinations': {
    message: {
      ja: 'お届け先が複数ある注文は、NP後払いに自動で登録できません。',
      en: 'An order with several destinations cannot be registered at NP automatically.',
    },
    good: {
      ja: '注文をお届け先ごとに分けるか、ほかの支払方法に変更する',
      en: 'One order for each destination, or another payment method',
    },
  },
  reservation: {
    message: {
      ja: '予約販売の注文は、NP後払いに自動で登録できません。',
      en: 'A reservation cannot be registered at NP automatically.',
    },
    good: {
      ja: '発送の時期が決まってから通常の注文にするか、ほかの支払方法に変更する',
      en: 'An ordinary order once the shipping date is known, or another payment method',
    },
  },
  'unmapped-payment': {
    message: {
      ja: 'カートの支払方法名がNP後払いかどうか、設定されていません。',
      en: "Nobody has said yet whether the cart's word for the payment method means NP後払い.",
    },
    good: {
      ja: '支払方法の対応表で、NP後払いかどうかを選ぶ',
      en: 'Choose in the table of payment methods whether it means NP後払い',
    },
  },
  'unmapped-status': {
    message: {
      ja: 'カートの注文状況の名前が何を意味するか、設定されていません。',
      en: "Nobody has said yet what the cart's word for the order's status means.",
    },
    good: {
      ja: '「未設定の名称」で、この注文状況の扱いを選ぶ',
      en: 'Choose what the status means, on the page of unmapped words',
    },
  },
  'unmapped-mall': {
    message: {
      ja: 'このモール（店舗）で使うNPの接続が設定されていません。',
      en: 'Nobody has said yet which NP connection this mall uses.',
    },
    good: {
      ja: '「未設定の名称」で、このモールのNPの接続を選ぶ',
      en: "Choose the mall's NP connection, on the page of unmapped words",
    },
  },
  'carrier-not-taken': {
    message: {
      ja: 'この接続（決済代行会社）では使えない運送会社です。',
      en: 'The gateway of this connection takes no shipment reports for this carrier.',
    },
    good: {
      ja: '対象の運送会社（例：ヤマト運輸、佐川急便、ゆうパック）',
      en: 'A carrier that it takes, such as ヤマト運輸, 佐川急便 or ゆうパック',
    },
  },
  'enclosed-elsewhere': {
    message: {
      ja: '配送先が購入者と異なるため、同梱した請求書が購入者以外に届きます。',
      en: 'The goods go to somebody else than the buyer, who would get the enclosed invoice.',
    },
    good: {
      ja: 'カートで請求書を別送に変更する',
      en: 'Change the invoice to one sent by NP in the cart',
    },
  },
  'settlement-type-not-taken': {
    message: {
      ja: 'この接続では請求書同梱（wiz）を使えません。',
      en: 'The gateway of this connection has no enclosed invoice (wiz).',
    },
    good: {
      ja: '請求書を別送にするか、ほかの支払方法に変更する',
      en: 'An invoice sent by NP, or another payment method',
    },
  },
  'order-id-characters': {
    message: {
      ja: 'この接続では、注文番号に半角英数字と - _ 以外の文字を使えません。',
      en: 'The gateway of this connection takes order numbers of half-width letters, digits, - and _ only.',
    },
  },
  'digital-goods': {
    message: {
      ja: 'デジタルコンテンツやサービスは、この接続のNP後払いでは販売できません。',
      en: 'Digital contents and services cannot be sold by the NP後払い of this connection.',
    },
    good: {
      ja: 'ほかの支払方法に変更するか、物品だけの注文にする',
      en: 'Another payment method, or an order of goods alone',
    },
  },
  'sps-id-format': {
    message: {
      ja: 'SBPSのトランザクションIDとトラッキングIDを「/」でつないで入力してください。',
      en: 'Give the SBPS transaction id and the tracking id with a / between them.',
    },
    good: {
      ja: '例：B0012345678901234567/12345678901234',
      en: 'Example: B0012345678901234567/12345678901234',
    },
  },
  'planned-date-missing': {
    message: {
      ja: '空欄のため、与信をかける日が決まりません（与信タイミング：発送予定日の何日前）。',
      en: 'Missing, so that the day of the credit check is not known (it is set to some days before shipping).',
    },
    good: {
      ja: 'カートで発送予定日を入れるか、「与信を実行」を押す',
      en: 'A date in the cart, or press “start the credit check”',
    },
  },
  'fee-unknown': {
    message: {
      ja: '請求金額に含まれる手数料がわからないため、手数料を上書きできません。',
      en: 'The fee within it is not known, so that it cannot be replaced by the fee of the shop.',
    },
    good: {
      ja: '手数料の列を取り込むか、手数料設定を「変更しない」「加算する」にする',
      en: 'Import the column of the fee, or choose to keep or to add the fee in the settings',
    },
  },
};

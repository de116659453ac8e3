import { cardsOf } from './card.js';

/** Reasons for a hold about the order, or that only the buyer can have (np-connect-pro.md, section 3). */
export const holdOrderCards = cardsOf([
  {
    code: 'RE022',
    title: ['固定電話の番号が必要です', 'A landline number is needed'],
    explanation: [
      'NPの審査で、購入者の固定電話番号の確認が必要と判断されました。',
      "NP's review needs a landline number of the buyer.",
    ],
    actor: {
      ask: [
        'お支払い方法の審査にあたり、固定電話のお電話番号が必要となりました。恐れ入りますが、ご自宅またはお勤め先の固定電話番号を、市外局番からお知らせください。',
        'For the payment method you chose a landline number is needed. Please tell us one at home or at work, with the area code.',
      ],
    },
    fields: ['customer.phone'],
    fix: [
      'お客様に固定電話番号を確認して入力してください。ない場合は別の決済方法をご案内ください。',
      'Ask the buyer for a landline; if there is none, offer another payment method.',
    ],
    example: ['03-1234-5678', '03-1234-5678'],
    source: 'S5',
  },
  {
    code: 'RE024',
    title: ['メールアドレスが必要です', 'An e-mail address is needed'],
    explanation: [
      'インターネットでの注文には購入者のメールアドレスが必要です。モールやカタログの注文は、事前の申請で免除されることがあります。',
      "Orders from the internet need the buyer's e-mail address. Mall and catalogue orders can be exempted by prior application.",
    ],
    actor: {
      ask: [
        'お支払い方法の審査にあたり、メールアドレスが必要となりました。恐れ入りますが、現在ご利用中のメールアドレスをお知らせください。',
        'For the payment method you chose an e-mail address is needed. Please tell us the one that you use now.',
      ],
    },
    fields: ['customer.email'],
    fix: [
      'お客様に確認して入力してください。モール等でアドレスを取得できない場合は、NPに免除を申請してください。',
      'Ask the buyer and enter it. Where a mall hides addresses, apply to NP for the exemption.',
    ],
    example: ['hanako@example.jp', 'hanako@example.jp'],
    source: 'S5',
  },
  {
    code: 'RE025',
    title: [
      'メールアドレスが加盟店のもの、または無効とみられます',
      "The e-mail address seems to be the merchant's own or invalid",
    ],
    explanation: [
      '購入者のメールアドレスが、加盟店のアドレスか、使われていないアドレスとみられます。',
      "The buyer's e-mail address looks like one of the merchant, or like one that does not work.",
    ],
    actor: {
      ask: [
        'お支払い方法の審査にあたり、お客様ご本人のメールアドレスの確認が必要となりました。恐れ入りますが、現在ご利用中のメールアドレスをお知らせください。',
        'For the payment method you chose we need to confirm your own e-mail address. Please tell us the one that you use now.',
      ],
    },
    fields: ['customer.email'],
    fix: [
      '電話注文などで店舗のアドレスを代わりに入れていないか確認し、お客様本人のものに直してください。',
      "Check whether the shop's address was entered in its place, and replace it by the buyer's own.",
    ],
    example: ['hanako@example.jp', 'hanako@example.jp'],
    source: 'S5',
  },
  {
    code: 'RE026',
    title: ['NP後払いの対象外の注文です', 'NP後払い cannot be used for this order'],
    explanation: [
      '私書箱宛て、自社従業員の購入、未審査のサイト、送料・手数料だけの請求、取扱不可の商品（デジタル商品・生き物・チケット・講座など）、テスト注文などに当たります。修正では解消しません。',
      'A P.O. box, an own employee, a site not examined yet, a bill for shipping or fees only, goods that are not allowed (digital, animals, tickets, courses) or a test order. No correction helps.',
    ],
    actor: 'nobody',
    fields: [],
    fix: [
      '商品は発送せず、この取引をキャンセルして、別の決済方法をご案内ください。',
      'Do not ship. Cancel the transaction and offer another payment method.',
    ],
    source: 'S2, S3, S4, S5',
  },
  {
    code: 'RE027',
    title: ['以前の取引と内容が一部重複しています', 'Partly the same as an earlier transaction'],
    explanation: [
      '過去の取引と一部同じ内容があります。二重の注文か、別の注文かを確認する必要があります。',
      'An earlier transaction holds partly the same information. It has to be made sure whether this is a duplicate.',
    ],
    actor: {
      ask: [
        '同じ内容のご注文を複数いただいている可能性があるため、確認のご連絡を差し上げました。恐れ入りますが、今回のご注文が重複ではなく、別のご注文でお間違いないかお知らせください。',
        'We may have received the same order from you more than once. Please tell us whether this order is a separate one and not a duplicate.',
      ],
    },
    fields: [],
    fix: [
      '重複であればキャンセルし、別の注文であればその旨をNPに伝えてください。',
      'Cancel it where it is a duplicate; where it is not, tell NP so.',
    ],
    source: 'S5',
  },
  {
    code: 'RE028',
    title: ['NPから購入者に電話がつながりません', 'NP could not reach the buyer by phone'],
    explanation: [
      'NPが確認の電話をしましたが、購入者とつながりませんでした。',
      'NP called the buyer to confirm the order but could not reach anybody.',
    ],
    actor: {
      ask: [
        'お支払い方法の審査にあたり、株式会社ネットプロテクションズよりお電話を差し上げましたが、つながりませんでした。恐れ入りますが、日中につながりやすいお電話番号と時間帯をお知らせください。',
        'Net Protections, who handle the payment, tried to call you but could not reach you. Please tell us a number and a time at which you can be reached during the day.',
      ],
    },
    fields: ['customer.phone'],
    fix: [
      'お客様に日中つながる電話番号を確認し、修正してください。',
      'Ask the buyer for a number that is answered during the day, and enter it.',
    ],
    example: ['090-1234-5678', '090-1234-5678'],
    source: 'S5',
  },
  {
    code: 'RE029',
    title: ['NPで審査を続けています（発送しないでください）', 'NP needs more time (do not ship)'],
    explanation: [
      '審査に時間がかかっています。結果は翌営業日の18時までに出ます。',
      'The review takes longer; the result comes by 18:00 of the next business day.',
    ],
    actor: 'np',
    fields: [],
    fix: [
      '翌営業日の18時まで待ち、それまで商品を発送しないでください。待てない場合は、キャンセルして別の決済方法をご案内ください。',
      'Wait until 18:00 of the next business day and do not ship before. If you cannot wait, cancel and offer another payment method.',
    ],
    source: 'S5',
  },
  {
    code: 'RE031',
    title: [
      '電話番号が加盟店または関係先のものとみられます',
      "The phone number seems to be the merchant's or an affiliate's",
    ],
    explanation: [
      '購入者の電話番号が、加盟店やその関係会社の番号とみられます。',
      "The buyer's phone number looks like that of the merchant or of an affiliated company.",
    ],
    actor: {
      ask: [
        'お支払い方法の審査にあたり、お客様ご本人のお電話番号の確認が必要となりました。恐れ入りますが、つながりやすいお電話番号をお知らせください。',
        'For the payment method you chose we need to confirm your own phone number. Please tell us where you can be reached.',
      ],
    },
    fields: ['customer.phone'],
    fix: [
      '店舗の番号を代わりに入れていないか確認し、お客様本人の番号に直してください。',
      "Check whether the shop's number was entered in its place, and replace it by the buyer's own.",
    ],
    example: ['090-1234-5678', '090-1234-5678'],
    source: 'S5',
  },
]);

/** The settings form: title and help of each field. */
export const fieldTexts = {
  settlementType: {
    title: { ja: '請求書の送り方', en: 'Invoice' },
    help: {
      ja: '02: NP後払い(別送)、03: NP後払いwiz(同梱)',
      en: '02: sent by NP, 03: enclosed by the shop (wiz)',
    },
  },
};

/** Why an order cannot be read, behind the name of the column. */
export const problemTexts = {
  missing: { ja: '値がありません', en: 'missing' },
  unreadable: { ja: '値を読み取れません', en: 'unreadable' },
  disagree: { ja: '同じ注文の行で値が異なります', en: 'the rows of this order disagree' },
};

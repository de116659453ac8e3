import type { LocalText } from '@np-hub/kit';

/** The most rows that one order may have: beyond any real order, and bounded for the hub. */
export const mostRowsOfAnOrder = 1_000;
/** The longest order number that is taken in; NP itself takes at most 40 characters. */
export const longestOrderNumber = 100;

/** What is said of single rows of a file, and of files that cannot be taken in. */
export const rowTexts = {
  longOrderNumber: {
    ja: `注文番号が長すぎます(上限 ${longestOrderNumber} 文字)。`,
    en: `The order number is too long (at most ${longestOrderNumber} characters).`,
  },
  tooManyRows: {
    ja: `1つの注文の行が多すぎます(上限 ${mostRowsOfAnOrder.toLocaleString('en')} 行)。列の割り当てを確認してください。`,
    en: `The order has too many rows (at most ${mostRowsOfAnOrder.toLocaleString('en')}). Check the columns.`,
  },
  paidOtherwise: { ja: 'NP後払い以外の注文です。', en: 'The order is not paid by NP後払い.' },
  closed: {
    ja: '連携前にキャンセルされた注文です。',
    en: 'The order was cancelled before the hub knew it.',
  },
  changedSince: {
    ja: '確認をお願いした後に、この注文の新しい内容が届いたため、反映していません。もう一度確認してください。',
    en: 'Something newer came for this order after you were asked, so the row was not applied. Please decide again.',
  },
  unreadable: { ja: 'この注文を読み取れませんでした。', en: 'This order could not be read.' },
} as const satisfies Record<string, LocalText>;

/** A row about no order, by the column that should tell of one, and whether that is empty. */
export const noOrderNumber = ({ ja, en }: LocalText, isEmpty: boolean): LocalText => ({
  ja: `注文番号がありません。${isEmpty ? `「${ja}」が空です。` : `「${ja}」から注文番号を読み取れません。`}`,
  en: `There is no order number: "${en}" ${isEmpty ? 'is empty' : 'holds none that can be read'}.`,
});

/** A sound row of an order of which another row is broken. */
export const brokenNeighbour = (line: number): LocalText => ({
  ja: `同じ注文の${line}行目を読み取れないため、この注文は取り込みません。`,
  en: `Row ${line} of the same order cannot be read, so the order is not taken in.`,
});

/** A row that differs from what is known and is not proven newer. */
export const olderText = (knownAt: Date | null): LocalText => {
  const at = knownAt && japaneseMoment(knownAt);
  return {
    ja: `取り込み済みの内容${at ? `(${at} 時点)` : ''}と異なり、それより新しいことを確認できません。`,
    en: `It differs from what is known${at ? ` (as of ${at} in Japan)` : ''}, and is not proven to be newer.`,
  };
};

/** An order that waits for other files, by their names. */
export const waitingText = (labels: readonly LocalText[]): LocalText => ({
  ja: `この注文には${labels.map(({ ja }) => `「${ja}」`).join('、')}も必要です。取り込まれるまで待ちます。`,
  en: `The order also needs ${labels.map(({ en }) => en).join(', ')}; it waits until that comes.`,
});

export const importTexts = {
  layoutUnclear: {
    ja: 'ファイルの種類を判別できません。種類を選んでください。',
    en: 'The kind of the file is unclear. Please choose one.',
  },
  headerUnknown: {
    ja: '見出しを認識できません。プレビューで1行目の見出しを確認し、列を割り当ててください。',
    en: 'The header is not recognised. Look at the first line in the preview, and say which column is which.',
  },
  failed: {
    ja: '取り込みを最後まで実行できませんでした。もう一度開始してください(取り込み済みの行は重複しません)。',
    en: 'The import could not be finished. Start it again: rows already taken in are not taken twice.',
  },
  draftShop: {
    ja: 'このショップはまだ連携を開始していません。連携を開始してから取り込んでください(内容の確認は開始前でもできます)。',
    en: 'This shop is not live yet. Go live first, then start the import; files can be looked at before that.',
  },
} as const satisfies Record<string, LocalText>;

/** Required columns that a file lacks. */
export const missingText = (labels: readonly LocalText[]): LocalText => ({
  ja: `必要な列が見つかりません: ${labels.map(({ ja }) => ja).join('、')}`,
  en: `Required columns were not found: ${labels.map(({ en }) => en).join(', ')}`,
});

/** Columns of a file without a header that hold something else. */
export const misfitText = (labels: readonly LocalText[]): LocalText => ({
  ja: `見出しのないファイルですが、次の列の値がその項目の形式ではありません: ${labels.map(({ ja }) => ja).join('、')}`,
  en: `The file has no header, and these columns do not hold what they should: ${labels.map(({ en }) => en).join(', ')}`,
});

/** `2026-11-21 21:30` in Japan. */
export const japaneseMoment = (at: Date): string =>
  new Date(at.getTime() + 9 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');

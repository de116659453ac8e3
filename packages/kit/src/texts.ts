/** A text in both languages of the product. */
export interface LocalText {
  readonly ja: string;
  readonly en: string;
}

/**
 * What is wrong at one place of an order, as adapters tell it: `place: 日本語 / English`. The place is a column in the
 * words of its file, or a path, and stands before both languages.
 */
export const problemAt = (place: string, { ja, en }: LocalText): string => `${place}: ${ja} / ${en}`;

/** For `problemAt`: what is needed and is not there, or is there in no form that can be read. */
export const unreadableText: LocalText = { ja: '値がないか、読み取れません', en: 'missing or unreadable' };

/** What the cells of usual columns look like, for people (`FileColumn.form`). */
export const cellForms = {
  moment: { ja: '2026/11/30 12:34', en: '2026/11/30 12:34' },
  day: { ja: '2026/11/30', en: '2026/11/30' },
  amount: { ja: '3300 のような数字', en: 'a number such as 3300' },
  slip: { ja: '10〜14桁の数字', en: '10 to 14 digits' },
  whole: { ja: '10桁までの数字', en: 'up to 10 digits' },
} as const satisfies Readonly<Record<string, LocalText>>;

const longestShown = 60;

/** A problem of one cell, with what stands there and what should. It quotes the file: to be kept as the file is. */
export function withCell({ ja, en }: LocalText, value: string, form: LocalText | undefined): LocalText {
  const shown = [...value.trim()].slice(0, longestShown).join('');
  const isShort = value.trim().length <= shown.length;
  const quoted = shown && (isShort ? shown : `${shown}…`);
  const more = [
    ...(quoted ? [{ ja: `値：「${quoted}」`, en: `Value: "${quoted}"` }] : []),
    ...(form ? [{ ja: `正しい形式：${form.ja}`, en: `Expected: ${form.en}` }] : []),
  ];
  if (more.length === 0) return { ja, en };
  return {
    ja: [ja.replace(/。$/u, ''), ...more.map((each) => each.ja)].join('。'),
    en: [en.replace(/\.$/u, ''), ...more.map((each) => each.en)].join('. '),
  };
}

/** Takes a problem apart again; one that is written otherwise has no place, or one text for both languages. */
export function problemParts(problem: string): { readonly place: string; readonly text: LocalText } {
  const [, place = '', ja = '', en = ja] = /^(?:(.*?): )?(.*?)(?: \/ (.*))?$/su.exec(problem) ?? [];
  return { place, text: { ja, en } };
}

/** A problem as people of either language read it. */
export function localProblem(problem: string): LocalText {
  const { place, text } = problemParts(problem);
  const before = place === '' ? '' : `${place}: `;
  return { ja: before + text.ja, en: before + text.en };
}

/** What a settings form shows of one field. */
interface FieldText {
  readonly title: LocalText;
  readonly help: LocalText;
  /** What stands for the values that can be chosen, and for the names of a map, where they are codes. */
  readonly labels?: Readonly<Record<string, LocalText>>;
}

/** 請求書区分, in words. */
export const settlementLabels: Readonly<Record<string, LocalText>> = {
  '02': { ja: 'NPから別送', en: 'Sent by NP' },
  '03': { ja: '商品に同梱・wiz', en: 'Enclosed, wiz' },
};

/**
 * Gives each field of a settings form its part of the schema, for zod's `meta`: `about('token', true)` shows the texts of
 * `token`, and keeps what is entered a secret. zod types `title` as one string, ours has two languages: hence the narrow type.
 */
export function aboutFields<Name extends string>(texts: Readonly<Record<Name, FieldText>>) {
  return (name: Name, secret = false): { secret: boolean } => Object.assign({ secret }, texts[name]);
}

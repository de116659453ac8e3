import type { Problem } from '../reasons.js';
import { plainTexts } from './plain-texts.js';
import { ruleIds } from './rules.js';
import { otherTexts, partyTexts, ruleTexts, type FieldText, type Language, type Texts } from './texts.js';

/** A problem in a person's words: the field's name, what is wrong, and what a good value looks like. */
export interface ProblemText {
  readonly field: string;
  readonly message: string;
  readonly good: string;
}

const sides: Readonly<Record<string, Texts>> = {
  customer: { ja: '購入者の', en: "Buyer's " },
  destination: { ja: 'お届け先の', en: "Destination's " },
};

/**
 * A problem in Japanese or English: label of the field, what is wrong (with the label in front) and what a good
 * value looks like. A rule or field of an older version, as history may hold, is shown by its own name.
 */
export function describeProblem(problem: Problem, language: Language): ProblemText {
  const field = fieldText(problem.field);
  const label = field ? capitalised(field.label[language], language) : problem.field;
  const rule = ruleIds.find((id) => id === problem.rule);
  if (!rule) return { field: label, message: `${label}: ${problem.rule}`, good: field?.good[language] ?? '' };
  const { message, good } = ruleTexts[rule];
  const { figures } = problem;
  const said = (figures === undefined ? plainTexts[rule] : undefined) ?? message;
  const text = withFigures(said[language], figures ?? {}) + lineText(problem, language);
  return {
    field: label,
    message: language === 'ja' ? `${label}：${text}` : `${label}: ${text}`,
    good: (good ?? field?.good)?.[language] ?? '',
  };
}

function fieldText(path: string): FieldText | null {
  if (isKey(otherTexts, path)) return otherTexts[path];
  const [side = '', name = ''] = path.split('.', 2);
  if (!isKey(sides, side) || !isKey(partyTexts, name)) return null;
  const { label, good } = partyTexts[name];
  return { label: { ja: `${sides[side]?.ja}${label.ja}`, en: `${sides[side]?.en}${label.en}` }, good };
}

const isKey = <Keys extends object>(keys: Keys, key: string): key is Extract<keyof Keys, string> =>
  Object.hasOwn(keys, key);

const withFigures = (text: string, figures: Readonly<Record<string, number>>): string =>
  text.replace(/\{(\w+)\}/gu, (_, name: string) => figures[name]?.toLocaleString('en-US') ?? '–');

function lineText({ figures }: Problem, language: Language): string {
  if (figures?.['line'] === undefined) return '';
  return language === 'ja' ? `（明細${figures['line']}行目）` : ` (line ${figures['line']})`;
}

const capitalised = (text: string, language: Language): string =>
  language === 'en' ? text.charAt(0).toUpperCase() + text.slice(1) : text;

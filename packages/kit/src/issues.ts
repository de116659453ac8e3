import type { z } from 'zod';
import type { LocalText } from './texts.js';

type Issue = z.core.$ZodIssue;

/** One field that a schema found wrong: where it stands, and why. */
export interface FieldIssue {
  readonly path: readonly string[];
  readonly message: LocalText;
}

/**
 * What a schema found wrong, field by field, in both languages and never with a value. A schema's own message is written
 * `日本語 / English`; what zod says by itself is said here in words for people.
 */
export const fieldIssues = (issues: readonly Issue[]): FieldIssue[] =>
  issues.flatMap((issue) => {
    const path = issue.path.map(String);
    if (issue.code !== 'unrecognized_keys') return [{ path, message: messageOf(issue) }];
    return issue.keys.map((key) => ({ path: [...path, key.slice(0, 100)], message: noSuchField }));
  });

/** A path as people and programs are told it: `orders[3].buyer.phone`. */
export const pathText = (path: readonly string[]): string =>
  path
    .map((part) => (/^\d+$/u.test(part) ? `[${part}]` : `.${part}`))
    .join('')
    .replace(/^\./u, '');

const required = { ja: '必須です。', en: 'Required.' };
const noSuchField = { ja: 'この項目はありません。', en: 'There is no such field.' };
const unfit = { ja: 'この項目の値を確認してください。', en: 'Please check the value of this field.' };

function messageOf(issue: Issue): LocalText {
  const [ja = '', en] = issue.message.split(' / ');
  if (en !== undefined) return { ja, en };
  switch (issue.code) {
    case 'invalid_type':
      return issue.message.endsWith('received undefined') ? required : kindText(issue.expected);
    case 'too_small':
      return issue.exact ? exactText(issue.origin, issue.minimum) : smallText(issue);
    case 'too_big':
      return issue.exact ? exactText(issue.origin, issue.maximum) : bigText(issue);
    case 'invalid_format':
      return formats[issue.format] ?? { ja: '形式が正しくありません。', en: 'Not in the right form.' };
    case 'invalid_value':
      return valueText(issue.values.map(String));
    default:
      return unfit;
  }
}

const kinds: Readonly<Record<string, LocalText>> = {
  string: { ja: '文字列', en: 'a text' },
  number: { ja: '数値', en: 'a number' },
  int: { ja: '整数', en: 'a whole number' },
  boolean: { ja: 'true または false ', en: 'true or false' },
  array: { ja: '配列', en: 'a list' },
  object: { ja: 'オブジェクト', en: 'an object' },
  record: { ja: 'オブジェクト', en: 'an object' },
};

function kindText(expected: string): LocalText {
  const kind = kinds[expected];
  return kind ? { ja: `${kind.ja}で指定してください。`, en: `Give ${kind.en}.` } : unfit;
}

const isCounted = (origin: string): boolean => origin === 'array' || origin === 'set';

function exactText(origin: string, length: unknown): LocalText {
  return isCounted(origin)
    ? { ja: `${length}件指定してください。`, en: `Give exactly ${length}.` }
    : { ja: `${length}文字で入力してください。`, en: `Exactly ${length} characters.` };
}

function smallText({ origin, minimum, inclusive }: z.core.$ZodIssueTooSmall): LocalText {
  if (origin === 'string' && minimum === 1) return { ja: '入力してください。', en: 'Must not be empty.' };
  if (origin === 'string')
    return { ja: `${minimum}文字以上で入力してください。`, en: `At least ${minimum} characters.` };
  if (isCounted(origin)) return { ja: `${minimum}件以上指定してください。`, en: `Give at least ${minimum}.` };
  return inclusive === false
    ? { ja: `${minimum}より大きい値を指定してください。`, en: `Must be more than ${minimum}.` }
    : { ja: `${minimum}以上の値を指定してください。`, en: `Must be ${minimum} or more.` };
}

function bigText({ origin, maximum, inclusive }: z.core.$ZodIssueTooBig): LocalText {
  if (origin === 'string')
    return { ja: `${maximum}文字以内で入力してください。`, en: `At most ${maximum} characters.` };
  if (isCounted(origin))
    return { ja: `${maximum}件以内で指定してください。`, en: `Give at most ${maximum}.` };
  return inclusive === false
    ? { ja: `${maximum}より小さい値を指定してください。`, en: `Must be less than ${maximum}.` }
    : { ja: `${maximum}以下の値を指定してください。`, en: `Must be ${maximum} or less.` };
}

const formats: Readonly<Record<string, LocalText>> = {
  datetime: {
    ja: '日時を「2026-04-01T09:00:00+09:00」の形式で指定してください。',
    en: 'Give a date and time like 2026-04-01T09:00:00+09:00.',
  },
  date: { ja: '日付を「2026-04-01」の形式で指定してください。', en: 'Give a date like 2026-04-01.' },
  uuid: { ja: 'IDの形式が正しくありません。', en: 'Not an id.' },
  email: { ja: 'メールアドレスの形式が正しくありません。', en: 'Not a mail address.' },
  url: { ja: 'URLの形式が正しくありません。', en: 'Not a URL.' },
};

/** So many can be read in one message. */
const mostValues = 20;

function valueText(values: readonly string[]): LocalText {
  if (values.length > mostValues) return unfit;
  const list = values.join(', ');
  return { ja: `次のいずれかを指定してください: ${list}`, en: `Must be one of these: ${list}` };
}

import { z } from 'zod';
import { fieldIssues, pathText } from './issues.js';

const schema = z.strictObject({
  name: z.string().min(1).max(5),
  code: z.string().length(3),
  long: z.string().min(12),
  yen: z.int().min(0).max(999),
  rate: z.number().gt(0).lt(1),
  on: z.boolean(),
  shops: z.array(z.uuid()).min(1).max(2),
  inner: z.object({ at: z.iso.datetime(), day: z.iso.date() }),
  kind: z.enum(['a', 'b']),
  word: z.string().regex(/^x/u),
  own: z.string().refine((text) => text === 'own', '自分の言葉です。 / In its own words.'),
  either: z.union([z.string(), z.number()]),
});

const told = (value: unknown): Record<string, readonly string[]> =>
  Object.fromEntries(
    fieldIssues(schema.safeParse(value).error?.issues ?? []).map(({ path, message: { ja, en } }) => [
      pathText(path),
      [ja, en],
    ]),
  );

test('each field has its own words in both languages, and none holds a value', () => {
  const wrong = {
    name: '',
    code: 'SECRET',
    long: 'SECRET',
    yen: -1,
    rate: 2,
    on: 'SECRET',
    shops: ['SECRET'],
    inner: { at: 'SECRET', day: 'SECRET' },
    kind: 'SECRET',
    word: 'SECRET',
    own: 'SECRET',
    either: true,
    expires: 'SECRET',
  };
  expect(told(wrong)).toEqual({
    name: ['入力してください。', 'Must not be empty.'],
    code: ['3文字で入力してください。', 'Exactly 3 characters.'],
    long: ['12文字以上で入力してください。', 'At least 12 characters.'],
    yen: ['0以上の値を指定してください。', 'Must be 0 or more.'],
    rate: ['1より小さい値を指定してください。', 'Must be less than 1.'],
    on: ['true または false で指定してください。', 'Give true or false.'],
    'shops[0]': ['IDの形式が正しくありません。', 'Not an id.'],
    'inner.at': [
      '日時を「2026-04-01T09:00:00+09:00」の形式で指定してください。',
      'Give a date and time like 2026-04-01T09:00:00+09:00.',
    ],
    'inner.day': ['日付を「2026-04-01」の形式で指定してください。', 'Give a date like 2026-04-01.'],
    kind: ['次のいずれかを指定してください: a, b', 'Must be one of these: a, b'],
    word: ['形式が正しくありません。', 'Not in the right form.'],
    own: ['自分の言葉です。', 'In its own words.'],
    either: ['この項目の値を確認してください。', 'Please check the value of this field.'],
    expires: ['この項目はありません。', 'There is no such field.'],
  });
});

test('what is missing, and what is of another kind', () => {
  const given = { name: '123456', yen: 1.5, rate: 0, shops: [], inner: [], code: null };
  expect(told(given)).toMatchObject({
    name: ['5文字以内で入力してください。', 'At most 5 characters.'],
    code: ['文字列で指定してください。', 'Give a text.'],
    yen: ['整数で指定してください。', 'Give a whole number.'],
    rate: ['0より大きい値を指定してください。', 'Must be more than 0.'],
    shops: ['1件以上指定してください。', 'Give at least 1.'],
    inner: ['オブジェクトで指定してください。', 'Give an object.'],
    kind: ['次のいずれかを指定してください: a, b', 'Must be one of these: a, b'],
    on: ['必須です。', 'Required.'],
    long: ['必須です。', 'Required.'],
  });
  expect(told([])).toEqual({ '': ['オブジェクトで指定してください。', 'Give an object.'] });
});

import type { Problem } from '../reasons.js';
import { describeProblem } from './messages.js';
import { orderRules, partyRules, ruleIds } from './rules.js';
import { otherTexts, partyTexts } from './texts.js';

const problem = (field: string, rule: string, figures?: Record<string, number>): Problem => ({
  field,
  rule,
  npCode: null,
  ...(figures ? { figures } : {}),
});

describe('describeProblem', () => {
  it('says what is wrong, where, and what a good value looks like', () => {
    const wrong = problem('customer.phone', 'phone-eleven-digits', { limit: 11, length: 9 });
    expect(describeProblem(wrong, 'ja')).toEqual({
      field: '購入者の電話番号',
      message: '購入者の電話番号：090などで始まる番号は11桁です（いまは9桁）。',
      good: '例：090-1234-5678',
    });
    expect(describeProblem(wrong, 'en')).toEqual({
      field: "Buyer's phone number",
      message: "Buyer's phone number: A number beginning with 090 or the like has 11 digits (now 9).",
      good: 'Example: 090-1234-5678',
    });
  });

  it('names the destination, the line of the goods, and writes amounts with commas', () => {
    expect(describeProblem(problem('destination.address', 'required'), 'ja').message).toBe(
      'お届け先の住所：入力されていません。',
    );
    expect(
      describeProblem(problem('goods', 'too-long', { limit: 150, length: 151, line: 2 }), 'ja').message,
    ).toBe('商品明細：150文字以内にしてください（いまは151文字）。（明細2行目）');
    const figures = { limit: 3000, totalYen: 13_001, billedYen: 10_000, differenceYen: 3001 };
    expect(describeProblem(problem('billedYen', 'goods-total', figures), 'ja').message).toBe(
      '請求金額（税込）：商品明細の合計13,001円と請求金額10,000円の差が3,001円あります（3,000円まで）。',
    );
  });

  it('shows a rule or a field it does not know by its own name', () => {
    expect(describeProblem(problem('customer.name', 'old-rule'), 'ja').message).toBe(
      '購入者の氏名: old-rule',
    );
    expect(describeProblem(problem('customer.constructor', 'required'), 'ja')).toEqual({
      field: 'customer.constructor',
      message: 'customer.constructor：入力されていません。',
      good: '',
    });
    expect(describeProblem(problem('toString', 'toString'), 'en').message).toBe('toString: toString');
  });

  const fields = [
    ...Object.keys(otherTexts),
    ...Object.keys(partyTexts).flatMap((field) => [`customer.${field}`, `destination.${field}`]),
  ];

  it.each(ruleIds)('has a whole text in both languages for %s on every field', (rule) => {
    const figures = {
      limit: 1,
      length: 2,
      count: 3,
      position: 4,
      days: 5,
      totalYen: 6,
      billedYen: 7,
      differenceYen: 8,
    };
    for (const field of fields) {
      const ja = describeProblem(problem(field, rule, figures), 'ja');
      const en = describeProblem(problem(field, rule, figures), 'en');
      expect(ja.message).toMatch(/^\S.*：.+。(（.+）)?$/u);
      expect(en.message).toMatch(/^[A-Z].*: .+\.$/u);
      expect(`${ja.message}${en.message}`).not.toMatch(/[{}–]/u);
      const bare = (['ja', 'en'] as const).map(
        (language) => describeProblem({ field, rule, npCode: null }, language).message,
      );
      expect(bare.join('')).not.toMatch(/[{}–]/u);
      expect([ja.good, en.good].every((text) => text.length > 0)).toBe(true);
    }
  });

  it('knows every field that a rule names', () => {
    const named = [
      ...partyRules.map(({ field }) => `customer.${field}`),
      ...Object.values(orderRules).map(({ field }) => field),
    ];
    expect(named.filter((field) => !fields.includes(field))).toEqual([]);
  });
});

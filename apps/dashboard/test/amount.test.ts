import { readAmount, wholeWithin } from '../src/components/amount.js';
import { enNumbers } from '../src/text/en-numbers.js';
import { jaNumbers } from '../src/text/ja-numbers.js';

describe('a field for a number', () => {
  it('reads digits of either width, with thousands apart or not', () => {
    const yen = wholeWithin(0, 9_999_999);
    const typed = ['12', '１２', ' １，２３４ ', '1,234', '０'];
    expect(typed.map((text) => readAmount(text, yen))).toEqual([12, 12, 1_234, 1_234, 0]);
  });

  it('leaves what it does not take as it was typed', () => {
    const hours = wholeWithin(1, 2_160);
    for (const typed of ['', '0', '2161', '９９９９９９', '-5', '1.5', 'すぐ', '1e3', '0x10', '十二'])
      expect(readAmount(typed, hours)).toBe(typed);
  });

  it('takes as many places of a fraction as it has', () => {
    const percent = { min: 0, max: 100, places: 2 };
    const typed = ['３．', '3.05', '3.055', '100.01'];
    expect(typed.map((text) => readAmount(text, percent))).toEqual([3, 3.05, '3.055', '100.01']);
    expect(readAmount('0.125', { min: null, max: null, places: null })).toBe(0.125);
  });

  it('says its limits', () => {
    const said = [
      wholeWithin(1, 2_160),
      { min: 1, max: null, places: 0 },
      { min: 0, max: 100, places: 2 },
      { min: null, max: null, places: null },
    ].map((limits) => [jaNumbers.within(limits), enNumbers.within(limits)]);
    expect(said).toEqual([
      ['1〜2,160 の整数で入力してください。', 'Please give a whole number from 1 to 2,160.'],
      ['1以上の整数で入力してください。', 'Please give a whole number, at least 1.'],
      [
        '0〜100 の数字（小数第2位まで）で入力してください。',
        'Please give a number from 0 to 100 with up to 2 decimal places.',
      ],
      ['数字で入力してください。', 'Please give a number.'],
    ]);
  });
});

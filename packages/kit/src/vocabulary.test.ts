import { z } from 'zod';
import {
  cartText,
  cartWhole,
  fieldsOf,
  japaneseTime,
  plainWord,
  prefectureName,
  present,
  writtenDay,
  writtenTime,
  writtenYen,
} from './vocabulary.js';

describe('prefectureName', () => {
  it.each([
    ['大阪', '大阪府'],
    ['京都', '京都府'],
    ['東京', '東京都'],
    ['北海道', '北海道'],
    ['沖縄県', '沖縄県'],
    ['離島部', '離島部'],
    ['', ''],
  ])('reads %p as %p', (raw, name) => expect(prefectureName(raw)).toBe(name));
});

describe('plainWord', () => {
  it.each(['出荷報告(準備中)', '[出荷報告](準備中)', '［出荷報告］（準備中）', '【出荷報告】 (準備中)'])(
    'reads %p',
    (raw) => expect(plainWord(raw)).toBe('出荷報告(準備中)'),
  );
});

describe('japaneseTime', () => {
  it.each(['2026-11-21 09:30:05', '2026/11/21 09:30:05', '20261121093005', '2026-11-21T09:30:05'])(
    'reads %p',
    (raw) => expect(japaneseTime(raw)).toBe('2026-11-21T09:30:05+09:00'),
  );
  it.each([
    '',
    '2026-11-21',
    '2026-02-30 00:00:00',
    '20261121246000',
    '20261121250000',
    '2026-11-21 09:30:05Z',
    '--',
  ])('refuses %p', (raw) => expect(japaneseTime(raw)).toBeNull());
});

describe('writtenTime', () => {
  it.each([
    ['2026/11/21 9:30', '2026-11-21T09:30:00+09:00'],
    ['2026-11-21 09:30:05', '2026-11-21T09:30:05+09:00'],
    ['2026-11-21T09:30:05+09:00', '2026-11-21T09:30:05+09:00'],
    ['2026年1月5日 9時30分', '2026-01-05T09:30:00+09:00'],
    ['2026年1月5日9時30分05秒', '2026-01-05T09:30:05+09:00'],
    ['２０２６／１／５　９：３０', '2026-01-05T09:30:00+09:00'],
    [' 2026.1.5 ', '2026-01-05T00:00:00+09:00'],
    ['20261121', '2026-11-21T00:00:00+09:00'],
    ['202611210930', '2026-11-21T09:30:00+09:00'],
    ['20261121093005', '2026-11-21T09:30:05+09:00'],
  ])('reads %p', (raw, time) => {
    expect(writtenTime(raw)).toBe(time);
    expect(writtenDay(raw)).toBe(time.slice(0, 10));
  });

  it.each(['', '未発送', '2026/2/30', '2026/11/21 25:00', '26/11/21', '11/21/2026', '2026-11-21T00:30:05Z'])(
    'refuses %p',
    (raw) => {
      expect(writtenTime(raw)).toBeNull();
      expect(writtenDay(raw)).toBeNull();
    },
  );
});

describe('writtenYen', () => {
  it.each([
    ['1200', 1200],
    ['1,200', 1200],
    ['1,200円', 1200],
    ['¥1,200', 1200],
    ['￥１，２００', 1200],
    ['-500', -500],
    ['△500', -500],
    ['¥-500', -500],
    ['0', 0],
    ['-0', 0],
    ['1200.00', 1200],
  ])('reads %p', (raw, yen) => expect(writtenYen(raw)).toBe(yen));
  it.each(['', '-', '1200.5', '1e3', '12-3', '1,20', '1200 USD', '--5', '1234567890', '無料', '0x10'])(
    'refuses %p',
    (raw) => expect(writtenYen(raw)).toBeNull(),
  );
});

describe('fields of a cart', () => {
  it('reads a missing text and the mark for none as empty', () => {
    const schema = z.object(fieldsOf(['a', 'b', 'c', 'd'], cartText('--')));
    expect(schema.parse({ a: ' x ', b: '--', c: null })).toEqual({ a: 'x', b: '', c: '', d: '' });
    for (const a of [{}, Object.create(null), true, [], Number.NaN])
      expect(schema.safeParse({ a }).success).toBe(false);
  });

  it.each([5, '5', '-5', 0])('takes the whole number %p', (raw) =>
    expect(cartWhole.parse(raw)).toBe(Number(raw)),
  );
  it.each(['', '1,000', '1.5', 1.5, null, '12345678901', true])('refuses %p', (raw) =>
    expect(cartWhole.safeParse(raw).success).toBe(false),
  );

  it('leaves out empty texts', () =>
    expect(present({ kana: '', company: '株式会社' })).toEqual({ company: '株式会社' }));
});

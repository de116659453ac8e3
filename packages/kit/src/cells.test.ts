import { cellMoment, cellMomentOrNull, cellText, cellWhole, destinationsOf } from './cells.js';

describe('cellText', () => {
  it('trims, and is empty where the file has no such column', () => {
    expect(cellText({ a: ' 1　' }, 'a')).toBe('1');
    expect(cellText({ a: '1' }, 'b')).toBe('');
    expect(cellText({}, 'constructor')).toBe('');
  });
});

describe('cellWhole', () => {
  it.each([
    ['1980', 1980],
    ['1,980円', 1980],
    ['￥１，９８０', 1980],
    ['1980.00', 1980],
    ['-500', -500],
    ['0', 0],
  ])('reads %s', (raw, value) => expect(cellWhole.parse(raw)).toBe(value));

  it.each(['', '1980.5', '-', '未定', '1e5', '9999999999'])('refuses %j', (raw) => {
    expect(cellWhole.safeParse(raw).success).toBe(false);
  });
});

describe('cellMoment', () => {
  it.each([
    ['2026/11/21', '2026-11-21T00:00:00+09:00'],
    ['2026-1-5 9:03', '2026-01-05T09:03:00+09:00'],
    ['2026/11/21 10:30:05', '2026-11-21T10:30:05+09:00'],
    ['2026-11-21T10:30:05.123', '2026-11-21T10:30:05+09:00'],
    ['2026年11月21日', '2026-11-21T00:00:00+09:00'],
    ['２０２６／１１／２１', '2026-11-21T00:00:00+09:00'],
    ['20261121', '2026-11-21T00:00:00+09:00'],
    ['20261121103005', '2026-11-21T10:30:05+09:00'],
    ['2026-11-20T18:00:00Z', '2026-11-21T03:00:00+09:00'],
    ['2026-11-21T03:00:00.5+09:00', '2026-11-21T03:00:00+09:00'],
  ])('reads %s', (raw, value) => expect(cellMoment(raw)).toBe(value));

  it.each(['', '2026/2/30', '2026-11-21 25:00', '11/21/2026', '未定', '2026-13-01T00:00:00Z', '202611'])(
    'is null for %j',
    (raw) => expect(cellMoment(raw)).toBeNull(),
  );

  it('as a schema takes an empty cell for none and refuses an unreadable one', () => {
    expect(cellMomentOrNull.parse('')).toBeNull();
    expect(cellMomentOrNull.parse(undefined)).toBeNull();
    expect(cellMomentOrNull.parse('2026/11/21')).toBe('2026-11-21T00:00:00+09:00');
    expect(cellMomentOrNull.safeParse('未定').success).toBe(false);
  });
});

describe('destinationsOf', () => {
  const buyer = { name: '見本花子', postalCode: '530-0001', address: '大阪市', phone: '06-0000-0001' };
  const other = { ...buyer, name: '見本太郎' };

  it('has none where all goes to the buyer, with other kana or mail too', () => {
    expect(destinationsOf(buyer, [{ ...buyer, kana: 'ミホン' }, buyer])).toEqual([]);
  });

  it('has each place once', () => {
    expect(destinationsOf(buyer, [other, { ...other, email: 'a@example.jp' }])).toHaveLength(1);
    expect(destinationsOf(buyer, [other, buyer])).toEqual([other, buyer]);
    expect(destinationsOf(buyer, [])).toEqual([]);
  });
});

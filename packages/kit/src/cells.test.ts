import { cellMomentOrNull, cellText, cellWhole, destinationsOf } from './cells.js';

describe('cellText', () => {
  it('trims, and is empty where the file has no such column', () => {
    expect(cellText({ a: ' 1　' }, 'a')).toBe('1');
    expect(cellText({ a: '1' }, 'b')).toBe('');
    expect(cellText({}, 'constructor')).toBe('');
  });
});

describe('cells as schemas', () => {
  it('read whole numbers, and refuse what is none', () => {
    expect(cellWhole.parse(' 1,980円')).toBe(1980);
    for (const raw of ['', undefined, '1980.5', '未定']) expect(cellWhole.safeParse(raw).success).toBe(false);
  });

  it('take an empty cell for no moment, and refuse an unreadable one', () => {
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

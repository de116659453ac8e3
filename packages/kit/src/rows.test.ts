import { meaningOf, toldBy } from './rows.js';

describe('toldBy', () => {
  const told = toldBy([{ a: ' x ', b: '' }, { a: 'x', b: '2' }, { a: 'y' }]);

  it('gives each value once, trimmed', () => expect(told('a')).toEqual(['x', 'y']));
  it('takes an empty cell for silence', () => expect(told('b')).toEqual(['2']));
  it('gives nothing for a column that no row has', () => {
    for (const column of ['c', '__proto__', 'constructor']) expect(told(column)).toEqual([]);
  });
});

describe('meaningOf', () => {
  const names = { np: ['NP後払い', '後払い(NP)'], other: ['代引き'] };

  it.each([
    ['NP後払い', 'np'],
    ['ＮＰ 後払い', 'np'],
    ['後払い（ＮＰ）', 'np'],
    ['代引き', 'other'],
  ])('%s means %s, and the word is kept as it came', (raw, value) => {
    expect(meaningOf(raw, names)).toEqual({ kind: 'mapped', value, raw });
  });

  it.each(['', 'NP', '後払い', 'constructor'])('%j is nothing that anybody has named', (raw) => {
    expect(meaningOf(raw, names)).toEqual({ kind: 'unmapped', raw });
  });
});

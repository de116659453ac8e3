import { mapWord } from './mapped.js';

describe('mapWord', () => {
  const vocabulary = { 配送: 'shipped', 未処理: 'open' } as const;

  it('keeps the raw word beside the canonical one', () => {
    expect(mapWord(vocabulary, '配送')).toEqual({ kind: 'mapped', value: 'shipped', raw: '配送' });
  });

  it.each(['toString', '__proto__', '', '配送済', '配送 '])('never guesses %p', (raw) => {
    expect(mapWord(vocabulary, raw)).toEqual({ kind: 'unmapped', raw });
  });
});

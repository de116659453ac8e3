import fc from 'fast-check';
import {
  collapseSpaces,
  countCharacters,
  isEncodable,
  normaliseAddress,
  normaliseDigits,
  normaliseEmail,
  normaliseGoodsName,
  normaliseHyphens,
  normaliseName,
  normaliseOrderNumber,
  normalisePhone,
  normalisePostalCode,
  normaliseSlipNumber,
  widenKana,
} from './text.js';

/** Characters that meet each other in carts: digits, hyphens, kana in all widths, marks, spaces, Tokyo. */
const japanese = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...'0９1-ー－‐−–ｰ〜～（）()+＋〒.ｶﾞﾊﾟｱﾜかカ\u3099\u309aﾟ山髙﨑𠮷東京23区内外都　 \t\n\ud83dA＠',
      ),
      fc.constantFrom('東京(23区内)', '+81', '〒107-0052'),
      fc.string({ unit: 'binary', maxLength: 2 }),
    ),
  )
  .map((parts) => parts.join(''));

const normalisers = {
  normaliseDigits,
  normaliseHyphens,
  widenKana,
  collapseSpaces,
  normaliseName,
  normaliseAddress,
  normaliseGoodsName,
  normalisePhone,
  normalisePostalCode,
  normaliseEmail,
  normaliseSlipNumber,
  normaliseOrderNumber,
};

describe('every normalisation', () => {
  it.each(Object.entries(normalisers))('%s changes nothing the second time', (_name, normalise) => {
    fc.assert(
      fc.property(japanese, (text) => {
        const once = normalise(text);
        expect(normalise(once)).toBe(once);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('normaliseName', () => {
  it.each([
    ['　山田  太郎 ', '山田　太郎'],
    ['山田\t太郎', '山田　太郎'],
    ['ﾔﾏﾀﾞ ﾊﾟｰﾙ', 'ヤマダ　パール'],
    ['か\u3099', 'が'],
    ['髙﨑 福', '髙﨑　福'],
    ['山田１２－３', '山田１２－３'],
    ['𠮷田〜', '𠮷田〜'],
  ])('%j becomes %j', (name, expected) => {
    expect(normaliseName(name)).toBe(expected);
  });

  it('never changes a letter: apart from kana widths, only spaces differ', () => {
    const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), japanese);
    fc.assert(
      fc.property(anyText, (name) => {
        const withoutSpaces = (text: string) => text.replace(/\s/gu, '');
        const touched = /[｡-ﾟ\u3099\u309a]/u;
        fc.pre(!touched.test(name));
        expect(withoutSpaces(normaliseName(name))).toBe(withoutSpaces(name));
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps every single character of the planes in use outside half-width kana and spaces', () => {
    const changed: number[] = [];
    for (let point = 0; point <= 0x2_ffff; point += 1) {
      const character = String.fromCodePoint(point);
      if (!/\s|[｡-ﾟ]/u.test(character) && normaliseName(character) !== character) changed.push(point);
    }
    expect(changed).toEqual([]);
  });
});

describe('widenKana', () => {
  it('gives what code page 932 can hold for every half-width kana, alone and voiced', () => {
    const halves = Array.from({ length: 0xff9f - 0xff61 + 1 }, (_, index) =>
      String.fromCharCode(0xff61 + index),
    );
    for (const half of halves) {
      for (const text of [half, `${half}ﾞ`, `${half}ﾟ`]) {
        expect([...widenKana(text)].every((kana) => isEncodable(kana) && !halves.includes(kana))).toBe(true);
      }
    }
  });

  it.each([
    ['ｶﾞｷﾞｳﾞﾊﾟ', 'ガギヴパ'],
    ['ﾜﾞ', 'ワ゛'],
    ['ﾟ', '゜'],
    ['｢ｱ･ｲ｣｡', '「ア・イ」。'],
  ])('%s becomes %s', (text, expected) => {
    expect(widenKana(text)).toBe(expected);
  });
});

describe('normaliseAddress', () => {
  it.each([
    ['東京都港区赤坂１ー２−３　山田ﾋﾞﾙ\t405', '東京都港区赤坂1-2-3　山田ビル　405'],
    ['東京(23区内)港区赤坂1-2', '東京都港区赤坂1-2'],
    ['東京（２３区外） 町田市中町1', '東京都町田市中町1'],
    ['セーヌビルA−1〜', 'セーヌビルA－1～'],
    ['髙槻市﨑1‑2', '髙槻市﨑1-2'],
  ])('%j becomes %j', (address, expected) => {
    expect(normaliseAddress(address)).toBe(expected);
  });
});

describe('normalisePhone', () => {
  it.each([
    ['０９０ー１２３４ー５６７８', '09012345678'],
    ['+81 90-1234-5678', '09012345678'],
    ['＋８１（０）３－１２３４－５６７８', '0312345678'],
    ['03(1234)5678', '0312345678'],
    ['03.1234.5678', '0312345678'],
    ['090-1234-5678 内線1', '09012345678内線1'],
  ])('%s becomes %s', (phone, expected) => {
    expect(normalisePhone(phone)).toBe(expected);
  });
});

describe('normalisePostalCode', () => {
  it.each([
    ['1070052', '107-0052'],
    ['〒１０７ー００５２', '107-0052'],
    ['107 0052', '107-0052'],
    ['107-005', '107005'],
    ['107-005a', '107005a'],
  ])('%s becomes %s', (postalCode, expected) => {
    expect(normalisePostalCode(postalCode)).toBe(expected);
  });
});

describe('other fields', () => {
  it('keeps a goods name but for twins, kana and line breaks', () => {
    expect(normaliseGoodsName(' りんご〜ｼﾞｭｰｽ\n１ 2  ★♥')).toBe('りんご～ジュース １ 2  ★♥');
  });

  it('reads full-width mail addresses and slip numbers', () => {
    expect(normaliseEmail(' ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ ')).toBe('taro@example.jp');
    expect(normaliseSlipNumber(' １２３４ー5678 9012')).toBe('1234-56789012');
  });

  it.each([
    ['　ＳＲ２６１ー０００３ ', 'SR261-0003'],
    ['sr‐26−1ｰ', 'sr-26-1-'],
    ['セール−１', 'セール−1'],
  ])('reads the order number %s as %s', (typed, number) => {
    expect(normaliseOrderNumber(typed)).toBe(number);
  });

  it('counts every character as one, whatever its width', () => {
    expect([countCharacters('ｱア'), countCharacters('𠮷a'), countCharacters('')]).toEqual([2, 2, 0]);
  });
});

describe('isEncodable', () => {
  it.each([...'Aｱア山髙﨑①㈱～－∥―￥￤'])('takes %s', (character) => {
    expect(isEncodable(character)).toBe(true);
  });

  it.each(['😀', '𠮷', '〜', '−', '♥', '\u200b', '\ud83d', '\ue000', '\ufffd', '', 'ab'])(
    'refuses %j',
    (character) => {
      expect(isEncodable(character)).toBe(false);
    },
  );

  it('is what the decoder gives: every byte pair that decodes is in, and the number is that of code page 932', () => {
    const decoder = new TextDecoder('shift_jis', { fatal: true });
    const decoded = new Set<string>();
    const decode = (bytes: number[]) => {
      try {
        decoded.add(decoder.decode(Uint8Array.from(bytes)));
      } catch {
        // Bytes without a meaning stand for no character.
      }
    };
    for (let byte = 0; byte < 0x100; byte += 1) decode([byte]);
    for (let pair = 0x8140; pair < 0xfd00; pair += 1) decode([pair >> 8, pair & 0xff]);
    const expected = [...decoded].filter(
      (text) => [...text].length === 1 && !/[\ufffd\ue000-\uf8ff]/u.test(text),
    );
    const found = Array.from({ length: 0x3_0000 }, (_, point) => String.fromCodePoint(point)).filter(
      isEncodable,
    );
    expect(found).toEqual(
      expected.sort((left, right) => (left.codePointAt(0) ?? 0) - (right.codePointAt(0) ?? 0)),
    );
    expect(
      found.filter((character) => character > '\u00ff' && !/[｡-ﾟ]/u.test(character)).length,
    ).toBeGreaterThan(7_000);
  });
});

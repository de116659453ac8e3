import { blindIndexesOf, blindIndexesOfQuery } from '../src/security/blind-index.js';
import { createKeyring } from '../src/security/keyring.js';
import { maskAddress, maskEmail, maskName, maskParty, maskPhone } from '../src/security/mask.js';

const keyring = createKeyring([{ id: 'a', secret: Buffer.alloc(32, 1) }]);
const takahashi = {
  name: '髙橋　花子',
  kana: 'ﾀｶﾊｼ ﾊﾅｺ',
  phone: '０９０－１２３４－５６７８',
  email: 'Hanako@Example.jp',
};
const indexes = blindIndexesOf(keyring, [takahashi]);
const finds = (text: string) => blindIndexesOfQuery(keyring, text).some((index) => indexes.includes(index));

test.each([
  '髙橋花子',
  '高橋 花子',
  '高橋',
  'タカハシ　ハナコ',
  'たかはし はなこ',
  'たかはし',
  'ﾀｶﾊｼ',
  '09012345678',
  '090ー1234ー5678',
  '+81 90-1234-5678',
  '５６７８',
  'hanako@example.jp',
  ' ＨＡＮＡＫＯ＠example.jp',
])('%s finds her', (text) => expect(finds(text)).toBe(true));

test.each(['花子', '高', '高橋花', '1234', '5679', '0901234567', 'hanako@example.com', '', '　', '@'])(
  '%p does not',
  (text) => expect(finds(text)).toBe(false),
);

test('an index needs the key, is short, and comes once', () => {
  expect(new Set(indexes).size).toBe(indexes.length);
  for (const index of indexes) expect(index).toMatch(/^[0-9a-f]{32}$/);
  const other = createKeyring([{ id: 'a', secret: Buffer.alloc(32, 2) }]);
  expect(blindIndexesOf(other, [takahashi]).some((index) => indexes.includes(index))).toBe(false);
  expect(blindIndexesOf(keyring, [takahashi, takahashi])).toEqual(indexes);
});

test('indexes stay the same when the data key is rotated', () => {
  const rotated = createKeyring([
    { id: 'b', secret: Buffer.alloc(32, 9) },
    { id: 'a', secret: Buffer.alloc(32, 1) },
  ]);
  expect(blindIndexesOf(rotated, [takahashi])).toEqual(indexes);
});

test('a name in one piece has no family name, and nothing is no index', () => {
  expect(blindIndexesOf(keyring, [{ name: '山田太郎', phone: '' }])).toHaveLength(1);
  expect(blindIndexesOf(keyring, [{ name: '', phone: '12' }])).toEqual([]);
});

test('masks keep just enough to recognise', () => {
  expect(maskName('山田 太郎')).toBe('山＊＊');
  expect(maskName('𠮷野')).toBe('𠮷＊＊');
  expect(maskPhone('090-1234-5678')).toBe('＊＊＊-＊＊＊＊-5678');
  expect(maskPhone('1234')).not.toContain('1234');
  expect(maskEmail('anna@example.jp')).toBe('a＊＊@…');
  expect(maskAddress('東京都港区赤坂1-2-3')).toBe('東京都＊＊＊');
  expect(maskAddress('神奈川県横浜市1-1')).toBe('神奈川県＊＊＊');
  expect(maskAddress('京都府京都市')).toBe('京都府＊＊＊');
  expect(maskAddress('港区赤坂1-2-3')).toBe('＊＊＊');
  expect([maskName(''), maskPhone(''), maskEmail(' '), maskAddress('')]).toEqual(['', '', '', '']);
});

test('a masked person keeps the same fields and none of the words', () => {
  const party = {
    name: '山田 太郎',
    kana: 'ヤマダ タロウ',
    company: '株式会社サンプル商店',
    postalCode: '107-0052',
    address: '東京都港区赤坂1-2-3',
    phone: '0312345678',
  };
  const masked = maskParty(party);
  expect(Object.keys(masked).sort()).toEqual(Object.keys(party).sort());
  expect(JSON.stringify(masked)).not.toMatch(/太郎|タロウ|サンプル|0052|赤坂|031234/);
});

import { checkParty, type CorrectablePath } from '@np-hub/model';
import { proposalOf } from '../../src/desk/repairs/proposals.js';
import { postalLookup } from '../../src/postal.js';

const propose = (field: string, rule: string, value: string, department = '') =>
  proposalOf({ path: `buyer.${field}` as CorrectablePath, rule, value, department }, postalLookup);

const street = '京都府京都市下京区四条通寺町東入二丁目御旅町1234番地の56';
const building = 'グランドメゾン四条寺町パークサイドレジデンス1201号室';

test('a building goes to the department, where both parts fit and nothing stands there', () => {
  const value = `${street}　${building}`;
  const proposal = propose('address', 'too-long', value);
  expect(proposal).toEqual({
    how: 'building-to-department',
    fields: { 'buyer.address': street, 'buyer.department': building },
  });
  const party = {
    name: '山田 太郎',
    postalCode: '600-8002',
    phone: '0751234567',
    address: street,
    department: building,
  };
  expect(checkParty('customer', party, { postalLookup, emailRequired: false })).toEqual([]);
  expect(propose('address', 'too-long', value, '営業部')).toBeNull();
  expect(propose('address', 'too-long', 'あ'.repeat(60))).toBeNull();
  expect(propose('address', 'too-long', `${street}${'あ'.repeat(60)} ${building}`)).toBeNull();
});

test.each([
  ['phone', 'phone-format', '9012345678', 'phone-zero', '09012345678'],
  ['phone', 'phone-format', '312345678', 'phone-zero', '0312345678'],
  ['phone', 'phone-characters', '090-1234-5678（夜間）', 'phone-first', '09012345678'],
  ['phone', 'phone-characters', '03-1234-5678 / 090-1234-5678', 'phone-first', '0312345678'],
  ['phone', 'phone-ten-digits', '0312345678または0901234567', 'phone-first', '0312345678'],
  ['postalCode', 'postal-format', '600042', 'postal-zero', '060-0042'],
  ['email', 'email-format', '<a.b@example.jp>;', 'mail-cleaned', 'a.b@example.jp'],
  ['name', 'not-encodable', '𠮷田 花子', 'characters-replaced', '吉田 花子'],
  ['address', 'not-encodable', '港区芝1-1😊ビル', 'characters-removed', '港区芝1-1ビル'],
  ['department', 'too-long', 'あ'.repeat(40), 'shortened', 'あ'.repeat(30)],
])('%s %s %s: %s', (...row) => {
  const [field, rule, value, how, corrected] = row;
  expect(propose(field, rule, value)).toEqual({ how, fields: { [`buyer.${field}`]: corrected } });
});

test.each([
  ['name', 'too-long', 'あ'.repeat(30)],
  ['name', 'required', ''],
  ['name', 'not-encodable', '鿃田 花子'],
  ['phone', 'phone-ten-digits', '031234567'],
  ['phone', 'phone-characters', '電話なし'],
  ['postalCode', 'postal-format', '12345'],
  ['postalCode', 'postal-mismatch', '100-0001'],
  ['email', 'email-format', 'nobody'],
  ['email', 'too-long', 'a'.repeat(120)],
  ['goods', 'goods-total', ''],
])('nothing is made up for %s %s %s', (field, rule, value) => {
  expect(propose(field, rule, value)).toBeNull();
});

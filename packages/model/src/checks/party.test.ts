import fc from 'fast-check';
import type { NpPayload, Party } from '../order.js';
import type { Problem } from '../reasons.js';
import { checkPayload } from './payload.js';
import type { CheckContext } from './party.js';
import type { PostalArea } from './postal.js';
import { partyRules, type PartyField } from './rules.js';

const areas: Readonly<Record<string, PostalArea[]>> = {
  '1070052': [{ prefecture: '東京都', city: '港区', town: '赤坂' }],
};
const context: CheckContext = { postalLookup: (postalCode) => areas[postalCode] ?? null };

const good: Party = {
  name: '山田　太郎',
  kana: 'ヤマダ　タロウ',
  company: '株式会社山田商店',
  department: '総務部',
  postalCode: '107-0052',
  address: '東京都港区赤坂1-2-3',
  phone: '09012345678',
  email: 'taro@example.jp',
};
const { email: _email, ...goodDestination } = good;

const payload = (customer: Party, destination: NpPayload['destination'] = null): NpPayload => ({
  shopOrderDate: '2026-04-01',
  settlementType: '02',
  billedYen: 1000,
  customer,
  destination,
  goods: [{ name: 'りんご', unitPriceYen: 1000, quantity: 1 }],
});

const short = (problems: Problem[]): string[] => problems.map(({ rule, npCode }) => `${rule} ${npCode}`);
const asCustomer = (field: PartyField, value: string | undefined): Problem[] =>
  checkPayload(payload({ ...good, [field]: value }), context);
const asDestination = (field: PartyField, value: string | undefined): Problem[] =>
  checkPayload(payload(good, { ...goodDestination, [field]: value }), context);

/** Field, rule, code for the customer, code for the destination, a value that fails, values that pass. */
const cases: [PartyField, string, string, string | null, string, string[]][] = [
  ['name', 'required', 'E0100048', 'E0100072', '', ['山']],
  ['name', 'required', 'E0100048', 'E0100072', ' 　', ['山']],
  ['name', 'prohibited-characters', 'E0100049', 'E0100073', '山田\u0000', ['山田']],
  ['name', 'prohibited-characters', 'E0100049', 'E0100073', '山田\n太郎', ['山田 太郎']],
  ['name', 'not-encodable', 'E0100049', 'E0100073', '𠮷田', ['吉田', '髙﨑']],
  ['name', 'not-encodable', 'E0100049', 'E0100073', '山田😀', ['山田①']],
  ['name', 'not-encodable', 'E0100049', 'E0100073', '山\ud83d', ['山']],
  ['name', 'too-long', 'E0100050', 'E0100074', '山'.repeat(22), ['山'.repeat(21)]],
  ['name', 'too-long', 'E0100050', 'E0100074', 'a'.repeat(22), ['a'.repeat(21)]],
  ['kana', 'too-long', 'E0100051', 'E0100075', 'ア'.repeat(26), ['ア'.repeat(25), '']],
  ['kana', 'prohibited-characters', 'E0100052', 'E0100076', 'ア\t', ['ア']],
  ['kana', 'not-encodable', 'E0100052', 'E0100076', 'ヷ', ['ワ']],
  ['company', 'too-long', 'E0100053', 'E0100077', '社'.repeat(31), ['社'.repeat(30), '']],
  ['company', 'prohibited-characters', 'E0100054', 'E0100078', '社\u0007', ['社']],
  ['company', 'not-encodable', 'E0100054', 'E0100078', '社♥', ['㈱社']],
  ['department', 'too-long', 'E0100055', 'E0100079', '部'.repeat(31), ['部'.repeat(30), '']],
  ['department', 'prohibited-characters', 'E0100056', 'E0100080', '部\u0085', ['部']],
  ['department', 'not-encodable', 'E0100056', 'E0100080', '部\u200b', ['部']],
  ['postalCode', 'required', 'E0100057', 'E0100081', '', ['1070052']],
  ['postalCode', 'postal-characters', 'E0100058', 'E0100082', '107-005x', ['107-0052']],
  ['postalCode', 'postal-format', 'E0100136', 'E0100137', '107-005', ['107-0052']],
  ['postalCode', 'postal-format', 'E0100136', 'E0100137', '107-00522', ['１０７００５２']],
  ['postalCode', 'postal-format', 'E0100136', 'E0100137', '〒-', ['〒107-0052']],
  ['postalCode', 'postal-unknown', 'E0100059', 'E0100083', '999-9999', ['107-0052']],
  ['address', 'required', 'E0100060', 'E0100084', '', ['港区赤坂']],
  ['address', 'prohibited-characters', 'E0100061', 'E0100085', '港区赤坂\u001b', ['港区赤坂']],
  ['address', 'not-encodable', 'E0100061', 'E0100085', '港区赤坂🏠', ['港区赤坂']],
  ['address', 'too-long', 'E0100062', 'E0100086', '港区'.padEnd(56, '赤'), ['港区'.padEnd(55, '赤')]],
  ['address', 'postal-mismatch', 'E0100059', 'E0100083', '東京都渋谷区神宮前1', ['東京都港区芝']],
  ['phone', 'required', 'E0100063', 'E0100087', '', ['0312345678']],
  ['phone', 'phone-characters', 'E0100064', 'E0100088', '090-1234-567x', ['０９０−１２３４−５６７８']],
  ['phone', 'phone-characters', 'E0100064', 'E0100088', '#0312345678', ['(03)1234-5678']],
  ['phone', 'phone-format', 'E0100065', 'E0100089', '9012345678', ['+819012345678']],
  ['phone', 'phone-format', 'E0100065', 'E0100089', '-', ['0312345678']],
  ...['020', '050', '060', '070', '080', '090'].flatMap((prefix): typeof cases => [
    ['phone', 'phone-eleven-digits', 'E0100066', 'E0100090', `${prefix}1234567`, [`${prefix}12345678`]],
    ['phone', 'phone-eleven-digits', 'E0100066', 'E0100090', `${prefix}123456789`, [`${prefix}12345678`]],
  ]),
  ['phone', 'phone-eleven-digits', 'E0100066', 'E0100090', '0800123456', ['08001234567']],
  ['phone', 'phone-ten-digits', 'E0100067', 'E0100091', '012012345', ['0120123456']],
  [
    'phone',
    'phone-ten-digits',
    'E0100067',
    'E0100091',
    '03123456789',
    ['0312345678', '0401234567', '0301234567'],
  ],
  ['email', 'required', 'E0100068', null, '', ['a@b.jp']],
  ['email', 'email-characters', 'E0100069', null, 'たろう@example.jp', ['taro@example.jp']],
  ['email', 'email-characters', 'E0100069', null, 'ta ro@example.jp', ['ta..ro.@docomo.ne.jp']],
  ['email', 'too-long', 'E0100070', null, 'a@b.jp'.padStart(101, 'a'), ['a@b.jp'.padStart(100, 'a')]],
  ['email', 'email-format', 'E0100071', null, 'example.jp', ['taro+np@mail.example.co.jp']],
  ['email', 'email-format', 'E0100071', null, 'taro@example', ['taro@example.jp']],
  ['email', 'email-format', 'E0100071', null, 'a@b@example.jp', ['b@example.jp']],
];

describe('rules on a party', () => {
  it('finds nothing wrong with a good buyer and destination', () => {
    expect(checkPayload(payload(good, goodDestination), context)).toEqual([]);
    expect(checkPayload(payload(good), context)).toEqual([]);
  });

  it.each(cases)('%s: %s earns %s, %s', (...[field, rule, customerCode, destinationCode, bad, passing]) => {
    expect(short(asCustomer(field, bad))).toEqual([`${rule} ${customerCode}`]);
    for (const value of passing) expect(asCustomer(field, value)).toEqual([]);
    if (destinationCode === null) return;
    expect(short(asDestination(field, bad))).toEqual([`${rule} ${destinationCode}`]);
    for (const value of passing) expect(asDestination(field, value)).toEqual([]);
  });

  it('has a case for every row of the table, and the rows have the codes of the cases', () => {
    const wanted = partyRules.map(({ field, rule, customer, destination }) => [
      field,
      rule,
      customer,
      destination,
    ]);
    const sideless = (row: readonly unknown[]) =>
      row.join(' ').replace('address postal', 'postalCode postal');
    const tried = new Set(
      cases.map(([field, rule, customer, destination]) => sideless([field, rule, customer, destination])),
    );
    expect([...tried].sort()).toEqual(wanted.map(sideless).sort());
  });

  it('names the side, the field and the figures, and never a value', () => {
    expect(asCustomer('name', '山'.repeat(25))).toEqual([
      { field: 'customer.name', rule: 'too-long', npCode: 'E0100050', figures: { limit: 21, length: 25 } },
    ]);
    expect(asDestination('address', '港区🏠赤坂🏠')).toEqual([
      {
        field: 'destination.address',
        rule: 'not-encodable',
        npCode: 'E0100085',
        figures: { count: 2, position: 3 },
      },
    ]);
    expect(asCustomer('phone', '090123456')).toEqual([
      {
        field: 'customer.phone',
        rule: 'phone-eleven-digits',
        npCode: 'E0100066',
        figures: { limit: 11, length: 9 },
      },
    ]);
  });

  it('reports each fault of a field', () => {
    expect(short(asCustomer('name', `\u0000😀${'山'.repeat(20)}`))).toEqual([
      'prohibited-characters E0100049',
      'not-encodable E0100049',
      'too-long E0100050',
    ]);
  });

  it('asks for no mail address where the shop is exempt, but checks one that is given', () => {
    const exempt = { ...context, emailRequired: false };
    expect(checkPayload(payload({ ...good, email: undefined }), exempt)).toEqual([]);
    expect(short(checkPayload(payload({ ...good, email: 'taro' }), exempt))).toEqual([
      'email-format E0100071',
    ]);
    expect(short(checkPayload(payload({ ...good, email: undefined }), context))).toEqual([
      'required E0100068',
    ]);
  });

  it('leaves a missing address to its own rule', () => {
    expect(short(asCustomer('address', ''))).toEqual(['required E0100060']);
  });

  it('never throws and never repeats a value, whatever the text', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'grapheme' }),
      fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
    );
    const party = fc.record(Object.fromEntries(Object.keys(good).map((field) => [field, text])));
    const lookup = fc.constantFrom(null, [], areas['1070052'] ?? []);
    fc.assert(
      fc.property(party, text, lookup, (fields, goods, found) => {
        const arbitrary = { ...good, ...fields };
        const sent = {
          ...payload(arbitrary, arbitrary),
          goods: [{ name: goods, unitPriceYen: 1000, quantity: 1 }],
        };
        for (const problem of checkPayload(sent, { postalLookup: () => found })) {
          expect(Object.keys(problem).sort()).toEqual(expect.arrayContaining(['field', 'npCode', 'rule']));
          expect(Object.values(problem.figures ?? {}).every(Number.isFinite)).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });
});

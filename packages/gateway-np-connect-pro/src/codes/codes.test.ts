import { explain, explainRejection, npCodeCards } from './index.js';

const numbered = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `E0100${String(from + index).padStart(3, '0')}`);
const holds = Array.from({ length: 31 }, (_, index) => `RE${String(index + 1).padStart(3, '0')}`);

/** Every code to which the reference gives a meaning, section by section. RE030 has none anywhere. */
const reference = [
  'NG001',
  'NG002',
  'NG999',
  'authori_ng.RE001',
  'authori_ng.RE002',
  'authori_ng.RE003',
  ...holds.filter((code) => code !== 'RE030'),
  'EPRO0101',
  'EPRO0102',
  'EPRO0105',
  'EPRO0106',
  'EPRO0107',
  'EPRO0109',
  'E0100002',
  'E0100003',
  'E0100113',
  ...numbered(48, 71),
  'E0100136',
  ...numbered(72, 91),
  'E0100137',
  'E0102004',
  'E0100115',
  'E0131006',
  'E0131010',
  'E0131011',
  'E0100114',
  'E0100118',
  'E0100131',
  'E0100132',
  ...numbered(105, 111),
  'E0100143',
  'E0100124',
  'E0100126',
  'E0100121',
  'E0100120',
  'E0109002',
  'E0109003',
  'duplicate-registration',
];

const partyPaths = ['name', 'kana', 'company', 'department', 'postalCode', 'address', 'phone'];
const knownPaths = [
  ...partyPaths.flatMap((field) => [`customer.${field}`, `destination.${field}`]),
  'customer.email',
  'goods',
  'billedYen',
  'npTransactionId',
  'shipment.carrier',
  'shipment.slipNumber',
  'shipment.billIssuedOn',
];

it('has every code of the reference, once each, and no other', () => {
  expect(npCodeCards.map(({ code }) => code).sort()).toEqual([...reference].sort());
});

describe.each(npCodeCards)('$code', (card) => {
  it('has Japanese in Japanese and English in English', () => {
    const texts = [
      card.title,
      card.explanation,
      card.fix,
      ...(card.buyerText === null ? [] : [card.buyerText]),
    ];
    for (const text of texts) {
      expect(text.ja).toMatch(/[\u3040-\u30ff\u4e00-\u9fff]/);
      expect(text.en).toMatch(/[a-z]{3}/);
    }
    expect(card.title.en).not.toMatch(/undefined|null/);
    expect(card.source).toMatch(/S\d|client/);
  });

  it('points at known fields, and at one party only', () => {
    expect(card.fields.filter((field) => !knownPaths.includes(field))).toEqual([]);
    expect(new Set(card.fields.map((field) => field.split('.')[0])).size).toBeLessThanOrEqual(
      card.fields.includes('goods') ? 2 : 1,
    );
  });

  it('has a text for the buyer exactly when the buyer acts', () => {
    expect(card.buyerText !== null).toBe(card.actor === 'buyer');
  });
});

it.each([
  ['RE029', 'np'],
  ['RE026', 'nobody'],
  ['NG001', 'nobody'],
  ['RE003', 'shop'],
  ['RE021', 'buyer'],
  ['E0100059', 'shop'],
])('%s is for %s to act on', (code, actor) => {
  expect(explain(code)).toMatchObject({ known: true, actor });
});

it('says of RE029 to wait until 18:00 and not to ship', () => {
  const card = npCodeCards.find(({ code }) => code === 'RE029');
  expect(card?.fix.ja).toMatch(/翌営業日の18時.*発送しない/);
});

it('tells RE001 as a hold (a name) from RE001 as a rejection (the limit)', () => {
  expect(explain('RE001')).toEqual({ code: 'RE001', known: true, actor: 'buyer', fields: ['customer.name'] });
  expect(explainRejection('RE001')).toEqual({
    code: 'authori_ng.RE001',
    known: true,
    actor: 'nobody',
    fields: [],
  });
  expect(explainRejection('NG999').code).toBe('NG999');
});

it.each(['E0100999', 'RE030', '', 'toString'])('keeps the unknown code %p raw', (code) => {
  expect(explain(code)).toEqual({ code, known: false, actor: 'shop', fields: [] });
  expect(explainRejection(code)).toEqual({ code, known: false, actor: 'shop', fields: [] });
});

import { kindOf } from '../src/pages/codes/kinds.js';

test.each([
  ['RE009', 'hold'],
  ['NG001', 'rejected'],
  ['authori_ng.RE001', 'rejected'],
  ['E0100059', 'refused'],
  ['EPRO0101', 'refused'],
  ['71010999', 'sbps'],
  ['LINK-REFUSED', 'other'],
  ['duplicate-registration', 'other'],
])('the code %s is one of the kind %s', (code, kind) => {
  expect(kindOf({ code })).toBe(kind);
});

test('what staff have explained stands together, whatever its code', () => {
  const card = { title: {}, explanation: {}, fix: {}, actor: 'shop' as const };
  expect(kindOf({ code: 'E0109999', staff: { by: 'support', at: '2026-11-28T00:00:00.000Z', card } })).toBe(
    'staff',
  );
});

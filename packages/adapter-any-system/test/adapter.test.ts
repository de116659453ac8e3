import { join } from 'node:path';
import { adapterContract } from '@np-hub/contract';
import { carriers, wordKeys } from '@np-hub/model';
import { anySystem } from '../src/index.js';
import { shippingKeys, words } from '../src/data/words.js';

adapterContract({ adapter: anySystem, settings: {}, folder: join(__dirname, '..') });

const settings = anySystem.settings.parse({});
const plain = {
  orderNumber: 'A-1',
  orderedAt: '2026-11-21T10:00:00+09:00',
  buyer: { name: '見本 太郎', postalCode: '106-0032', address: '東京都港区六本木1-1', phone: '03-0000-0000' },
  lines: [{ name: '見本品', unitPriceYen: 3_000, quantity: 1 }],
  billedYen: 3_000,
};

describe('carriers', () => {
  const readCarrier = (carrier: string) => {
    const reading = anySystem.readOrder({ ...plain, parcels: [{ carrier, slipNumber: '1' }] }, settings);
    return reading.kind === 'order' ? reading.order.parcels[0]?.carrier : reading;
  };

  test.each(Object.entries(carriers))('%s is known by its id and by its NP code', (id, { npCode }) => {
    expect(readCarrier(id)).toEqual({ kind: 'mapped', value: id, raw: id });
    expect(readCarrier(npCode)).toEqual({ kind: 'mapped', value: id, raw: npCode });
  });

  test.each(['ヤマト', 'YAMATO', '5901', 'constructor'])('%s is nobody’s to guess', (carrier) => {
    expect(readCarrier(carrier)).toEqual({ kind: 'unmapped', raw: carrier });
  });
});

describe('what is wrong', () => {
  const problemsOf = (raw: unknown): readonly string[] => {
    const reading = anySystem.readOrder(raw, settings);
    return reading.kind === 'unreadable' ? reading.problems : [];
  };

  test('is named by its path, in both languages, all at once and without its value', () => {
    const raw = { ...plain, billedYen: '3000', buyer: { ...plain.buyer, phone: 9_012_345_678 }, emial: 'x' };
    const problems = problemsOf(raw);
    expect(problems.map((problem) => problem.split(': ')[0])).toEqual(['buyer.phone', 'billedYen', 'emial']);
    expect(problems.every((problem) => / \/ /u.test(problem))).toBe(true);
    expect(problems.join()).not.toMatch(/9012345678|"3000"/u);
  });

  test.each(['0000-01-01T00:00:00Z', '2026-11-21 10:00:00', '2026-11-21T10:00:00', 'yesterday', ''])(
    'an order of %j',
    (orderedAt) =>
      expect(problemsOf({ ...plain, orderedAt })).toEqual([expect.stringMatching(/^orderedAt: /u)]),
  );

  test.each(['', ' ', 'A\u0000', 'x'.repeat(101)])('the number %j', (orderNumber) => {
    expect(problemsOf({ ...plain, orderNumber })[0]).toMatch(/^orderNumber: /u);
  });
});

describe('own words', () => {
  test('stand for the states that the shop names; the others keep their names', () => {
    const own = anySystem.settings.parse({ words: { approved: 'SHIP_OK' } });
    expect(anySystem.ownWords?.(own)).toEqual({ approved: 'SHIP_OK' });
  });

  test.each(wordKeys.filter((key) => !shippingKeys.includes(key)))(
    '%s never shares its word with a state in which goods may go',
    (key) => {
      expect(anySystem.settings.safeParse({ words: { [key]: 'OK', approved: 'OK' } }).success).toBe(false);
      expect(anySystem.settings.safeParse({ words: { [key]: words.approved } }).success).toBe(false);
      expect(anySystem.settings.safeParse({ words: { [key]: 'OWN' } }).success).toBe(true);
    },
  );
});

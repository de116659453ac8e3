import * as fc from 'fast-check';
import { fileStamp, stampedAt } from './file-names.js';

describe('moments in names of files', () => {
  it('are read back to the second', () => {
    const at = fc.date({
      min: new Date('2000-01-01T00:00:00Z'),
      max: new Date('2099-12-31T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(at, (moment) => {
        const second = new Date(Math.floor(moment.getTime() / 1000) * 1000);
        expect(stampedAt(`orders_${fileStamp(moment)} (1).csv`)).toEqual(second);
      }),
    );
  });

  it.each(['order_261121_093000.csv', '20261121093000.csv', 'a-20261121-093000-b.csv'])(
    '%s tells one',
    (name) => {
      expect(stampedAt(name)).toEqual(new Date('2026-11-21T00:30:00Z'));
    },
  );

  it.each([
    'orders.csv',
    'orders-183479.csv',
    '20261341_093000.csv',
    '450012345671.csv',
    '1234567890123456.csv',
    '',
  ])('%j tells none', (name) => expect(stampedAt(name)).toBeNull());
});

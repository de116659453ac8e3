import { IoError } from './errors.js';
import { checkBy, everyPage, pushInBatches } from './runs.js';

async function all(pages: AsyncIterable<readonly unknown[]>): Promise<unknown[]> {
  const orders: unknown[] = [];
  for await (const page of pages) orders.push(...page);
  return orders;
}

describe('everyPage', () => {
  const shop = (total: number, size: number) => (page: number) =>
    Promise.resolve({
      total,
      orders: Array.from({ length: total }, (_, index) => index).slice((page - 1) * size, page * size),
    });

  it.each([
    [0, 10],
    [10, 10],
    [11, 10],
    [35, 10],
  ])('reads all of %d orders in pages of %d', async (total, size) => {
    expect(await all(everyPage('cart', shop(total, size)))).toHaveLength(total);
  });

  it.each([
    ['the same page for ever', { total: 9, orders: [1] }],
    ['an empty page before its own count', { total: 1, orders: [] }],
  ])('throws at %s', async (_, page) => {
    const failure = all(everyPage('cart', () => Promise.resolve(page)));
    await expect(failure).rejects.toMatchObject({ kind: 'malformed' });
  });
});

describe('pushInBatches', () => {
  const updates = Array.from({ length: 5 }, (_, index) => ({ orderNumber: `${index}`, word: 'OK' }));
  const gone = new IoError('unavailable', 'gone', { applied: 'unknown' });

  it('keeps the order over the batches', async () => {
    const sizes: number[] = [];
    const results = await pushInBatches(updates, 2, (batch) => {
      sizes.push(batch.length);
      return Promise.resolve(
        batch.map(({ orderNumber: message }) => ({ kind: 'refused' as const, message })),
      );
    });
    expect(sizes).toEqual([2, 2, 1]);
    expect(results).toEqual(updates.map(({ orderNumber }) => ({ kind: 'refused', message: orderNumber })));
  });

  it('throws when the first batch fails, and fails only the rest later', async () => {
    await expect(pushInBatches(updates, 2, () => Promise.reject(gone))).rejects.toBe(gone);
    let batches = 0;
    const results = await pushInBatches(updates, 2, (batch) =>
      (batches += 1) === 1
        ? Promise.resolve(batch.map(() => ({ kind: 'done' as const })))
        : Promise.reject(gone),
    );
    expect(results.map(({ kind }) => kind)).toEqual(['done', 'done', 'failed', 'failed', 'failed']);
    expect(batches).toBe(2);
  });
});

describe('checkBy', () => {
  const text = (ja: string) => ({ ja, en: ja });
  const texts = {
    ok: text('ok'),
    unauthorized: text('unauthorized'),
    throttled: text('throttled'),
    unavailable: text('unavailable'),
    rejected: text('rejected'),
    malformed: text('malformed'),
  };

  it('says how it went, and throws what is no failure of I/O', async () => {
    expect(await checkBy(() => Promise.resolve(), texts)).toEqual({ kind: 'ok', message: texts.ok });
    const gone = new IoError('unavailable', 'gone', { applied: 'no' });
    expect(await checkBy(() => Promise.reject(gone), texts)).toEqual({
      kind: 'failed',
      error: 'unavailable: gone',
      message: texts.unavailable,
    });
    await expect(checkBy(() => Promise.reject(new Error('a defect')), texts)).rejects.toThrow('a defect');
  });
});

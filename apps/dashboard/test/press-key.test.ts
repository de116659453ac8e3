import { ApiError, unreachable } from '../src/api/client.js';
import { pressKeys } from '../src/api/press-key.js';

/** A write that ends when it is told to. */
function slowWrite() {
  const sent: string[] = [];
  let end: (answer: string) => void = () => undefined;
  let fail: (error: unknown) => void = () => undefined;
  const write = (key: string) =>
    new Promise<string>((done, refuse) => {
      sent.push(key);
      [end, fail] = [done, refuse];
    });
  return { sent, write, end: (answer: string) => end(answer), fail: (error: unknown) => fail(error) };
}

test('a double click sends once, and both presses get the answer', async () => {
  const press = pressKeys();
  const { sent, write, end } = slowWrite();
  const both = [press({ name: 'A' }, write), press({ name: 'A' }, write)];
  end('made');
  expect(await Promise.all(both)).toEqual(['made', 'made']);
  expect(sent).toHaveLength(1);
});

test('another content while one is under way is not sent; after it, each press has a key of its own', async () => {
  const press = pressKeys();
  const { sent, write, end } = slowWrite();
  const first = press({ name: 'A' }, write);
  expect(await press({ name: 'B' }, write)).toBeNull();
  end('made');
  await first;
  const next = press({ name: 'A' }, write);
  end('made again');
  expect(await next).toBe('made again');
  expect(new Set(sent).size).toBe(2);
});

test.each([
  ['no answer came: the same key', new ApiError(0, unreachable), 1],
  ['it was refused: another key', new ApiError(400, { ...unreachable, error: 'invalid-input' }), 2],
])('a press again after one that failed, %s', async (_, error, keys) => {
  const press = pressKeys();
  const { sent, write, end, fail } = slowWrite();
  const both = [press('x', write), press('x', write)];
  fail(error);
  expect((await Promise.allSettled(both)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  const again = press('x', write);
  end('done');
  await again;
  expect(new Set(sent).size).toBe(keys);
});

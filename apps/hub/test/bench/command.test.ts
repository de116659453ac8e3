import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const program = join(__dirname, '../../bench/bench.mjs');

test.each([
  [['nothing'], 'There is no bench nothing.'],
  [['start', '--orders', '0'], '--orders 0: a whole number above zero'],
  [['start', '--speed', '3'], '--speed'],
])('npm run bench -- %j says what is wrong, and how it is used', (args, text) => {
  const { status, stderr, stdout } = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' });
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toContain(text);
  expect(stderr).toContain('usage: npm run bench');
});

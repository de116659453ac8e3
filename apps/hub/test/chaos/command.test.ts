import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Runs the command with arguments that end it before anything begins. */
function command(...args: string[]): { code: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(__dirname, 'chaos.mjs'), ...args], {
    encoding: 'utf8',
  });
  return { code: status, said: stdout + stderr };
}

test.each([
  [['--orders', 'many'], '--orders many: a whole number from 1 to 100000'],
  [['--seed', '-1'], "'--seed'"],
  [['--hubs', '5'], '--hubs 5: a whole number from 1 to 4'],
  [['--kills', '2'], '--kills 2: a probability from 0 to 1'],
  [['--faults', 'lost-answer'], '--faults lost-answer : a probability from 0 to 1'],
  [['--mode', 'both'], '--mode both: deterministic or process'],
  [['--ordrs', '5'], "'--ordrs'"],
  [['fast'], 'fast: not an option'],
])('%j is refused by name, and nothing runs', (args, complaint) => {
  const { code, said } = command(...args);
  expect(said).toContain(complaint);
  expect(said).toContain('usage: npm run chaos');
  expect(code).toBe(2);
});

test('--help says how', () => {
  const { code, said } = command('--help');
  expect(said).toContain('--faults none|name=probability');
  expect(code).toBe(0);
});

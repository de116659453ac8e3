import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryFiles, root } from './support/files.js';
import { adapterLines } from './support/rules.js';

const files = repositoryFiles();
const installed = ['apps/hub/package.json', 'apps/hub/src/adapters.ts'];

const names = readdirSync(join(root, 'packages'))
  .filter((name) => name.startsWith('adapter-'))
  .sort();

/** Code outside a package, tests aside, that names it: what adding this cart has changed. */
const editedFor = (name: string): string[] =>
  files
    .filter(({ path }) => !path.startsWith(`packages/${name}/`) && !/\/test\/|\.test\.ts$|\.md$/.test(path))
    .filter(({ text }) => new RegExp(`@np-hub/${name}(?![a-z0-9-])`).test(text))
    .map(({ path }) => path)
    .sort();

const lines = adapterLines(files);
const rows = names.map((name) => ({
  adapter: name.slice('adapter-'.length),
  lines: lines.get(name) ?? 0,
  files: files.filter(({ path }) => path.startsWith(`packages/${name}/src/`)).length,
  'existing files edited': editedFor(name).length,
  cases: files.filter(
    ({ path }) => path.startsWith(`packages/${name}/fixtures/`) && path.endsWith('.out.json'),
  ).length,
}));

const columns = ['adapter', 'lines', 'files', 'existing files edited', 'cases'] as const;

test('a cart is a small thing to add', () => {
  const cells = [[...columns], ...rows.map((row) => columns.map((column) => String(row[column])))];
  const widths = columns.map((_, index) => Math.max(...cells.map((row) => row[index]?.length ?? 0)));
  const table = cells.map((row) =>
    row
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  process.stdout.write(`${table.join('\n')}\n`);
  expect(rows.filter((row) => row.lines > 400)).toEqual([]);
  const sorted = rows.map((row) => row.lines).sort((one, other) => one - other);
  expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(300);
});

test.each(rows)(
  '$adapter: two existing files are edited, and its contract has cases',
  ({ adapter, cases }) => {
    expect(editedFor(`adapter-${adapter}`)).toEqual(installed);
    expect(cases).toBeGreaterThan(0);
  },
);

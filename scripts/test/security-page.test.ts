import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { root } from './support/files.js';

const page = readFileSync(join(root, 'docs/security.md'), 'utf8');

/** What the page names in code marks and calls a file or a folder: a test that shows an item, a source, a setting. */
const namedPaths = [...page.matchAll(/`([\w./-]+)`/gu)]
  .map(([, name = '']) => name)
  .filter(
    (name) => /^(?:src|test|scripts|packages|ops|apps)\//u.test(name) || /\.(?:ts|yaml|md)$/u.test(name),
  );

/** A name without a folder is one beside those that the same line names first. */
const trustTests = readdirSync(join(root, 'apps/hub/test/trust'));
const stands = (name: string): boolean =>
  existsSync(join(root, name)) ||
  existsSync(join(root, 'apps/hub', name)) ||
  (basename(name) === name && trustTests.includes(name));

/** The rows of the tables of items: what it is, how, and what shows it. */
const rows = page
  .split('\n')
  .filter((line) => /^\| \d/u.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()));

test('the page of security names only tests, sources and settings that are there', () => {
  expect(namedPaths.length).toBeGreaterThan(60);
  expect([...new Set(namedPaths)].filter((name) => !stands(name))).toEqual([]);
});

test('every item of the page names what shows it', () => {
  expect(rows.length).toBeGreaterThan(40);
  expect(rows.filter((cells) => cells.length !== 5 || !cells[3]).map((cells) => cells[1])).toEqual([]);
});

import { repositoryFiles } from './support/files.js';
import { breaches, largeAdapters, longFiles, textRules } from './support/rules.js';

const files = repositoryFiles();

test.each(textRules)('$name', (rule) => {
  expect(breaches(rule, files)).toEqual([]);
});

test.each([
  ['nothing left for later', 'README.md', ['TO', 'DO'].join('')],
  ['no rule switched off', 'packages/kit/src/a.ts', `// eslint-${['dis', 'able'].join('')}-next-line`],
  ['no path of somebody’s machine', 'docs/a.md', `see /${['ho', 'me'].join('')}/someone/np-hub`],
  [
    'only env.ts reads the environment',
    'apps/hub/src/main.ts',
    `const port = ${['process', 'env'].join('.')}.PORT;`,
  ],
])('finds a breach of "%s"', (name, path, text) => {
  const rule = textRules.find((candidate) => candidate.name === name);
  expect(rule && breaches(rule, [{ path, text: `\n${text}` }])).toEqual([`${path}:2`]);
});

test('env.ts may read the environment', () => {
  const text = `export const environment = ${['process', 'env'].join('.')};`;
  expect(textRules.flatMap((rule) => breaches(rule, [{ path: 'apps/hub/src/env.ts', text }]))).toEqual([]);
});

test('no file of code is longer than 400 lines, and no adapter package either', () => {
  expect(longFiles(files, 400)).toEqual([]);
  expect(largeAdapters(files, 400)).toEqual([]);
});

test('lines are counted without blank ones, data and tests', () => {
  const text = 'const a = 1;\n\n'.repeat(3);
  const sample = ['src/index.ts', 'src/read.ts', 'src/read.test.ts', 'src/data/words.ts'].map((name) => ({
    path: `packages/adapter-x/${name}`,
    text,
  }));
  expect(largeAdapters(sample, 5)).toEqual(['adapter-x: 6 lines']);
  expect(largeAdapters(sample, 6)).toEqual([]);
  expect(longFiles(sample, 2)).toHaveLength(3);
});

interface PackageManifest {
  readonly exports?: { readonly '.'?: Readonly<Record<string, string>> };
}

const packages = files.filter(({ path }) => /^packages\/[^/]+\/package\.json$/.test(path));

test.each(packages)('$path exports its sources to tools and its build to Node', ({ text }) => {
  const { exports } = JSON.parse(text) as PackageManifest;
  // The order matters: the first condition that a tool knows wins.
  expect(Object.entries(exports?.['.'] ?? {})).toEqual([
    ['source', './src/index.ts'],
    ['default', './dist/index.js'],
  ]);
});

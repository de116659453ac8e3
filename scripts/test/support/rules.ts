import type { SourceFile } from './files.js';

/** One thing that the repository's text must not say. */
interface TextRule {
  readonly name: string;
  readonly applies: (path: string) => boolean;
  readonly forbidden: RegExp;
}

const isCode = (path: string) => /\.(ts|tsx|mjs|js)$/.test(path);
const isTest = (path: string) => /\.test\.tsx?$|\/test\//.test(path);

// Written in pieces: this file is read by its own rules.
const word = (...pieces: readonly string[]) => pieces.join('');

/** Rules about text that no linter has, or that no comment may switch off. */
export const textRules: readonly TextRule[] = [
  {
    name: 'nothing left for later',
    applies: () => true,
    forbidden: new RegExp(`\\b(${word('TO', 'DO')}|${word('FIX', 'ME')}|${word('XX', 'X')})\\b`),
  },
  {
    name: 'no rule switched off',
    applies: isCode,
    forbidden: new RegExp(
      `(eslint|oxlint)-${word('dis', 'able')}|prettier-${word('ig', 'nore')}|@ts-(${word('ig', 'nore')}|${word('no', 'check')}|${word('expect', '-error')})`,
    ),
  },
  {
    name: 'no path of somebody’s machine',
    applies: () => true,
    forbidden: new RegExp(
      `(^|[\\s"'\`(=:])(/(${word('wo', 'rk')}|${word('ro', 'ot')}|${word('ho', 'me')}|${word('Us', 'ers')})/\\w|[A-Z]:\\\\Users)`,
    ),
  },
  {
    name: 'only env.ts reads the environment',
    // The contract suites look for the same words in adapters.
    applies: (path) =>
      isCode(path) &&
      /^(apps|packages\/(?!contract\/))/.test(path) &&
      !isTest(path) &&
      !/^apps\/[^/]+\/src\/env\.ts$|\.config\.ts$/.test(path),
    forbidden: new RegExp(`${word('process', '\\.env')}\\b|from '(node:)?${word('pro', 'cess')}'`),
  },
];

/** The files that break a rule, each with its line. */
export function breaches(rule: TextRule, files: readonly SourceFile[]): readonly string[] {
  return files
    .filter((file) => rule.applies(file.path))
    .flatMap((file) =>
      file.text
        .split('\n')
        .flatMap((line, index) => (rule.forbidden.test(line) ? [`${file.path}:${index + 1}`] : [])),
    );
}

const isData = (path: string) => /\/(data|codes|fixtures)\//.test(path);

/** Lines that are not blank, by file, of the code that is neither data nor test. */
function codeLines(files: readonly SourceFile[]): readonly (readonly [string, number])[] {
  return files
    .filter(({ path }) => isCode(path) && !isData(path))
    .map(({ path, text }) => [path, text.split('\n').filter((line) => line.trim() !== '').length] as const);
}

/** Files that are too long to be read at one go. */
export function longFiles(files: readonly SourceFile[], limit: number): readonly string[] {
  return codeLines(files).flatMap(([path, lines]) => (lines > limit ? [`${path}: ${lines} lines`] : []));
}

/** Lines of each adapter package, data and tests aside. */
export function adapterLines(files: readonly SourceFile[]): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  for (const [path, lines] of codeLines(files)) {
    const name = /^packages\/(adapter-[^/]+)\/src\//.exec(path)?.[1];
    if (name && !isTest(path)) sizes.set(name, (sizes.get(name) ?? 0) + lines);
  }
  return sizes;
}

/** Adapter packages that have outgrown the promise that a cart is a small thing to add. */
export const largeAdapters = (files: readonly SourceFile[], limit: number): readonly string[] =>
  [...adapterLines(files)].flatMap(([name, lines]) => (lines > limit ? [`${name}: ${lines} lines`] : []));

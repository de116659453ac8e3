import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { transformSync } from '@swc/core';

const root = join(__dirname, '../../../../..');

/** One place in the sources, as it stands there and as it would stand without the guard. */
export interface Cut {
  /** From the root of the repository. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** The same as in jest.config.mjs: what runs differs by the cut alone. */
const compiler = {
  swcrc: false,
  jsc: {
    target: 'es2023' as const,
    parser: { syntax: 'typescript' as const, decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
  },
  module: { type: 'commonjs' as const },
};

/** The source without the guard. Throws where the guard is not found once: then the list of mutants is out of date. */
function cutSource(file: string, cuts: readonly Cut[]): string {
  return cuts.reduce(
    (source, { from, to }) => {
      const parts = source.split(from);
      if (parts.length !== 2) throw new Error(`${file} has ${parts.length - 1} times: ${from}`);
      return parts.join(to);
    },
    readFileSync(file, 'utf8'),
  );
}

/** The files that these cuts are made in, as they would be without the guard. Throws where a guard is not found. */
export function sourcesWithout(cuts: readonly Cut[]): ReadonlyMap<string, string> {
  const files = new Map<string, Cut[]>();
  for (const cut of cuts) {
    const file = join(root, cut.file);
    files.set(file, [...(files.get(file) ?? []), cut]);
  }
  return new Map([...files].map(([file, own]) => [file, cutSource(file, own)]));
}

/**
 * Lets modules that are loaded from now on have these places cut out, in memory alone: nothing on disk changes. The
 * caller resets Jest's modules before and after.
 */
export function cutOut(cuts: readonly Cut[]): void {
  for (const [file, source] of sourcesWithout(cuts)) {
    const { code } = transformSync(source, { ...compiler, filename: file });
    jest.doMock(file, () => {
      const module = { exports: {} };
      const run = new Function('exports', 'require', 'module', code) as (...parts: unknown[]) => void;
      run(module.exports, createRequire(file), module);
      return module.exports;
    });
  }
}

/** As before: everything as it stands in the sources. */
export function restore(cuts: readonly Cut[]): void {
  for (const { file } of cuts) jest.dontMock(join(root, file));
}

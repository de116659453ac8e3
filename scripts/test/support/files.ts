import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';

export const root = resolve(__dirname, '../../..');

const notOurs = new Set(['node_modules', 'dist', '.git', '.turbo', '.np-hub', 'coverage']);

function* walk(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (notOurs.has(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(path);
    else if (entry.isFile()) yield path;
  }
}

export interface SourceFile {
  /** From the root of the repository, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** Every text file of the repository that a person wrote; the lockfile has its own tests. */
export function repositoryFiles(): readonly SourceFile[] {
  return [...walk(root)]
    .filter((path) => !/\.(png|jpg|ico|woff2?|pdf|zip|log|tsbuildinfo)$|pnpm-lock\.yaml$/.test(path))
    .map((path) => ({ path: relative(root, path).split(sep).join('/'), text: readFileSync(path, 'utf8') }));
}

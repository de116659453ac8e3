/**
 * The build of everything but the dashboard: compiles `src/**` of each package into its `dist` and copies data files next
 * to it, all in one process. Types are checked apart (`npm run validate`), so nothing here waits for them.
 */
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { transformFileSync } from '@swc/core';

const options = {
  swcrc: false,
  sourceMaps: true,
  module: { type: 'es6' },
  jsc: {
    target: 'es2023',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
    experimental: { keepImportAttributes: true },
  },
};

function compile(source, target) {
  const { code, map } = transformFileSync(source, options);
  const script = target.replace(/\.ts$/, '.js');
  const name = script.split(sep).at(-1);
  writeFileSync(script, `${code}//# sourceMappingURL=${name}.map\n`);
  const sources = [relative(dirname(script), source).split(sep).join('/')];
  writeFileSync(`${script}.map`, JSON.stringify({ ...JSON.parse(map), file: name, sources }));
}

function build(folder) {
  const from = join(folder, 'src');
  const to = join(folder, 'dist');
  rmSync(to, { recursive: true, force: true });
  for (const entry of readdirSync(from, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || /\.test\.ts$|\.d\.ts$/.test(entry.name)) continue;
    const source = join(entry.parentPath, entry.name);
    const target = join(to, relative(from, source));
    mkdirSync(dirname(target), { recursive: true });
    if (entry.name.endsWith('.ts')) compile(source, target);
    else copyFileSync(source, target);
  }
}

const folders = ['packages', 'apps'].flatMap((room) => readdirSync(room).map((name) => join(room, name)));
for (const folder of folders.filter((path) => existsSync(join(path, 'src')) && !path.endsWith('dashboard')))
  build(folder);

import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { root } from './support/files.js';

interface Report {
  readonly summary: {
    readonly totalCruised: number;
    readonly violations: readonly {
      readonly from: string;
      readonly to: string;
      readonly rule: { readonly name: string };
    }[];
  };
}

/** Runs the import rules over a tree; dependency-cruiser is an ES module, so it runs in a process of its own. */
async function cruise(folder: string): Promise<Report> {
  const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const flags = [
    '--config',
    join(root, '.dependency-cruiser.mjs'),
    '--output-type',
    'json',
    'packages',
    'apps',
  ];
  const run = promisify(execFile)(process.execPath, [program, ...flags], {
    cwd: folder,
    maxBuffer: 100_000_000,
  });
  const { stdout } = await run.catch((error: { stdout: string }) => error);
  return JSON.parse(stdout) as Report;
}

test('imports go one way', async () => {
  const { summary } = await cruise(root);
  expect(summary.totalCruised).toBeGreaterThan(20);
  expect(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([]);
});

/** One breach of each rule: the file, what it imports, the rule that has to find it (a cycle is reported once). */
const wrong: readonly (readonly [file: string, imported: string, rules: readonly string[]])[] = [
  ['packages/model/src/one.ts', './two.js', ['no-cycle']],
  ['packages/model/src/two.ts', './one.js', []],
  ['packages/kit/src/lost.ts', './nowhere.js', ['resolvable']],
  ['packages/model/src/node.ts', 'node:fs', ['model-is-pure']],
  ['packages/model/src/up.test.ts', '../../kit/src/index.js', ['model-knows-nobody']],
  ['packages/kit/src/up.ts', '../../adapter-a/src/index.js', ['kit-knows-the-model']],
  ['packages/contract/src/up.ts', '../../adapter-a/src/index.js', ['contract-knows-model-and-kit']],
  [
    'packages/adapter-a/src/sibling.ts',
    '../../adapter-b/src/index.js',
    ['adapters-and-gateways-stand-alone'],
  ],
  ['packages/gateway-g/src/up.ts', '../../../apps/hub/src/index.js', ['adapters-and-gateways-stand-alone']],
  ['packages/gateway-g/src/framework.ts', 'typeorm', ['no-framework-in-packages']],
  ['packages/adapter-b/src/framework.ts', '@nestjs/common', ['no-framework-in-packages']],
  ['packages/adapter-a/src/suites.ts', '../../contract/src/index.js', ['contract-in-tests-only']],
  ['apps/dashboard/src/kit.ts', '../../../packages/kit/src/index.js', ['dashboard-knows-the-model']],
  ['apps/sandbox/src/model.ts', '../../../packages/model/src/index.js', ['sandbox-speaks-the-wire']],
  ['apps/hub/src/app.ts', '../../sandbox/src/index.js', ['hub-runs-alone']],
  ['apps/hub/src/cart.ts', '../../../packages/adapter-a/src/index.js', ['one-list-of-carts-and-gateways']],
];

/** Imports that look alike and are allowed. */
const right: readonly (readonly [file: string, imported: string])[] = [
  ['packages/model/src/schema.ts', 'zod'],
  ['packages/kit/src/model.ts', '../../model/src/index.js'],
  ['packages/adapter-a/src/read.ts', '../../kit/src/index.js'],
  ['packages/adapter-a/src/adapter.test.ts', '../../contract/src/index.js'],
  ['apps/dashboard/src/model.ts', '../../../packages/model/src/index.js'],
  ['apps/hub/src/adapters.ts', '../../../packages/adapter-a/src/index.js'],
  ['apps/hub/test/world.ts', '../../sandbox/src/index.js'],
];

const empty = [
  'packages/model',
  'packages/kit',
  'packages/contract',
  'packages/adapter-a',
  'packages/adapter-b',
  'apps/hub',
  'apps/sandbox',
];

function write(folder: string, file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

test('each rule finds a tree that breaks it, and nothing else', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'np-hub-imports-'));
  try {
    for (const room of empty) write(folder, `${room}/src/index.ts`, 'export const nothing = 0;\n');
    for (const name of ['typeorm', '@nestjs/common', 'zod']) {
      write(
        folder,
        `node_modules/${name}/package.json`,
        JSON.stringify({ name, version: '1.0.0', main: 'index.js' }),
      );
      write(folder, `node_modules/${name}/index.js`, 'module.exports = {};\n');
    }
    for (const [file, imported] of [...wrong, ...right]) write(folder, file, `import '${imported}';\n`);
    const { summary } = await cruise(folder);
    const found = summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`).sort();
    expect(found).toEqual(wrong.flatMap(([file, , rules]) => rules.map((name) => `${name}: ${file}`)).sort());
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

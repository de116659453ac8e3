import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from './support/files.js';

interface Outcome {
  readonly code: number;
  readonly text: string;
}

/** Compiler and Jest run once each for two packages, on a machine that may be busy. */
jest.setTimeout(300_000);

let tree: string;
beforeAll(() => {
  tree = treeWithoutCarts();
});
afterAll(() => rmSync(tree, { recursive: true, force: true }));

const run = (args: readonly string[]): Promise<Outcome> =>
  promisify(execFile)(process.execPath, args, { cwd: tree, maxBuffer: 50_000_000 }).then(
    ({ stdout, stderr }) => ({ code: 0, text: stdout + stderr }),
    (error: { code: number; stdout: string; stderr: string }) => ({
      code: error.code,
      text: error.stdout + error.stderr,
    }),
  );

/** What a new adapter needs of the repository: the shared packages, the tools, and one cart whose name is taken. */
function treeWithoutCarts(): string {
  const folder = mkdtempSync(join(tmpdir(), 'np-hub-new-adapter-'));
  for (const file of ['tsconfig.base.json', 'jest.config.mjs', '.prettierrc.json', '.oxlintrc.json'].filter(
    (name) => readdirSync(root).includes(name),
  ))
    cpSync(join(root, file), join(folder, file));
  for (const name of ['apps', 'packages', 'scripts']) mkdirSync(join(folder, name));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  for (const name of ['kit', 'model', 'contract'])
    symlinkSync(join(root, 'packages', name), join(folder, 'packages', name), 'junction');
  mkdirSync(join(folder, 'packages/adapter-acme/src'), { recursive: true });
  writeFileSync(
    join(folder, 'packages/adapter-acme/src/index.ts'),
    '// speaks with the Otherland warehouse\n',
  );
  return folder;
}

const newAdapter = (...args: readonly string[]) => run([join(root, 'scripts/new-adapter.mjs'), ...args]);

/** As the package manager links it. */
function link(name: string): void {
  const modules = join(tree, 'packages', `adapter-${name}`, 'node_modules');
  mkdirSync(join(modules, '@np-hub'), { recursive: true });
  for (const each of ['kit', 'model', 'contract'])
    symlinkSync(join(root, 'packages', each), join(modules, '@np-hub', each), 'junction');
  symlinkSync(join(root, 'packages/kit/node_modules/zod'), join(modules, 'zod'), 'junction');
}

interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/** Runs the package's own tests; gives what failed, and how much passed. */
async function suite(name: string): Promise<{ passed: number; failures: string[]; text: string }> {
  const file = join(tree, 'report.json');
  const { text } = await run([
    join(root, 'node_modules/jest/bin/jest.js'),
    '--ci',
    '--json',
    `--outputFile=${file}`,
    '--selectProjects',
    `adapter-${name}`,
  ]);
  const { testResults } = JSON.parse(readFileSync(file, 'utf8')) as Report;
  const all = testResults.flatMap(({ assertionResults }) => assertionResults);
  return {
    passed: all.filter(({ status }) => status === 'passed').length,
    failures: all.flatMap(({ failureMessages }) => failureMessages),
    text,
  };
}

test.each([
  { transport: 'file', passed: 15 },
  { transport: 'pull', passed: 40 },
])(
  'a new $transport cart compiles, is tidy, and its suite says what to fill in',
  async ({ transport, passed }) => {
    const name = `new-${transport}-cart`;
    const { code, text } = await newAdapter(name, '--transport', transport);
    expect(code).toBe(0);
    expect(text).toContain(`"@np-hub/adapter-${name}": "workspace:*"`);
    expect(text).toContain(
      `import { ${transport === 'file' ? 'newFileCartAdapter' : 'newPullCartAdapter'} }`,
    );
    link(name);
    const folder = join('packages', `adapter-${name}`);
    const bin = (tool: string) => join(root, 'node_modules', tool);
    expect(await run([bin('typescript/bin/tsc'), '-p', folder])).toEqual({ code: 0, text: '' });
    expect(await run([bin('prettier/bin/prettier.cjs'), '--check', '--log-level=warn', folder])).toEqual({
      code: 0,
      text: '',
    });
    const { failures, ...result } = await suite(name);
    expect(result.passed).toBeGreaterThanOrEqual(passed);
    const advice = /src\/|fixtures\/|results\.|layout "|FILL_IN/;
    expect(failures.filter((message) => !advice.test(message) || /expect\(|\n\s+at /.test(message))).toEqual(
      [],
    );
    expect(failures.join('\n')).toMatch(/src\/data\/words\.ts:\d+ received: 'FILL_IN'/);
  },
);

test.each([
  [[], 'Give the cart a name'],
  [['Big Cart'], 'small letters'],
  [['1cart'], 'small letters'],
  [['a'], 'small letters'],
  [['cart-'], 'small letters'],
  [['../evil'], 'small letters'],
  [['acme'], 'is there already'],
  [['otherland'], 'is a word of'],
  [['fine', '--transport', 'pigeon'], 'file or pull'],
  [['fine', 'twice'], 'file or pull'],
  [['fine', '--colour', 'red'], '--colour'],
])('refuses %j', async (args, message) => {
  const before = readdirSync(join(tree, 'packages'));
  const { code, text } = await newAdapter(...args);
  expect({ code, text }).toEqual({ code: 1, text: expect.stringContaining(message) });
  expect(readdirSync(join(tree, 'packages'))).toEqual(before);
});

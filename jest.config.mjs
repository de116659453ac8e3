import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Packages that ship only ES modules, which Jest has to compile: the workspace's own are sources already. */
const esModules = [
  '@nestjs',
  '@np-hub',
  '@fastify/cookie',
  'content-disposition',
  'cookie',
  'yubin',
  'nestjs-pino',
  'pg-boss',
  'rrule-temporal',
  'serialize-error',
  'non-error',
];

/** Inside of Jest every look at a global is slow, but for those that each module is handed. */
const sandboxInjectedGlobals = [
  'Array',
  'Error',
  'JSON',
  'Map',
  'Math',
  'Number',
  'Object',
  'Promise',
  'RegExp',
  'Set',
  'String',
  'Symbol',
  'TypeError',
];

const compiler = (syntax) => [
  '@swc/jest',
  {
    jsc: {
      target: 'es2023',
      parser: { syntax: 'typescript', decorators: true, ...syntax },
      transform: { legacyDecorator: true, decoratorMetadata: true, react: { runtime: 'automatic' } },
    },
    module: { type: 'commonjs' },
  },
];

/** One of the runs that Jest does at once; a folder's `test/support/global-{setup,teardown}.mjs` stand around its tests. */
function project(displayName, folder) {
  const around = (name) => {
    const file = fileURLToPath(new URL(`${folder}/test/support/global-${name}.mjs`, import.meta.url));
    return existsSync(file) ? file : undefined;
  };
  return {
    displayName,
    rootDir: `<rootDir>/${folder}`,
    testEnvironment: 'node',
    testMatch: ['<rootDir>/{src,test}/**/*.test.{ts,tsx}'],
    sandboxInjectedGlobals,
    testEnvironmentOptions: { customExportConditions: ['source', 'require', 'node', 'default'] },
    globalSetup: around('setup'),
    globalTeardown: around('teardown'),
    transform: { '\\.tsx$': compiler({ tsx: true }), '\\.[cm]?[jt]s$': compiler({}) },
    transformIgnorePatterns: [
      `/node_modules/\\.pnpm/(?!(${esModules.map((name) => name.replace('/', '\\+')).join('|')})[+@])`,
    ],
    moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': ['$1.ts', '$1.tsx', '$1.js'] },
  };
}

const folders = ['packages', 'apps'].flatMap((room) => readdirSync(room).map((name) => `${room}/${name}`));

export default {
  projects: [project('house', 'scripts'), ...folders.map((folder) => project(folder.split('/')[1], folder))],
  // One more than there are cores: each waits a third of its time for a database, a browser or a clock.
  maxWorkers: 3,
  testTimeout: 300_000,
};

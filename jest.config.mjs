import { readdirSync } from 'node:fs';

/** Packages that ship only ES modules, which Jest has to compile: the workspace's own are sources already. */
const esModules = ['@nestjs', '@np-hub', 'cookie', 'yubin', 'nestjs-pino'];

const project = (folder) => ({
  displayName: folder.split('/')[1],
  rootDir: `<rootDir>/${folder}`,
  testEnvironment: 'node',
  testMatch: ['<rootDir>/{src,test}/**/*.test.ts'],
  testEnvironmentOptions: { customExportConditions: ['source', 'require', 'node', 'default'] },
  transform: {
    '\\.[cm]?[jt]sx?$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2023',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
        module: { type: 'commonjs' },
      },
    ],
  },
  transformIgnorePatterns: [`/node_modules/\\.pnpm/(?!(${esModules.map((name) => name.replace('/', '\\+')).join('|')})[+@])`],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': ['$1.ts', '$1.js'] },
});

const folders = ['packages', 'apps'].flatMap((room) => readdirSync(room).map((name) => `${room}/${name}`));

export default {
  projects: [...folders.filter((folder) => !folder.endsWith('dashboard')).map(project)],
  maxWorkers: 2,
  testTimeout: 30_000,
};

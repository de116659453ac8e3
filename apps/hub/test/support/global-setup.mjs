import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { transformFileSync } from '@swc/core';

const hub = fileURLToPath(new URL('../..', import.meta.url));
const compilerOptions = {
  swcrc: false,
  jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
  module: { type: 'es6' },
};

/**
 * The launcher of the embedded server as plain JavaScript: Jest runs this file outside of its own module system, and some
 * tests run the launcher in a process of its own. `main.mjs <data folder> [stop]` starts a server and prints its URL.
 */
function compileLauncher() {
  const target = mkdtempSync(join(hub, 'node_modules', '.np-hub-test-'));
  chmodSync(target, 0o755);
  writeFileSync(join(target, 'package.json'), '{ "type": "module" }');
  const source = join(hub, 'src', 'database');
  for (const name of readdirSync(source).filter(
    (file) => /^embedded.*\.ts$/.test(file) && !file.endsWith('.test.ts'),
  )) {
    writeFileSync(
      join(target, name.replace(/\.ts$/, '.js')),
      transformFileSync(join(source, name), compilerOptions).code,
    );
  }
  const main = [
    `import { startEmbeddedPostgres } from './embedded.js';`,
    `const [dataDir, thenStop] = process.argv.slice(2);`,
    `const server = await startEmbeddedPostgres({ dataDir, settings: { fsync: false } });`,
    `if (thenStop) await server.stop();`,
    `process.stdout.write(JSON.stringify({ url: server.url, attached: server.attached }) + '\\n');`,
  ];
  writeFileSync(join(target, 'main.mjs'), main.join('\n'));
  return target;
}

/** Starts the one server of a test run; its databases are made by `createTestDatabase`. */
export default async function setUp() {
  const launcher = compileLauncher();
  const folder = mkdtempSync(join(tmpdir(), 'np-hub-test-'));
  // As root, PostgreSQL runs as another account that has to pass through here.
  chmodSync(folder, 0o711);
  const script = fileURLToPath(new URL('keeper.mjs', import.meta.url));
  const options = { detached: true, stdio: ['pipe', 'ignore', 'ignore'] };
  const keeper = spawn(process.execPath, [script, folder, launcher], options);
  const { startEmbeddedPostgres } = await import(pathToFileURL(join(launcher, 'embedded.js')).href);
  const server = await startEmbeddedPostgres({
    dataDir: join(folder, 'postgres'),
    settings: { fsync: false },
  });
  globalThis.npHubTestRun = { server, keeper };
  process.env.NP_HUB_TEST_SERVER_URL = server.url;
  process.env.NP_HUB_TEST_FOLDER = folder;
  process.env.NP_HUB_TEST_LAUNCHER = launcher;
}

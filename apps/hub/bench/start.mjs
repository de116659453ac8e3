/** From the start of the built demo to its first page, on an empty data folder and on the same one again. */
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../dist/main.js', import.meta.url));

/** Seconds until the page is there; the hub is stopped again. */
async function firstPage(dataDir) {
  const startedAt = performance.now();
  const variables = { NP_HUB_DATA_DIR: dataDir, NP_HUB_PORT: '0', NP_HUB_SANDBOX_PORT: '0' };
  const child = spawn(process.execPath, [program], {
    env: variables,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((done) => child.once('close', done));
  const url = await new Promise((done, fail) => {
    let output = '';
    child.once('close', () => fail(new Error(`The demo ended at its start:\n${output}`)));
    child.stdout.setEncoding('utf8').on('data', (text) => {
      output += text;
      const found = /np-hub is running: (\S+)/u.exec(output)?.[1];
      if (found) done(found);
    });
  });
  const { status } = await fetch(url);
  const seconds = (performance.now() - startedAt) / 1_000;
  child.kill('SIGTERM');
  await ended;
  if (status !== 200) throw new Error(`The page answered ${status}`);
  return Number(seconds.toFixed(2));
}

export async function start() {
  const folder = mkdtempSync(join(tmpdir(), 'np-hub-start-'));
  chmodSync(folder, 0o711);
  try {
    const coldSeconds = await firstPage(join(folder, 'data'));
    const warmSeconds = await firstPage(join(folder, 'data'));
    return { bench: 'start', coldSeconds, warmSeconds };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Cleans up after a test run, however it ended: waits until the run's end of the pipe closes (a killed process closes it too), then
 * ends every server whose data is in the first folder and removes all folders. `keeper.mjs <folder> [<folder> …]`
 */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const folders = process.argv.slice(2);

process.stdin.resume();
await new Promise((done) => process.stdin.once('close', done));

const locks = readdirSync(folders[0]).map((name) => join(folders[0], name, 'data', 'postmaster.pid'));
for (const lock of locks.filter((file) => existsSync(file))) {
  try {
    process.kill(Number(readFileSync(lock, 'utf8').split('\n')[0]), 'SIGQUIT');
  } catch {
    // It ended by itself.
  }
}
for (let round = 0; round < 100 && locks.some((file) => existsSync(file)); round += 1) await sleep(50);
for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });

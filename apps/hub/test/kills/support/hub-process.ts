import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

const program = join(__dirname, '../../../dist/main.js');
const startLimitMs = 120_000;

/** A hub as `npm start` runs it: a process of its own. */
export interface HubProcess {
  readonly url: string;
  readonly pid: number;
  /** All that it has printed so far. */
  output(): string;
  /** As a power cut would: no chance to say or write anything. */
  kill(): Promise<void>;
  /** Asks it to stop, and waits: its exit code, and how long it took. */
  stop(signal: 'SIGINT' | 'SIGTERM'): Promise<{ code: number | null; tookMs: number }>;
}

const running = new Set<ChildProcess>();

/** Ends whatever a failed test has left running. */
export function killAll(): void {
  for (const child of running) child.kill('SIGKILL');
}

/** The environment of a hub is exactly what a test says: nothing of the machine's own reaches it but where programs are. */
const environmentOf = (variables: Readonly<Record<string, string>>): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  ...variables,
});

function spawnHub(variables: Readonly<Record<string, string>>): {
  child: ChildProcess;
  output: () => string;
} {
  if (!existsSync(program))
    throw new Error('The hub is not built: run `node scripts/build.mjs` (npm test does).');
  const child = spawn(process.execPath, [program], {
    env: environmentOf(variables),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  running.add(child);
  child.once('close', () => running.delete(child));
  return { child, output: () => output };
}

const closed = (child: ChildProcess): Promise<number | null> =>
  new Promise((done) => child.once('close', (code) => done(code)));

/** Runs a hub that is expected to end by itself. */
export async function runHub(variables: Readonly<Record<string, string>>) {
  const { child, output } = spawnHub(variables);
  const code = await closed(child);
  return { code, output: output() };
}

/** Starts a hub and waits until it answers. Throws with what it printed where it does not come up. */
export async function startHub(variables: Readonly<Record<string, string>>): Promise<HubProcess> {
  const { child, output } = spawnHub(variables);
  const ended = closed(child);
  const url = await new Promise<string>((done, fail) => {
    const giveUp = (why: string) => () => fail(new Error(`The hub ${why}:\n${output()}`));
    const timer = setTimeout(giveUp('did not start in time'), startLimitMs);
    const onExit = giveUp('ended at its start');
    child.once('close', onExit);
    const look = (): void => {
      const found = /np-hub is running: (\S+)/.exec(output())?.[1];
      if (!found) return;
      clearTimeout(timer);
      child.off('close', onExit);
      child.stdout?.off('data', look);
      done(found);
    };
    child.stdout?.on('data', look);
  });
  return {
    url,
    pid: child.pid ?? 0,
    output,
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    stop: async (signal) => {
      const startedAt = performance.now();
      child.kill(signal);
      return { code: await ended, tookMs: performance.now() - startedAt };
    },
  };
}

/** A port that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === 'string') throw new Error('No free port');
  return address.port;
}

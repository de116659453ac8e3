import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** What `postmaster.pid` says of the server that holds a data folder; undefined is what is not written yet. */
interface ServerLock {
  readonly pid: number | undefined;
  readonly port: number | undefined;
}

/** Reads the lock of a data folder; undefined where no server holds it. */
export function readLock(lockFile: string): ServerLock | undefined {
  let lines: string[];
  try {
    lines = readFileSync(lockFile, 'utf8').split('\n');
  } catch {
    return undefined;
  }
  // https://www.postgresql.org/docs/18/storage-file-layout.html: process id first, port on the fourth line.
  return { pid: Number(lines[0]) || undefined, port: Number(lines[3]) || undefined };
}

/** True where a process with this id exists, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Named so that the hubs sharing one server can count each other. */
export const holderName = 'np-hub holder';

type Answer =
  | { readonly kind: 'ours'; readonly holder: pg.Client }
  | { readonly kind: 'silent' }
  | { readonly kind: 'starting' }
  | { readonly kind: 'stranger' };

/** Asks the server behind `url` whether it serves `dataFolder`; where it does, the connection is left open. */
export async function askServer(url: string, dataFolder: string): Promise<Answer> {
  const client = new pg.Client({
    connectionString: url,
    application_name: holderName,
    connectionTimeoutMillis: 3_000,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>('show data_directory');
    if (rows[0]?.data_directory.replaceAll('\\', '/') === dataFolder.replaceAll('\\', '/')) {
      return { kind: 'ours', holder: client };
    }
    await client.end();
    return { kind: 'stranger' };
  } catch (error) {
    await client.end().catch(() => undefined);
    const { code } = error as { code?: string };
    // https://www.postgresql.org/docs/18/errcodes-appendix.html: cannot_connect_now, invalid_password.
    if (code === '57P03') return { kind: 'starting' };
    return { kind: code?.startsWith('28') ? 'stranger' : 'silent' };
  }
}

/** Calls `attempt` every `pauseMs` until it gives something else than undefined, or until `timeoutMs` have passed. */
export async function poll<Result>(
  attempt: () => Promise<Result | undefined> | Result | undefined,
  timeoutMs: number,
  pauseMs = 25,
): Promise<Result | undefined> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const result = await attempt();
    if (result !== undefined || performance.now() > deadline) return result;
    await sleep(pauseMs);
  }
}

import { chmodSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** The operating-system account that PostgreSQL runs under; it refuses to run as root. */
export interface ServerAccount {
  readonly uid: number;
  readonly gid: number;
}

/** Usual number of `nobody` where the machine has no such name. */
const nobodyId = 65_534;

/** `nobody` where this process is root; undefined where PostgreSQL can simply run as the current user. */
export function serverAccount(): ServerAccount | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith('nobody:'));
  const [, , uid, gid] = line?.split(':') ?? [];
  return { uid: Number(uid ?? nobodyId), gid: Number(gid ?? nobodyId) };
}

function closestExisting(path: string): string {
  for (let current = path; ; current = dirname(current)) {
    if (statSync(current, { throwIfNoEntry: false })) return current;
  }
}

/** True where every existing folder on the way to `path` lets any account through. */
export function isOpenToOthers(path: string): boolean {
  for (let current = closestExisting(path); ; current = dirname(current)) {
    if ((statSync(current).mode & 0o001) === 0) return false;
    if (current === dirname(current)) return true;
  }
}

/** Makes a folder and those above it that any account may pass through, whatever the umask says. */
export function makeOpenFolder(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })) return;
  makeOpenFolder(dirname(path));
  mkdirSync(path, { recursive: true });
  chmodSync(path, 0o755);
}

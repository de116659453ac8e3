import { execFile } from 'node:child_process';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { isOpenToOthers, makeOpenFolder, serverAccount, type ServerAccount } from './embedded-account.js';
import { type Binaries, prepareBinaries } from './embedded-binaries.js';
import { embeddedProblem } from './embedded-problems.js';

/** Where one embedded server lives, and what it runs with. */
export interface Place {
  readonly folder: string;
  readonly dataFolder: string;
  readonly passwordFile: string;
  readonly lockFile: string;
  readonly logFile: string;
  readonly account: ServerAccount | undefined;
  readonly binaries: Binaries;
}

/** Runs one of PostgreSQL’s programs to its end. */
export const execute = promisify(execFile);

const leftoverAgeMs = 3_600_000;

/** Nothing of the hub's own environment (keys among it) is handed to the server. */
const serverEnvironment = { LC_ALL: 'C', TZ: 'UTC' };

/**
 * Settles where the data goes and makes that folder. As root a folder that the server’s account cannot reach is swapped for
 * one under `/var/lib/np-hub`.
 */
export function choosePlace(dataDir: string, log: (line: string) => void): Place {
  const account = serverAccount();
  const wanted = resolve(dataDir);
  const closed = account !== undefined && !isOpenToOthers(wanted);
  const shared = '/var/lib/np-hub';
  const folder = closed
    ? join(shared, createHash('sha256').update(wanted).digest('hex').slice(0, 12))
    : wanted;
  if (closed) log(`${wanted} is closed to the account that PostgreSQL runs under: its data is in ${folder}`);
  if (account) makeOpenFolder(folder);
  else mkdirSync(folder, { recursive: true });
  const real = realpathSync(folder);
  const dataFolder = join(real, 'data');
  return {
    folder: real,
    dataFolder,
    passwordFile: join(dataFolder, 'np-hub-password'),
    lockFile: join(dataFolder, 'postmaster.pid'),
    logFile: join(real, 'postgres.log'),
    account,
    binaries: prepareBinaries(account ? shared : real, account !== undefined),
  };
}

/** How PostgreSQL’s programs are run: as their own account, from a folder it can enter. */
export const spawnOptions = (place: Place) => ({
  ...place.account,
  cwd: place.folder,
  env: serverEnvironment,
  windowsHide: true,
});

function giveToServer(place: Place, path: string, mode: number): void {
  chmodSync(path, mode);
  if (place.account) chownSync(path, place.account.uid, place.account.gid);
}

/** Half-made data folders of starts that were killed; a younger one may belong to a hub that is starting now. */
function removeLeftovers(place: Place): void {
  for (const name of readdirSync(place.folder).filter((entry) => entry.startsWith('data.'))) {
    const path = join(place.folder, name);
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > leftoverAgeMs) rmSync(path, { recursive: true, force: true });
  }
}

/** Makes the data folder under another name and moves it into place whole: a killed start leaves nothing half made. */
export async function initialise(place: Place, fsync: boolean): Promise<void> {
  removeLeftovers(place);
  const half = `${place.dataFolder}.${randomUUID()}`;
  const passwordFile = `${half}.password`;
  mkdirSync(half);
  giveToServer(place, half, 0o700);
  writeFileSync(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 });
  giveToServer(place, passwordFile, 0o600);
  // A builtin locale, so that sorting and case depend on nothing of the machine.
  const locale = ['-E', 'UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
  const access = ['-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`];
  try {
    await execute(
      place.binaries.initdb,
      ['-D', half, ...access, ...locale, ...(fsync ? [] : ['--no-sync'])],
      spawnOptions(place),
    );
    renameSync(passwordFile, join(half, 'np-hub-password'));
    renameSync(half, place.dataFolder);
  } catch (error) {
    const {
      stderr = '',
      stdout = '',
      message,
    } = error as { stderr?: string; stdout?: string; message: string };
    rmSync(half, { recursive: true, force: true });
    rmSync(passwordFile, { force: true });
    // Another hub that started in the same moment was first: its folder is as good as ours.
    if (existsSync(place.passwordFile)) return;
    throw embeddedProblem(
      'PostgreSQL の初期化に失敗しました。 / Could not initialise PostgreSQL.',
      `${stdout}\n${stderr || message}`,
      error,
    );
  }
}

/** The address of the server of `place` on a port, with its password. */
export function urlOf(place: Place, port: number): string {
  return `postgres://postgres:${readFileSync(place.passwordFile, 'utf8')}@127.0.0.1:${port}/postgres`;
}

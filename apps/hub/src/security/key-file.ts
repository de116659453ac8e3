import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  unwatchFile,
  watchFile,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { type Keyring, type MasterKey, parseMasterKeys, renewKeyring } from './keyring.js';

const keyFileOf = (dataDir: string): string => join(dataDir, 'keys');
const lookEveryMs = 1_000;

/**
 * The keys of a hub with the embedded database, in `<dataDir>/keys` for the owner alone; made at the first start.
 * Throws in plain words where the file is damaged, or is gone while a database is there that was encrypted with it.
 */
export function readOrCreateKeyFile(dataDir: string, databaseDir: string): readonly MasterKey[] {
  const file = keyFileOf(dataDir);
  if (!existsSync(file)) {
    if (existsSync(databaseDir)) {
      throw new Error(
        `暗号鍵のファイル ${file} がありません。既存のデータは、この鍵がないと読めません。バックアップから戻してください。 / ` +
          `The key file ${file} is missing. The existing data cannot be read without it: restore it from a backup.`,
      );
    }
    mkdirSync(dataDir, { recursive: true });
    writeNewKey(file);
  }
  const keys = parseMasterKeys(readFileSync(file, 'utf8'));
  if (keys) return keys;
  throw new Error(
    `暗号鍵のファイル ${file} を読めません。バックアップから戻してください。 / ` +
      `The key file ${file} is damaged: restore it from a backup.`,
  );
}

/** Written whole or not at all by one process: of two hubs that start at once, both read what the first one wrote. */
function writeNewKey(file: string): void {
  const line = `first:${randomBytes(32).toString('base64')}\n`;
  try {
    writeFileSync(file, line, { flag: 'wx', mode: 0o600 });
    chmodSync(file, 0o600);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}

/** Puts a new key in front of the file, whole or not at all; gives all keys, the new one first. Throws where the file is damaged. */
export function addKey(dataDir: string, id: string): readonly MasterKey[] {
  const file = keyFileOf(dataDir);
  const present = readFileSync(file, 'utf8');
  const text = `${id}:${randomBytes(32).toString('base64')}\n${present}`;
  const keys = parseMasterKeys(text);
  if (!keys) throw new Error(`The key file ${file} is damaged`);
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return keys;
}

/** Takes new keys into a ring that is in use as soon as they stand in the file, and tells of it. Gives what ends it. */
export function followKeyFile(dataDir: string, keyring: Keyring, onKeys: () => void): () => void {
  const file = keyFileOf(dataDir);
  const look = (): void => {
    const keys = existsSync(file) ? parseMasterKeys(readFileSync(file, 'utf8')) : null;
    if (!keys || keys[0]?.id === keyring.current.id) return;
    renewKeyring(keyring, keys);
    onKeys();
  };
  watchFile(file, { interval: lookEveryMs, persistent: false }, look);
  return () => unwatchFile(file, look);
}

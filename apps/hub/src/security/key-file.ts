import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type MasterKey, parseMasterKeys } from './keyring.js';

/**
 * The keys of a hub with the embedded database, in `<dataDir>/keys` for the owner alone; made at the first start.
 * Throws in plain words where the file is damaged, or is gone while a database is there that was encrypted with it.
 */
export function readOrCreateKeyFile(dataDir: string, databaseDir: string): readonly MasterKey[] {
  const file = join(dataDir, 'keys');
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

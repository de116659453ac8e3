import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { verifyChain } from '../audit/verify.js';
import { startEmbeddedPostgres } from '../database/embedded.js';
import type { Environment } from '../env.js';
import { backupStream, type BackupCount } from '../maintenance/backup.js';
import { BackupError } from '../maintenance/backup-frames.js';
import { restoreBackup } from '../maintenance/restore.js';
import { rotateKeys } from '../maintenance/rotate.js';
import { CipherError } from '../security/cipher.js';
import { addKey, readOrCreateKeyFile } from '../security/key-file.js';
import { createKeyring, type Keyring } from '../security/keyring.js';
import { CommandError } from './hub-api.js';
import type { Output } from './progress.js';

/** The database of the hub on this machine, running or not. */
interface Workplace {
  readonly environment: Environment;
  readonly databaseUrl: string;
  readonly keyring: Keyring;
  /** True where a hub uses the database that comes along at this moment. */
  readonly shared: boolean;
}

type Work = (place: Workplace, output: Output, folder: string) => Promise<boolean>;

/** A hub that runs sees a new key within a second. */
const patienceMs = 30_000;
const pollMs = 200;

/** The command for these words; undefined where there is none. */
export function databaseCommandOf(words: readonly string[]): Work | undefined {
  const [first, second, third] = words;
  if (first === 'audit' && second === 'verify' && words.length <= 3)
    return (place, output) => verify(place, output, third);
  if (first === 'keys' && second === 'rotate' && words.length === 2) return rotate;
  if (words.length !== 2 || second === undefined) return undefined;
  if (first === 'backup') return (place, output, folder) => backup(place, output, resolve(folder, second));
  if (first === 'restore') return (place, output, folder) => restore(place, output, resolve(folder, second));
  return undefined;
}

/** Opens the database, does the work, and lets go of it. Throws `CommandError` for what a person can put right. */
export async function runDatabaseCommand(
  work: Work,
  environment: Environment,
  output: Output,
  folder: string,
): Promise<boolean> {
  const databaseDir = join(environment.dataDir, 'postgres');
  const keys = environment.encryptionKeys ?? readOrCreateKeyFile(environment.dataDir, databaseDir);
  const keyring = createKeyring(keys, environment.currentKey ?? undefined);
  const postgres = environment.databaseUrl ? null : await startEmbeddedPostgres({ dataDir: databaseDir });
  const databaseUrl = environment.databaseUrl ?? postgres?.url ?? '';
  try {
    return await work(
      { environment, databaseUrl, keyring, shared: postgres?.attached ?? true },
      output,
      folder,
    );
  } catch (error) {
    if (error instanceof BackupError || error instanceof CipherError) throw new CommandError(error.message);
    throw error;
  } finally {
    await postgres?.stop();
  }
}

async function withDatabase<T>(
  { databaseUrl }: Workplace,
  work: (database: DataSource) => Promise<T>,
): Promise<T> {
  const database = await new DataSource({
    type: 'postgres',
    url: databaseUrl,
    extra: { max: 2 },
  }).initialize();
  try {
    return await work(database);
  } finally {
    await database.destroy();
  }
}

async function verify(place: Workplace, output: Output, earlier: string | undefined): Promise<boolean> {
  const check = await withDatabase(place, (database) =>
    verifyChain(database, place.keyring.auditKey, earlier),
  );
  output.write(`記録 / lines: ${check.lines}\n末尾 / head: ${check.head}\n`);
  if (check.brokenAt !== null) {
    output.write(
      `${check.brokenAt}番の記録が改ざんされています。 / Line ${check.brokenAt} has been tampered with.\n`,
    );
    return false;
  }
  if (!check.holdsEarlierHead) {
    output.write(
      '控えた末尾がありません。記録が削られています。 / The earlier head is gone: lines were cut off.\n',
    );
    return false;
  }
  output.write('すべての記録がつながっています。 / Every line follows from the one before it.\n');
  return true;
}

/** Written under another name and renamed: a file of that name is a whole backup. */
async function backup(place: Workplace, output: Output, file: string): Promise<boolean> {
  let count: BackupCount = { tables: 0, rows: 0 };
  const unfinished = `${file}.part`;
  const content = backupStream(place.databaseUrl, place.keyring, new Date(), (told) => (count = told));
  try {
    await pipeline(content, createWriteStream(unfinished, { mode: 0o600 }));
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
  output.write(
    `バックアップを作成しました。 / The backup was made: ${file} (${count.tables} tables, ${count.rows} rows)\n` +
      '暗号鍵は含まれていません。鍵は別の場所に保管してください。 / The keys are not in it: keep them elsewhere.\n',
  );
  return true;
}

async function restore(place: Workplace, output: Output, file: string): Promise<boolean> {
  const { at, rows } = await restoreBackup(place.databaseUrl, place.keyring, createReadStream(file));
  output.write(
    `${at} の状態に復元しました。 / Restored to ${at} (${rows} rows).\n` +
      'NPとの接続は止めてあります。NPと照合してから、接続を保存し直してください。 / ' +
      'Connections are closed: compare with NP, then save each of them again.\n',
  );
  return true;
}

async function rotate(place: Workplace, output: Output): Promise<boolean> {
  const { environment, keyring } = place;
  let ring = keyring;
  if (!environment.encryptionKeys) {
    const id = `k${Date.now().toString(36)}`;
    ring = createKeyring(addKey(environment.dataDir, id));
    output.write(`新しい鍵を追加しました。 / A new key was added: ${id}\n`);
  }
  return withDatabase(place, async (database) => {
    if (place.shared) await hubKnows(database, ring.current.id);
    const rotated = await rotateKeys(database, ring);
    for (const { table, records } of rotated) if (records > 0) output.write(`  ${table}: ${records}\n`);
    output.write(
      `すべての記録を鍵 ${ring.current.id} で暗号化し直しました。 / Everything is sealed with ${ring.current.id}.\n`,
    );
    return true;
  });
}

/** A hub at work shows which key it encrypts with. Throws where it does not come to know the new one. */
async function hubKnows(database: DataSource, keyId: string): Promise<void> {
  for (const deadlineMs = Date.now() + patienceMs; Date.now() < deadlineMs; await sleep(pollMs)) {
    const [row] = await database.query<{ id: string }[]>(
      `select convert_from(substring(sealed from 3 for get_byte(sealed, 1)), 'utf8') as id from key_checks`,
    );
    if (row?.id === keyId) return;
  }
  throw new CommandError(
    `動作中のハブが鍵 ${keyId} を使っていません。鍵を設定してハブを再起動してから、もう一度実行してください。 / ` +
      `The hub does not use the key ${keyId} yet: restart it with the key, then run this again.`,
  );
}

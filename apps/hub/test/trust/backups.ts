import { backupStream } from '../../src/maintenance/backup.js';
import type { Keyring } from '../../src/security/keyring.js';
import type { TestHub } from '../support/hub.js';

/** A backup file of a hub at work. */
export async function backupOf(hub: TestHub, keyring: Keyring): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of backupStream(hub.databaseUrl, keyring, hub.clock.now())) parts.push(part);
  return Buffer.concat(parts);
}

/** A file as a disk gives it: in pieces that know nothing of its frames. */
export async function* streamOf(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let start = 0; start < bytes.length; start += 10_000) yield bytes.subarray(start, start + 10_000);
}

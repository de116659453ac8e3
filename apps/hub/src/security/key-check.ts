import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { KEYRING } from '../tokens.js';
import { CipherError, openJson, sealJson } from './cipher.js';
import type { Keyring } from './keyring.js';
import { hashPayload } from './payload-hash.js';

const recordId = 'key-check';

/**
 * Refuses to start with keys that do not fit the data: half of it would be unreadable, and with another root key
 * nobody would be found any more, in silence.
 */
@Injectable()
export class KeyCheck implements OnModuleInit {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(KEYRING) private readonly keyring: Keyring,
  ) {}

  async onModuleInit(): Promise<void> {
    const rootHash = hashPayload(this.keyring, recordId);
    await this.database.query(
      'insert into key_checks (id, sealed, root_hash) values (1, $1, $2) on conflict do nothing',
      [sealJson(this.keyring, recordId, recordId), rootHash],
    );
    const rows: { sealed: Buffer; root_hash: string }[] = await this.database.query(
      'select sealed, root_hash from key_checks',
    );
    const [stored] = rows;
    if (stored?.root_hash === rootHash && this.opens(stored.sealed)) return this.showKey();
    throw new Error(
      'NP_HUB_ENCRYPTION_KEYS がこのデータベースの鍵と合いません。新しい鍵は先頭に追加し、以前の鍵も順序を変えずに残してください。 / ' +
        'NP_HUB_ENCRYPTION_KEYS does not fit this database. Put a new key in front and keep the earlier ones in their order.',
    );
  }

  /**
   * Seals the check with the key that this hub encrypts with: by it `keys rotate` sees that the hub knows the key. To be
   * called again where the keys change.
   */
  async showKey(): Promise<void> {
    await this.database.query('update key_checks set sealed = $1', [
      sealJson(this.keyring, recordId, recordId),
    ]);
  }

  private opens(sealed: Buffer): boolean {
    try {
      return openJson(this.keyring, recordId, sealed) === recordId;
    } catch (error) {
      if (error instanceof CipherError) return false;
      throw error;
    }
  }
}

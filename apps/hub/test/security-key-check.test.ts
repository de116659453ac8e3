import { DataSource } from 'typeorm';
import { Accounts1700000000002 } from '../src/database/migrations/0002-accounts.js';
import { KeyCheck } from '../src/security/key-check.js';
import { createKeyring } from '../src/security/keyring.js';
import { createTestDatabase } from './support/database.js';

const master = (id: string, byte: number) => ({ id, secret: Buffer.alloc(32, byte) });

test('keys that do not fit the data are refused, rotated ones are not', async () => {
  const testDatabase = await createTestDatabase();
  const database = await new DataSource({ type: 'postgres', url: testDatabase.url }).initialize();
  const runner = database.createQueryRunner();
  if (!(await runner.hasTable('key_checks'))) await new Accounts1700000000002().up(runner);
  await runner.release();
  const start = (...keys: { id: string; secret: Buffer }[]) =>
    new KeyCheck(database, createKeyring(keys)).onModuleInit();
  try {
    await start(master('a', 1));
    await start(master('a', 1));
    await start(master('b', 2), master('a', 1));
    await expect(start(master('a', 2))).rejects.toThrow(/順序.*does not fit/);
    await expect(start(master('a', 1), master('b', 2))).rejects.toThrow(/does not fit/);
    await expect(start(master('b', 2))).rejects.toThrow(/does not fit/);
  } finally {
    await database.destroy();
    await testDatabase.drop();
  }
});

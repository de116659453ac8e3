import { DataSource } from 'typeorm';
import { ConnectionEntity, ShopEntity } from './entities.js';
import { migrations } from './migrations/index.js';
import { PreparingClient } from './prepared.js';

/** Any number will do, as long as every hub uses the same. */
const migrationLock = 7_140_001;

/** Connects to the database. Nothing is synchronised by itself: the schema comes from the migrations alone. */
export async function openDataSource(url: string, poolSize = 20): Promise<DataSource> {
  const database = new DataSource({
    type: 'postgres',
    url,
    entities: [ConnectionEntity, ShopEntity],
    migrations,
    synchronize: false,
    logging: false,
    applicationName: 'np-hub',
    // Pipelined: what is asked at once leaves at once, in its order, and is answered in it.
    extra: { max: poolSize, Client: PreparingClient, pipeline: true },
  });
  return database.initialize();
}

/** Brings the schema up to date, one hub at a time: others that start meanwhile wait and find nothing to do. */
export async function migrate(database: DataSource): Promise<void> {
  const runner = database.createQueryRunner();
  await runner.connect();
  try {
    await runner.query('select pg_advisory_lock($1)', [migrationLock]);
    await database.runMigrations({ transaction: 'each' });
  } finally {
    await runner.query('select pg_advisory_unlock($1)', [migrationLock]).catch(() => undefined);
    await runner.release();
  }
}

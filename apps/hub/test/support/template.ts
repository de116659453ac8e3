import { migrate, openDataSource } from '../../src/database/data-source.js';
import { ensurePartitions } from '../../src/database/partitions.js';

/**
 * Brings the template that every test database is copied from up to date: called once a run, with the URL of an empty
 * database. Every connection to it has to be closed when this resolves, or it cannot be copied.
 */
export async function prepareTemplate(url: string): Promise<void> {
  const database = await openDataSource(url, 2);
  await migrate(database);
  await ensurePartitions(database, new Date());
  await database.destroy();
}

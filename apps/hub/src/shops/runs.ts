import type { RunView } from '@np-hub/model';
import type { DataSource } from 'typeorm';

interface RunRow {
  readonly shop_id: string;
  readonly started_at: Date;
  readonly finished_at: Date | null;
  readonly outcome: string;
  readonly orders: number;
  readonly changed: number;
  readonly error: string | null;
}

const columns = 'shop_id, started_at, finished_at, outcome, orders, changed, error';

/** The latest readings of a shop's cart, the last one first; `now` ends one that is under way. */
export async function runsOf(database: DataSource, shopId: string, now: Date): Promise<readonly RunView[]> {
  const rows = await database.query<RunRow[]>(
    `select ${columns} from runs where shop_id = $1 order by started_at desc limit 100`,
    [shopId],
  );
  return rows.map((row) => viewOf(row, now));
}

/** The last reading of each shop, by the shop's id. */
export async function lastRunsOf(
  database: DataSource,
  shopIds: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, RunView>> {
  const rows = await database.query<RunRow[]>(
    `select distinct on (shop_id) ${columns} from runs where shop_id = any($1) order by shop_id, started_at desc`,
    [shopIds],
  );
  return new Map(rows.map((row) => [row.shop_id, viewOf(row, now)]));
}

const viewOf = (row: RunRow, now: Date): RunView => ({
  at: row.started_at.toISOString(),
  outcome: row.outcome,
  orders: row.orders,
  changed: row.changed,
  durationMs: (row.finished_at ?? now).getTime() - row.started_at.getTime(),
  error: row.error,
});

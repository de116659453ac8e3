import { moveSettingsSchema, type MoveSettings } from '@np-hub/model';
import type { EntityManager } from 'typeorm';
import { unnestRows } from '../database/bulk.js';
import { problemOf } from '../http/problem.js';

/** A move as it is stored. */
export interface Move {
  readonly id: string;
  readonly shopId: string;
  readonly state: 'planned' | 'switched' | 'done' | 'abandoned';
  readonly settings: MoveSettings;
  readonly fromConnectionId: string;
  readonly toConnectionId: string | null;
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly switchedAt: Date | null;
  readonly endedAt: Date | null;
}

export interface DoneStep {
  readonly by: string;
  readonly at: Date;
}

const columns = `id, shop_id as "shopId", state, settings, from_connection_id as "fromConnectionId",
  to_connection_id as "toConnectionId", created_at as "createdAt", created_by as "createdBy",
  switched_at as "switchedAt", ended_at as "endedAt"`;

const read = (row: Move): Move => ({ ...row, settings: moveSettingsSchema.parse(row.settings) });

/** One move, locked where it is to be changed. Throws 404. */
export async function moveRow(manager: EntityManager, id: string, lock = false): Promise<Move> {
  const [row] = await manager.query<Move[]>(
    `select ${columns} from moves where id = $1${lock ? ' for update' : ''}`,
    [id],
  );
  if (!row) throw problemOf(404);
  return read(row);
}

/** The moves of a shop, the latest first. */
export async function movesOf(manager: EntityManager, shopId: string): Promise<readonly Move[]> {
  const rows = await manager.query<Move[]>(
    `select ${columns} from moves where shop_id = $1 order by created_at desc, id desc limit 20`,
    [shopId],
  );
  return rows.map(read);
}

/** The steps that are done, with who did them. */
export async function doneSteps(
  manager: EntityManager,
  moveId: string,
): Promise<ReadonlyMap<string, DoneStep>> {
  const rows = await manager.query<(DoneStep & { step: string })[]>(
    'select step, by_login as by, at from move_steps where move_id = $1 and done',
    [moveId],
  );
  return new Map(rows.map(({ step, by, at }) => [step, { by, at }]));
}

/** Notes steps as done, or as open again. */
export async function noteSteps(
  manager: EntityManager,
  moveId: string,
  of: { readonly steps: readonly string[]; readonly done: boolean; readonly by: string; readonly at: Date },
): Promise<void> {
  const rows = of.steps.map((step) => ({
    move_id: moveId,
    step,
    done: of.done,
    by_login: of.by,
    at: of.at,
  }));
  const { sql, parameters } = unnestRows(
    { move_id: 'uuid', step: 'text', done: 'boolean', by_login: 'text', at: 'timestamptz' },
    rows,
  );
  await manager.query(
    `insert into move_steps (move_id, step, done, by_login, at) select move_id, step, done, by_login, at from ${sql} n
     on conflict (move_id, step) do update set done = excluded.done, by_login = excluded.by_login, at = excluded.at`,
    parameters,
  );
}

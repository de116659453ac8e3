import type { DeliveryPage, DeliveryView } from '@np-hub/model';
import type { EntityManager } from 'typeorm';
import { cursorOf } from '../changes/cursor.js';

/** One call to an endpoint, as it is kept. */
export interface Delivery {
  readonly id: string;
  readonly endpointId: string;
  readonly at: Date;
  readonly kind: 'changes' | 'test';
  /** Just before the first of its changes; null for a test. */
  readonly after: bigint | null;
  readonly end: bigint | null;
  readonly changes: number;
  readonly outcome: string;
  readonly status: number | null;
  readonly durationMs: number;
  readonly answer: string | null;
}

interface DeliveryRow extends Omit<Delivery, 'after' | 'end' | 'endpointId'> {
  readonly after: string | null;
  readonly place: string;
}

/** A cursor of ours for older deliveries: the time to the microsecond, and the id. */
export const deliveryCursor = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)_([0-9a-f-]{36})$/u;

export const deliveryView = (delivery: Omit<Delivery, 'end' | 'endpointId'>): DeliveryView => ({
  id: delivery.id,
  at: delivery.at.toISOString(),
  kind: delivery.kind,
  changes: delivery.changes,
  from: delivery.after === null ? null : cursorOf(delivery.after),
  outcome: delivery.outcome,
  status: delivery.status,
  durationMs: delivery.durationMs,
  answer: delivery.answer,
});

/** Notes how a call ended. */
export async function recordDelivery(manager: EntityManager, delivery: Delivery): Promise<void> {
  await manager.query(
    `insert into webhook_deliveries (id, endpoint_id, at, kind, first_position, last_position, changes, outcome, status,
       duration_ms, answer) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      delivery.id,
      delivery.endpointId,
      delivery.at,
      delivery.kind,
      delivery.after?.toString() ?? null,
      delivery.end?.toString() ?? null,
      delivery.changes,
      delivery.outcome,
      delivery.status,
      delivery.durationMs,
      delivery.answer,
    ],
  );
}

/** The calls to one endpoint, the newest first. */
export async function deliveryPage(
  manager: EntityManager,
  endpointId: string,
  { after, limit }: { readonly after: string | undefined; readonly limit: number },
): Promise<DeliveryPage> {
  const [, at, id] = deliveryCursor.exec(after ?? '') ?? [];
  const rows = await manager.query<DeliveryRow[]>(
    `select id, at, kind, first_position as after, changes, outcome, status, duration_ms as "durationMs", answer,
       to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '_' || id as place
     from webhook_deliveries where endpoint_id = $1
       and ($2::timestamptz is null or (at, id) < ($2::timestamptz, $3::uuid))
     order by at desc, id desc limit $4`,
    [endpointId, at ?? null, id ?? null, limit + 1],
  );
  const shown = rows.slice(0, limit);
  return {
    rows: shown.map((row) => deliveryView({ ...row, after: row.after === null ? null : BigInt(row.after) })),
    next: rows.length > limit ? (shown.at(-1)?.place ?? null) : null,
  };
}

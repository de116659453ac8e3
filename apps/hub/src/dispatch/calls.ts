import { Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { countCall } from '../metrics/calls.js';

/** One call to the outside, as the log keeps it: figures and references, never what was said. */
export interface CallRow {
  readonly id: string;
  readonly at: string;
  readonly connectionId: string | null;
  readonly shopId: string | null;
  readonly operation: string;
  readonly lines: number;
  /** `done`, or the kind of the failure. */
  readonly outcome: string;
  readonly durationMs: number;
  readonly error: string | null;
}

const logger = new Logger('calls');

/** Writes one call down, and into the log: by its id it is found from the history of each transaction that it moved. */
export async function recordCall(
  manager: EntityManager,
  call: CallRow,
  /** Whose words a cart was told: no history has those. */
  transactionIds?: readonly string[],
): Promise<void> {
  countCall(call);
  const { id: callId, connectionId, shopId, operation, lines, outcome, durationMs } = call;
  logger.log({ callId, connectionId, shopId, operation, lines, outcome, durationMs, transactionIds });
  await manager.query(
    `insert into calls (id, at, connection_id, shop_id, operation, lines, outcome, duration_ms, error)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      call.id,
      call.at,
      call.connectionId,
      call.shopId,
      call.operation,
      call.lines,
      call.outcome,
      Math.round(call.durationMs),
      call.error,
    ],
  );
}

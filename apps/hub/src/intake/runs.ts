import { Inject, Injectable } from '@nestjs/common';
import type { IdSource } from '@np-hub/model';
import { DataSource } from 'typeorm';
import { Recovery, type Failure } from '../backpressure/recovery.js';
import { IDS } from '../tokens.js';

/** What a run found. `outcome` is `done`, `unfinished` where it had to stop before the end, or the kind of the failure. */
export interface RunResult {
  readonly outcome: string;
  readonly orders: number;
  readonly changed: number;
  readonly unreadable: number;
  readonly error: string | null;
  /** The cart did not answer, or not as it should. */
  readonly failure?: Failure;
}

/** The rows that tell how each reading of a cart went, and what it says of the cart itself. */
@Injectable()
export class Runs {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Recovery) private readonly recovery: Recovery,
    @Inject(IDS) private readonly ids: IdSource,
  ) {}

  /** Gives the id of the run that begins. */
  async begin(shopId: string, started: Date): Promise<string> {
    const runId = this.ids.next();
    await this.database.query(
      `insert into runs (id, shop_id, started_at, outcome) values ($1, $2, $3, 'running')`,
      [runId, shopId, started],
    );
    return runId;
  }

  async end(
    shopId: string,
    { runId, finished, result }: { runId: string; finished: Date; result: RunResult },
  ): Promise<void> {
    await this.database.query(
      `update runs set finished_at = $2, outcome = $3, orders = $4, changed = $5, unreadable = $6, error = $7 where id = $1`,
      [runId, finished, result.outcome, result.orders, result.changed, result.unreadable, result.error],
    );
    if (result.failure) await this.recovery.cartFailed(shopId, 'pull', result.failure);
    else await this.recovery.cartAnswered(shopId, 'pull');
  }
}

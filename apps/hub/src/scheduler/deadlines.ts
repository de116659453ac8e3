import { Inject, Injectable } from '@nestjs/common';
import { nearMsOf, type Clock, type DeadlineKind } from '@np-hub/model';
import { DataSource } from 'typeorm';
import { DuplicateCheck } from '../duplicates/duplicate-check.js';
import { Transactions, type ApplyItem } from '../transactions/transactions.js';
import { CLOCK } from '../tokens.js';

interface Due {
  readonly shopId: string;
  readonly transactionId: string;
  readonly kind: DeadlineKind;
  readonly told: 'near' | 'passed';
}

const batch = 500;
/** Deadlines of weeks; shorter ones would be near as soon as they begin. */
const toldBefore: readonly DeadlineKind[] = ['credit-ageing', 'hold-ageing', 'settle-by'];

/** Turns deadlines that have come, or come near, into events, and ends questions that time has answered. */
@Injectable()
export class Deadlines {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(DuplicateCheck) private readonly duplicates: DuplicateCheck,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Tells every deadline that has come; gives how many. Many can come with one midnight. */
  async run(): Promise<number> {
    let told = 0;
    for (let count = batch; count === batch; told += count) count = await this.tell();
    return told + (await this.duplicates.run());
  }

  private async tell(): Promise<number> {
    const now = this.clock.now();
    const near = toldBefore.map((kind) => ({ kind, soon: new Date(now.getTime() + nearMsOf(kind)) }));
    // Nothing later is told of: the index ends there, however many deadlines lie in the future.
    const latest = new Date(Math.max(now.getTime(), ...near.map(({ soon }) => soon.getTime())));
    return this.database.transaction(async (manager) => {
      const [due] = await manager.query<[Due[], number]>(
        `update transactions t set deadline_told = d.told from (
           select shop_id, id, case when deadline_at <= $1 then 'passed' else 'near' end as told from transactions
           where deadline_at <= $4 and ((deadline_at <= $1 and deadline_told is distinct from 'passed')
              or (deadline_told is null and exists (select 1
                from unnest($2::text[], $3::timestamptz[]) as n (kind, soon)
                where n.kind = deadline_kind and deadline_at <= n.soon)))
           order by shop_id, id limit ${batch} for update skip locked) d
         where t.shop_id = d.shop_id and t.id = d.id
         returning t.shop_id as "shopId", t.id as "transactionId", t.deadline_kind as kind, d.told`,
        [now, near.map(({ kind }) => kind), near.map(({ soon }) => soon), latest],
      );
      await this.transactions.applyIn(
        manager,
        due.map((row) => itemOf(row, now.toISOString())),
      );
      return due.length;
    });
  }
}

function itemOf({ shopId, transactionId, kind, told }: Due, at: string): ApplyItem {
  const type =
    kind === 'credit-check' ? 'credit-check-due' : told === 'near' ? 'deadline-near' : 'deadline-passed';
  return { shopId, transactionId, event: { type, at, deadline: kind } };
}

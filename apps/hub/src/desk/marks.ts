import { Inject, Injectable } from '@nestjs/common';
import type { Clock, Colleague, DeskMark } from '@np-hub/model';
import { DataSource, type EntityManager } from 'typeorm';
import { z } from 'zod';
import type { SignedInUser } from '../accounts/sessions.js';
import { unnestRows } from '../database/bulk.js';
import { ChangeFeed } from '../http/stream.js';
import { wrongField } from '../http/problem.js';
import { CLOCK } from '../tokens.js';
import type { TransactionKey } from '../transactions/rows.js';
import { DeskEntries } from './entries.js';
import { showOf, situationPrint } from './situation.js';

/** A quarter is as long as anything should be out of sight. */
const longestSnoozeMs = 92 * 86_400_000;

export const markSchema = z.object({
  keys: z
    .array(z.object({ shopId: z.uuid(), id: z.uuid() }))
    .min(1)
    .max(200),
  mark: z.discriminatedUnion('kind', [
    /** Null: nobody looks after it any more. */
    z.object({ kind: z.literal('assign'), assignee: z.string().max(100).nullable() }),
    z.object({ kind: z.literal('snooze'), until: z.iso.datetime({ offset: true }) }),
    z.object({ kind: z.literal('done') }),
    z.object({ kind: z.literal('reopen') }),
  ]),
});
export type MarkInput = z.infer<typeof markSchema>;
type Mark = MarkInput['mark'];

/** Who looks after what, and what is put away until when. Beside the state machine: nothing at NP hangs on it. */
@Injectable()
export class DeskMarks {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(DeskEntries) private readonly entries: DeskEntries,
    @Inject(ChangeFeed) private readonly feed: ChangeFeed,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Marks those of the transactions that the person may see; gives how many. Throws 400 for whom or when it cannot be. */
  async mark(user: SignedInUser, { keys, mark }: MarkInput): Promise<{ marked: number }> {
    const visible = keys.filter(({ shopId }) => !user.shopIds || user.shopIds.includes(shopId));
    await this.check(
      mark,
      visible.map(({ shopId }) => shopId),
    );
    const marked = await this.database.transaction(async (manager) => {
      const known = await this.write(manager, visible, mark);
      await this.entries.add(
        known.map((key) => ({ ...key, by: user.login, ...entryOf(mark) })),
        manager,
      );
      return known.length;
    });
    this.feed.notify(visible.map(({ shopId }) => shopId));
    return { marked };
  }

  /** What is on one transaction now. */
  async of({ shopId, transactionId }: TransactionKey): Promise<DeskMark> {
    const [row] = await this.database.query<
      { assignee: string | null; snoozed_until: Date | null; done_at: Date | null; show: string }[]
    >(
      `select m.assignee, m.snoozed_until, m.done_at, ${showOf('$3')} as show
       from desk_marks m join transactions t on t.shop_id = m.shop_id and t.id = m.transaction_id
       where m.shop_id = $1 and m.transaction_id = $2`,
      [shopId, transactionId, this.clock.now()],
    );
    return {
      assignee: row?.assignee ?? null,
      snoozedUntil: row?.show === 'snoozed' ? (row.snoozed_until?.toISOString() ?? null) : null,
      doneAt: row?.show === 'done' ? (row.done_at?.toISOString() ?? null) : null,
    };
  }

  /** Who can be asked to look after something that this person sees. */
  async colleagues(user: SignedInUser): Promise<readonly Colleague[]> {
    return this.database.query<Colleague[]>(
      `select login, name from users where not disabled and role <> 'viewer'
         and ($1::uuid[] is null or shop_ids is null or shop_ids && $1) order by lower(login)`,
      [user.shopIds],
    );
  }

  private async write(
    manager: EntityManager,
    keys: readonly { readonly shopId: string; readonly id: string }[],
    mark: Mark,
  ): Promise<readonly TransactionKey[]> {
    if (keys.length === 0) return [];
    const rows = keys.map(({ shopId, id }) => ({ shop_id: shopId, id }));
    const { sql, parameters } = unnestRows({ shop_id: 'uuid', id: 'uuid' }, rows, 3);
    const [value, change] = changeOf(mark);
    const written = await manager.query<{ shop_id: string; transaction_id: string }[]>(
      `with marked as (
         select distinct t.shop_id, t.id, ${situationPrint} as print, $1::text as value, $2::timestamptz as at
         from transactions t join ${sql} k on k.shop_id = t.shop_id and k.id = t.id)
       insert into desk_marks as m (shop_id, transaction_id, ${change.join(', ')})
       select shop_id, id, ${change.map((column) => sourceOf(column, mark)).join(', ')} from marked order by shop_id, id
       on conflict (shop_id, transaction_id)
       do update set ${change.map((column) => `${column} = excluded.${column}`).join(', ')}
       returning shop_id, transaction_id`,
      [value, mark.kind === 'snooze' ? mark.until : this.clock.now(), ...parameters],
    );
    return written.map((row) => ({ shopId: row.shop_id, transactionId: row.transaction_id }));
  }

  private async check(mark: Mark, shopIds: readonly string[]): Promise<void> {
    if (mark.kind === 'snooze') {
      const ahead = Date.parse(mark.until) - this.clock.now().getTime();
      if (ahead > 0 && ahead <= longestSnoozeMs) return;
      throw wrongField('mark.until', {
        ja: 'いまより後、92日以内の日時を指定してください。',
        en: 'Please give a moment after now and within 92 days.',
      });
    }
    if (mark.kind !== 'assign' || mark.assignee === null) return;
    const found = await this.database.query<unknown[]>(
      `select 1 from users where login = $1 and not disabled and role in ('support', 'operator')
         and (shop_ids is null or shop_ids @> $2::uuid[])`,
      [mark.assignee, [...new Set(shopIds)]],
    );
    if (found.length > 0) return;
    throw wrongField('mark.assignee', {
      ja: 'この担当者は選べません。無効になっているか、この店舗を担当していません。',
      en: 'This person cannot be chosen: disabled, or not responsible for this shop.',
    });
  }
}

type Column = 'assignee' | 'snoozed_until' | 'snoozed_print' | 'done_at' | 'done_print';

/** The login of an assignment, and the columns that a mark changes. Putting away in one way ends the other. */
function changeOf(mark: Mark): readonly [string | null, readonly Column[]] {
  if (mark.kind === 'assign') return [mark.assignee, ['assignee']];
  return [null, ['snoozed_until', 'snoozed_print', 'done_at', 'done_print']];
}

function sourceOf(column: Column, { kind }: Mark): string {
  if (column === 'assignee') return 'value';
  const belongs = column.startsWith(kind === 'snooze' ? 'snoozed' : 'done');
  if (kind === 'reopen' || !belongs) return column.endsWith('print') ? 'null::text' : 'null::timestamptz';
  return column.endsWith('print') ? 'print' : 'at';
}

function entryOf(mark: Mark): {
  readonly kind: 'assigned' | 'snoozed' | 'done' | 'reopened';
  detail: string | null;
} {
  if (mark.kind === 'assign') return { kind: 'assigned', detail: mark.assignee };
  if (mark.kind === 'snooze') return { kind: 'snoozed', detail: mark.until };
  return { kind: mark.kind === 'done' ? 'done' : 'reopened', detail: null };
}

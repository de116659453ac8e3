import { Inject, Injectable } from '@nestjs/common';
import type { Clock, FindingAction, FindingView, TransactionEvent } from '@np-hub/model';
import { DataSource, type EntityManager } from 'typeorm';
import type { SignedInUser } from '../accounts/sessions.js';
import { requireShop } from '../accounts/scope.js';
import { ApiProblem, problemOf } from '../http/problem.js';
import { CLOCK } from '../tokens.js';
import { lockTransactions } from '../transactions/locks.js';
import { refusalTexts } from '../transactions/refusal-texts.js';
import { Transactions } from '../transactions/transactions.js';
import { FindingList, findingViewOf, type FindingRow } from './finding-list.js';

/** What people do with a difference that the hub does not repair by itself: each repair is one event, with their name. */
@Injectable()
export class Repairs {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(FindingList) private readonly findings: FindingList,
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Does what is offered. Throws 404, or 409 where it has been dealt with, is not offered, or is refused by name. */
  async repair(user: SignedInUser, id: string): Promise<FindingView> {
    const { action, ...row } = await this.open(user, id);
    if (!action) throw conflict('nothing-offered');
    await this.database.transaction(async (manager) => {
      const key = { shopId: row.shop_id, transactionId: row.transaction_id };
      await lockTransactions(manager, [key]);
      if (action === 'cancel-again') await refuseSecondLive(manager, row);
      const event = eventOf(action, row.attempt ?? 0, this.now());
      const [outcome] = await this.transactions.applyIn(manager, [{ ...key, event, by: user.login }]);
      if (outcome?.kind === 'refused' && outcome.name !== 'repeated')
        throw new ApiProblem(409, outcome.name, refusalTexts[outcome.name]);
      await this.close(manager, id, { by: user.login, resolution: 'done' });
    });
    return this.view(id);
  }

  /** Puts a difference aside: it is not raised anew while it looks the same. */
  async dismiss(user: SignedInUser, id: string): Promise<FindingView> {
    await this.open(user, id);
    await this.close(this.database.manager, id, { by: user.login, resolution: 'dismissed' });
    return this.view(id);
  }

  private async open(user: SignedInUser, id: string): Promise<FindingRow> {
    const row = await this.findings.one(id);
    if (!row) throw problemOf(404);
    requireShop(user, row.shop_id);
    if (row.state !== 'open') throw conflict('finding-closed');
    return row;
  }

  /** Whoever is second finds it closed, and nothing of theirs is kept. */
  private async close(
    manager: EntityManager,
    id: string,
    { by, resolution }: { readonly by: string; readonly resolution: 'done' | 'dismissed' },
  ): Promise<void> {
    const [, closed] = await manager.query<[unknown, number]>(
      `update findings set state = 'resolved', resolution = $2, resolved_by = $3, resolved_at = $4
       where id = $1 and state = 'open'`,
      [id, resolution, by, this.now()],
    );
    if (closed !== 1) throw conflict('finding-closed');
  }

  private async view(id: string): Promise<FindingView> {
    const row = await this.findings.one(id);
    if (!row) throw problemOf(404);
    return findingViewOf(row);
  }

  private now(): string {
    return this.clock.now().toISOString();
  }
}

function eventOf(action: FindingAction, attempt: number, at: string): TransactionEvent {
  switch (action) {
    case 'cancel-again':
      return { type: 'drift-found', attempt, at, found: 'alive' };
    case 'send-word':
      return { type: 'word-repair-requested', at };
    case 'cancel':
      return { type: 'cancel-requested', at };
    case 'check-credit':
      return { type: 'credit-check-requested', at };
  }
}

/** Another transaction of the merchant has the order at NP by now: two would be alive here. Throws 409. */
async function refuseSecondLive(manager: EntityManager, row: Omit<FindingRow, 'action'>): Promise<void> {
  const [other] = await manager.query<unknown[]>(
    `select 1 from transactions t join attempts a on a.merchant = t.merchant and a.order_number = t.np_number and a.live
     where t.shop_id = $1 and t.id = $2 and (a.shop_id, a.transaction_id) <> (t.shop_id, t.id)`,
    [row.shop_id, row.transaction_id],
  );
  if (other) throw conflict('live-elsewhere');
}

const texts = {
  'finding-closed': {
    ja: 'この差異はすでに対応済みです。一覧を確認してください。',
    en: 'This difference has been dealt with already. Please look at the list.',
  },
  'nothing-offered': {
    ja: 'この差異にハブからできる操作はありません。NPまたはカートの管理画面で確認してください。',
    en: 'The hub can do nothing about this difference. Please look at it in NP’s or the cart’s own screens.',
  },
  'live-elsewhere': {
    ja: 'この注文は別の店舗の取引として有効です。NPの管理画面で、どちらを残すか確認してください。',
    en: 'Another shop has this order alive at NP. Please settle in NP’s console which of the two is to stay.',
  },
} as const;

const conflict = (error: keyof typeof texts): ApiProblem => new ApiProblem(409, error, texts[error]);

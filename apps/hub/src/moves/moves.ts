import { Inject, Injectable } from '@nestjs/common';
import {
  japaneseDay,
  planMove,
  stepsMissing,
  type Clock,
  type IdSource,
  type MoveChange,
  type MoveInput,
  type MoveView,
} from '@np-hub/model';
import { DataSource, type EntityManager } from 'typeorm';
import { requireShop } from '../accounts/scope.js';
import type { SignedInUser } from '../accounts/sessions.js';
import { Audit } from '../audit/audit.js';
import { ApiProblem, problemOf, wrongField } from '../http/problem.js';
import { Connections } from '../shops/connections.js';
import { oweFollowing, takeShop } from '../shops/held.js';
import { SettingsChange } from '../shops/settings-change.js';
import { Shops } from '../shops/shops.js';
import { CLOCK, IDS } from '../tokens.js';
import { doneSteps, moveRow, movesOf, noteSteps, type Move } from './move-rows.js';
import { hubSteps, MoveViews } from './move-views.js';

/** Guided moves: a dated plan, steps that people and the hub tick, the switch, and what is left over. */
@Injectable()
export class Moves {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(MoveViews) private readonly views: MoveViews,
    @Inject(Shops) private readonly shops: Shops,
    @Inject(Connections) private readonly connections: Connections,
    @Inject(SettingsChange) private readonly settingsChange: SettingsChange,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: IdSource,
  ) {}

  async list(user: SignedInUser, shopId: string): Promise<readonly MoveView[]> {
    requireShop(user, shopId);
    const moves = await movesOf(this.database.manager, shopId);
    return Promise.all(moves.map((move) => this.views.view(move)));
  }

  async one(user: SignedInUser, id: string): Promise<MoveView> {
    const move = await moveRow(this.database.manager, id);
    requireShop(user, move.shopId);
    return this.views.view(move);
  }

  /** Begins a move. Throws 409 while the shop has another one open. */
  async begin(user: SignedInUser, { shopId, toConnectionId, settings }: MoveInput): Promise<MoveView> {
    requireShop(user, shopId);
    const shop = await this.shops.open(shopId);
    if (settings.kind === 'own-link-to-hub' && shop.takeoverAt) throw alreadyLive();
    this.checkDay(settings.switchOn);
    await this.checkConnection(user, toConnectionId, shop.connectionId);
    const id = this.ids.next();
    await this.database.transaction(async (manager) => {
      const [made] = await manager.query<unknown[]>(
        `insert into moves (id, shop_id, kind, state, settings, switch_on, from_connection_id, to_connection_id, created_at, created_by)
         values ($1, $2, $3, 'planned', $4, $5, $6, $7, $8, $9)
         on conflict (shop_id) where state in ('planned', 'switched') do nothing returning id`,
        [
          id,
          shopId,
          settings.kind,
          JSON.stringify(settings),
          settings.switchOn,
          shop.connectionId,
          toConnectionId,
          this.clock.now(),
          user.login,
        ],
      );
      if (!made) throw alreadyMoving();
      await this.note(manager, user.login, 'move-begun', { id, shopId }, { settings, toConnectionId });
    });
    return this.one(user, id);
  }

  /** Another day, other settings, or another connection: the plan is worked out anew, and ticks stay. */
  async change(user: SignedInUser, id: string, change: MoveChange): Promise<MoveView> {
    await this.changing(user, id, async (manager, move) => {
      if (move.state !== 'planned') throw notNow();
      const settings = change.settings ?? move.settings;
      if (settings.kind !== move.settings.kind) throw otherKind();
      // A day that has passed meanwhile does not stand in the way of what else is changed.
      if (settings.switchOn !== move.settings.switchOn) this.checkDay(settings.switchOn);
      const to = change.toConnectionId === undefined ? move.toConnectionId : change.toConnectionId;
      await this.checkConnection(user, to, move.fromConnectionId);
      await manager.query(
        'update moves set settings = $2, switch_on = $3, to_connection_id = $4 where id = $1',
        [id, JSON.stringify(settings), settings.switchOn, to],
      );
      await this.note(manager, user.login, 'move-changed', move, { settings, toConnectionId: to });
    });
    return this.one(user, id);
  }

  /**
   * Ticks a step, or takes the tick back. What the hub sees otherwise, and what cannot be taken back, has to be accepted
   * by name. Throws 409 where steps before it are open.
   */
  async tick(
    user: SignedInUser,
    id: string,
    { step, done, accept }: { readonly step: string; readonly done: boolean; readonly accept: boolean },
  ): Promise<MoveView> {
    const seen = (await this.one(user, id)).steps.find((one) => one.id === step);
    if (!seen) throw problemOf(404);
    await this.changing(user, id, async (manager, move) => {
      if (move.state !== 'planned' && move.state !== 'switched') throw notNow();
      const steps = planMove(move.settings);
      const before = await doneSteps(manager, id);
      const planned = steps.find((one) => one.id === step);
      if (!planned) throw problemOf(404);
      if (hubSteps.has(planned.name)) throw onlyTheHub();
      if (done && stepsMissing(steps, step, new Set(before.keys())).length > 0) throw tooEarly();
      if (done && !accept && planned.irreversible) throw irreversible();
      if (done && !accept && seen.seen === false) throw stillOpen(seen.open);
      if (!done && planned.irreversible && before.has(step)) throw irreversible();
      if (before.has(step) === done) return;
      await noteSteps(manager, id, { steps: [step], done, by: user.login, at: this.clock.now() });
      await this.note(manager, user.login, 'move-step', move, { step, done, open: seen.open });
    });
    return this.one(user, id);
  }

  /** Ticks what the hub sees to be done, in the plan's order. */
  async check(user: SignedInUser, id: string): Promise<MoveView> {
    const { steps: seen } = await this.one(user, id);
    await this.changing(user, id, async (manager, move) => {
      if (move.state !== 'planned' && move.state !== 'switched') return;
      const steps = planMove(move.settings);
      const done = new Set((await doneSteps(manager, id)).keys());
      const fresh: string[] = [];
      for (const { id: step } of steps) {
        const isSeen = seen.find((one) => one.id === step)?.seen === true;
        if (!isSeen || done.has(step) || stepsMissing(steps, step, done).length > 0) continue;
        done.add(step);
        fresh.push(step);
      }
      if (fresh.length === 0) return;
      await noteSteps(manager, id, { steps: fresh, done: true, by: 'system', at: this.clock.now() });
      await this.note(manager, 'system', 'move-step', move, { steps: fresh, done: true });
    });
    return this.one(user, id);
  }

  /**
   * From now on new orders go the new way. What is registered keeps its connection: credentials and questions go on until
   * it has come to rest. What the shop is from now on is written with the switch. Throws 409 while a step before it is open.
   */
  async switch(user: SignedInUser, id: string): Promise<MoveView> {
    await this.check(user, id);
    let shopId = '';
    await this.changing(user, id, async (manager, move) => {
      ({ shopId } = move);
      if (move.state !== 'planned') throw notNow();
      const steps = planMove(move.settings);
      const done = new Set((await doneSteps(manager, id)).keys());
      if (stepsMissing(steps, 'hub-switch', done).length > 0) throw tooEarly();
      const at = this.clock.now();
      await takeShop(manager, shopId);
      if (move.settings.kind === 'batch-to-real-time') {
        await manager.query(
          `update shops set connection_id = $2, policies = policies || '{"realTime": true}'::jsonb where id = $1`,
          [shopId, move.toConnectionId],
        );
      }
      if (move.settings.kind === 'own-link-to-hub')
        await this.shops.goLiveIn(manager, shopId, { takeoverAt: at, by: user.login });
      await oweFollowing(manager, shopId, at);
      await manager.query(`update moves set state = 'switched', switched_at = $2 where id = $1`, [id, at]);
      await noteSteps(manager, id, { steps: ['hub-switch'], done: true, by: user.login, at });
      await this.note(manager, user.login, 'move-changed', move, { state: 'switched' });
    });
    await this.settingsChange.afterShop(shopId);
    return this.one(user, id);
  }

  /** Gives a move up before its switch; the view says what is to be set back in the cart. */
  async abandon(user: SignedInUser, id: string): Promise<MoveView> {
    await this.end(user, id, 'planned', 'abandoned');
    return this.one(user, id);
  }

  /** Ends a move after its switch. Throws 409 while a step is open, or something is orphaned. */
  async finish(user: SignedInUser, id: string): Promise<MoveView> {
    const view = await this.check(user, id);
    const open = view.steps.filter(({ done }) => done === null).length;
    if (open > 0 || view.orphans.length > 0) throw stillOpen(open + view.orphans.length);
    await this.end(user, id, 'switched', 'done');
    return this.one(user, id);
  }

  private end(user: SignedInUser, id: string, from: Move['state'], to: Move['state']): Promise<void> {
    return this.changing(user, id, async (manager, move) => {
      if (move.state !== from) throw notNow();
      await manager.query('update moves set state = $2, ended_at = $3 where id = $1', [
        id,
        to,
        this.clock.now(),
      ]);
      await this.note(manager, user.login, 'move-changed', move, { state: to });
    });
  }

  private changing(
    user: SignedInUser,
    id: string,
    work: (manager: EntityManager, move: Move) => Promise<void>,
  ): Promise<void> {
    return this.database.transaction(async (manager) => {
      const move = await moveRow(manager, id, true);
      requireShop(user, move.shopId);
      await work(manager, move);
    });
  }

  /** Every step of a plan for a day that has passed would be late from its start. */
  private checkDay(switchOn: string): void {
    if (switchOn < japaneseDay(this.clock.now())) throw wrongField('settings.switchOn', dayPassed);
  }

  /** Another connection than the present one, which exists and which the person may see. */
  private async checkConnection(user: SignedInUser, to: string | null, from: string): Promise<void> {
    if (to === null) return;
    const known = (await this.connections.list()).some(({ id }) => id === to);
    const mayUse =
      user.shopIds === null || (await this.connections.list(user.shopIds)).some(({ id }) => id === to);
    if (!known || !mayUse || to === from) throw wrongField('toConnectionId', wrongConnection);
  }

  private note(
    manager: EntityManager,
    by: string,
    action: 'move-begun' | 'move-changed' | 'move-step',
    { id, shopId }: { readonly id: string; readonly shopId: string },
    details: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    return this.audit.record(manager, { by, action, object: `move:${id}`, shopId, details });
  }
}

const dayPassed = {
  ja: '切り替え日は、今日以降の日付にしてください。',
  en: 'Give a day of the switch that has not passed.',
};
const wrongConnection = {
  ja: '今とは別の、登録済みの接続を選んでください。',
  en: 'Choose another connection that exists.',
};
const refusal = (error: string, ja: string, en: string) => new ApiProblem(409, error, { ja, en });
const alreadyLive = () =>
  refusal('already-live', 'このショップはすでに稼働しています。', 'This shop is live already.');
const alreadyMoving = () =>
  refusal('already-moving', 'このショップには進行中の切替があります。', 'This shop has a move under way.');
const notNow = () =>
  refusal(
    'not-now',
    '切替の今の状態では、この操作はできません。',
    'Not possible in the present state of the move.',
  );
const otherKind = () =>
  refusal('other-kind', '切替の種類は変えられません。', 'The kind of a move cannot be changed.');
const onlyTheHub = () =>
  refusal('only-the-hub', 'この手順はハブが記録します。', 'The hub itself notes this step.');
const tooEarly = () =>
  refusal('too-early', '先に済ませる手順が残っています。', 'Steps before this one are open.');
const irreversible = () =>
  refusal(
    'irreversible',
    'この手順は元に戻せません。確認のうえ、承知して記録してください。',
    'This step cannot be taken back. Accept that to note it.',
  );
const stillOpen = (open: number | null) =>
  refusal(
    'still-open',
    `まだ残っています${open === null ? '' : `（${open}件）`}。承知のうえで進める場合は、その旨を指定してください。`,
    `Something is still open${open === null ? '' : ` (${open})`}. Accept it to go on all the same.`,
  );

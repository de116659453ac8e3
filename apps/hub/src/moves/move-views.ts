import { Inject, Injectable } from '@nestjs/common';
import {
  planMove,
  stepsMissing,
  type MoveCounts,
  type MoveStep,
  type MoveStepView,
  type MoveView,
  type Orphan,
} from '@np-hub/model';
import { DataSource } from 'typeorm';
import { Connections } from '../shops/connections.js';
import { Shops, type OpenShop } from '../shops/shops.js';
import { countsOf, orphansOf } from './counts.js';
import { doneSteps, type DoneStep, type Move } from './move-rows.js';
import { textOfStep } from './step-texts.js';

/** Steps that the hub does or sees itself, and that nobody ticks by hand. */
export const hubSteps: ReadonlySet<string> = new Set(['connection', 'hub-switch', 'check']);

interface Seen {
  readonly move: Move;
  readonly shop: OpenShop;
  readonly counts: MoveCounts;
  readonly orphans: readonly Orphan[];
  /** The connection that the shop moves to can do what the move is for. */
  readonly isReady: boolean;
}

/** A move with what the hub sees of it now. */
@Injectable()
export class MoveViews {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Shops) private readonly shops: Shops,
    @Inject(Connections) private readonly connections: Connections,
  ) {}

  async view(move: Move): Promise<MoveView> {
    const { manager } = this.database;
    const { id, shopId, state, settings, fromConnectionId, toConnectionId, createdBy } = move;
    const done = await doneSteps(manager, id);
    const shop = await this.shops.open(shopId);
    const counts = await countsOf(manager, {
      shopId,
      connectionId: fromConnectionId,
      switchedAt: move.switchedAt,
    });
    const orphans = await orphansOf(manager, shopId);
    const seen = { move, shop, counts, orphans, isReady: await this.isReady(move) };
    const steps = planMove(settings);
    return {
      id,
      shopId,
      state,
      settings,
      fromConnectionId,
      toConnectionId,
      createdBy,
      counts,
      createdAt: move.createdAt.toISOString(),
      switchedAt: move.switchedAt?.toISOString() ?? null,
      endedAt: move.endedAt?.toISOString() ?? null,
      orphans: [...orphans],
      steps: steps.map((step) => stepView(step, steps, done, seen)),
    };
  }

  /** A gateway that knows modes has to be in real time there; one without says nothing. */
  private async isReady({ settings, fromConnectionId: from, toConnectionId: to }: Move): Promise<boolean> {
    if (settings.kind === 'own-link-to-hub') return true;
    if (to === null || to === from) return false;
    const { mode } = (await this.connections.open(to)).settings as { readonly mode?: unknown };
    return mode === undefined || mode === 'real-time';
  }
}

function stepView(
  step: MoveStep,
  steps: readonly MoveStep[],
  done: ReadonlyMap<string, DoneStep>,
  seen: Seen,
): MoveStepView {
  const { id, name, phase, dueOn, irreversible } = step;
  const ticked = done.get(id);
  const { title, help, undo } = textOfStep(seen.move.settings, step);
  const open = openOf(step, seen);
  return {
    id,
    phase,
    dueOn,
    irreversible,
    title,
    help,
    undo,
    open,
    by: hubSteps.has(name) ? 'hub' : 'person',
    done: ticked ? { by: ticked.by, at: ticked.at.toISOString() } : null,
    seen: open === null ? seenOf(step, seen) : open === 0,
    missing: [...stepsMissing(steps, id, new Set(done.keys()))],
  };
}

/** The orders that stand in the way of a step; null where none can. */
function openOf({ name }: MoveStep, { counts, orphans, move }: Seen): number | null {
  switch (name) {
    case 'drain':
      return counts.approvedSeparate + counts.approvedEnclosed;
    case 'left-before-credit-first':
      // Without courses in the plan there is no step of its own for the repeated ones.
      return (
        counts.beforeCreditFirst + (move.settings.courseDaysBefore === null ? counts.beforeCreditRepeated : 0)
      );
    case 'left-before-credit-repeated':
      return counts.beforeCreditRepeated;
    case 'left-after-credit':
      return counts.afterCreditFirst + counts.afterCreditRepeated;
    case 'left-own-link':
      return counts.released;
    case 'check':
      return orphans.length;
    default:
      return null;
  }
}

/** What the hub sees of a step in its own settings; null where only people can. */
function seenOf({ name, method }: MoveStep, { move, shop, isReady }: Seen): boolean | null {
  switch (name) {
    case 'connection':
      return isReady;
    case 'credit-timing-zero':
      return shop.policies.creditTiming === 'before-shipment' ? shop.policies.creditDaysBefore === 0 : null;
    case 'carrier-code':
      return hasCarrierCode(shop.settings, method ?? '');
    case 'hub-switch':
      return move.switchedAt !== null;
    default:
      return null;
  }
}

/** Null where the cart's adapter has no such setting. */
function hasCarrierCode(settings: unknown, method: string): boolean | null {
  const codes = (settings as { readonly carrierCodes?: unknown }).carrierCodes;
  return typeof codes === 'object' && codes !== null ? Object.hasOwn(codes, method) : null;
}

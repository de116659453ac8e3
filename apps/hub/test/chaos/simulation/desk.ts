import { IoError } from '@np-hub/kit';
import { isLive } from '@np-hub/model';
import type pg from 'pg';
import { TransactionActions, type PlainAction } from '../../../src/transactions/actions.js';
import type { Chance } from './chance.js';
import { isDatabaseFailure } from './database.js';
import { doubtsOf, keyOf, returnsOf, rowsOf } from './records.js';
import type { SimHub } from './sim-hub.js';
import type { Steps } from './steps.js';
import { desk } from './terms.js';
import type { HubRow } from './verdict.js';
import type { OutsideWorld } from './world.js';

interface DeskParts {
  readonly chance: Chance;
  readonly steps: Steps;
  readonly world: OutsideWorld;
  readonly pool: pg.Pool;
}

const open: readonly string[] = [
  'received',
  'registering',
  'reviewing',
  'approved',
  'held',
  'amending',
  'reporting',
];

/** Staff at the hub's own pages. What makes no sense is refused by name. */
export class Desk {
  /** Cancels that the hub has confirmed. */
  readonly confirmedCancels = new Set<string>();

  constructor(private readonly parts: DeskParts) {}

  /** Somebody does something to an order by chance: to one that waits for it, or to any. */
  async act(hub: SimHub, numbers: readonly string[]): Promise<void> {
    const { chance, steps, pool } = this.parts;
    const [doubt] = await doubtsOf(pool);
    // Of what the hub is about to end by itself people mostly keep their hands.
    const needed = doubt?.facts.inFlight?.resolution ? 0.1 : 0.7;
    if (doubt && chance.happens(needed)) return steps.begin(hub.name, () => this.resolve(hub, doubt));
    const returned = chance.pick(await returnsOf(pool));
    if (returned && chance.happens(0.6)) return this.press(hub, returned, this.wayOn(returned));
    const number = chance.pick(numbers);
    const row = chance.pick(number === undefined ? [] : await rowsOf(pool, number));
    if (!row) return;
    const cancels = open.includes(row.state) && chance.happens(0.12);
    await this.press(
      hub,
      row,
      cancels ? 'cancel' : (chance.pick(['retry', 'check-credit'] as const) ?? 'retry'),
    );
  }

  /** As a person does it: looks the order up at NP, and enters its id, or says that there is none. */
  async resolve(hub: SimHub, row: HubRow): Promise<void> {
    const attempt = row.facts.attempts.findLast(isLive);
    if (!attempt) return;
    const shopTransactionId =
      attempt.number === 1 ? row.order_number : `${row.order_number}-${attempt.number}`;
    const [atNp] = this.parts.world.sandbox.transactions(shopTransactionId);
    const actions = hub.get(TransactionActions);
    await tried(() =>
      atNp
        ? actions.enterId(desk, keyOf(row), atNp.npTransactionId)
        : actions.plain(desk, keyOf(row), 'confirm-absence'),
    );
  }

  /** What goes on after a part came back. */
  private wayOn({ state }: HubRow): PlainAction {
    if (state !== 'reissue-failed') return 'reissue';
    return this.parts.chance.pick(['retry', 'register-anew', 'register-anew', 'cancel'] as const) ?? 'retry';
  }

  private press(hub: SimHub, row: HubRow, action: PlainAction): Promise<void> {
    return this.parts.steps.begin(hub.name, async () => {
      const done = await tried(() => hub.get(TransactionActions).plain(desk, keyOf(row), action));
      if (done && action === 'cancel') this.confirmedCancels.add(row.order_number);
    });
  }
}

/** False where the hub refused it, or could not do it now. */
async function tried(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    const refused = typeof (error as { getStatus?: unknown }).getStatus === 'function';
    if (refused || error instanceof IoError || isDatabaseFailure(error)) return false;
    throw error;
  }
}

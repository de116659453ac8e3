import type { CartAdapter } from '@np-hub/kit';
import type { ShopView } from '@np-hub/model';

/** The last time that a shop was read, as it is stored. */
export interface LastRun {
  readonly shop_id: string;
  readonly started_at: Date;
  readonly finished_at: Date | null;
  readonly outcome: string;
  readonly orders: number;
  readonly changed: number;
  readonly error: string | null;
}

/** What the cart's adapter brings. */
export const capabilitiesOf = (adapter: CartAdapter): ShopView['capabilities'] => ({
  pull: adapter.pull !== undefined,
  files: adapter.file !== undefined,
  push: adapter.push !== undefined,
  buttons: (adapter.buttons ?? []).map(({ action, label }) => ({ action, label })),
  instructions: [...(adapter.instructions ?? [])],
});

export const lastRunOf = (run: LastRun): ShopView['lastRun'] => ({
  at: run.started_at.toISOString(),
  outcome: run.outcome,
  orders: run.orders,
  changed: run.changed,
  durationMs: run.finished_at ? run.finished_at.getTime() - run.started_at.getTime() : 0,
  error: run.error,
});

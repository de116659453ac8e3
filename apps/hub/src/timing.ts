import type { ReadRun } from '@np-hub/model';

/** How often the hub looks, in milliseconds. */
export interface Timing {
  /** Between two pulls of a shop; a quiet shop backs off up to `pullQuietMs`. */
  readonly pullMs: number;
  readonly pullQuietMs: number;
  /** Shops that one hub reads at the same time. */
  readonly shopsAtOnce: number;
  /** How far back a pull always looks, by order date. */
  readonly recentWindowMs: number;
  /** Between two sweeps over the order dates of transactions that are not final. */
  readonly sweepMs: number;
  /** First pause before asking NP again, and the longest, by pace. */
  readonly read: Readonly<Record<ReadRun['pace'], { firstMs: number; longestMs: number }>>;
  /** Payments are asked for by the age of the report (`paymentBands`); otherwise by their pace in `read`. */
  readonly paymentsByAge?: boolean;
  /** After a call that was turned away whole (NP down, credentials refused). */
  readonly retryMs: number;
  readonly tickMs: number;
  /** How long a question in real time may go by settings that were read before. */
  readonly settingsKeptMs: number;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** NP answers within minutes to a day; peers look every 10 minutes (peers.md 2.4, 2.15). */
const calm: Timing = {
  pullMs: minuteMs,
  pullQuietMs: 10 * minuteMs,
  shopsAtOnce: 4,
  recentWindowMs: 48 * hourMs,
  sweepMs: 10 * minuteMs,
  read: {
    soon: { firstMs: 10_000, longestMs: 10 * minuteMs },
    slow: { firstMs: 30 * minuteMs, longestMs: 2 * hourMs },
    idle: { firstMs: 6 * hourMs, longestMs: 24 * hourMs },
  },
  paymentsByAge: true,
  retryMs: minuteMs,
  tickMs: 1_000,
  settingsKeptMs: 3_000,
};

const brisk: Timing = {
  pullMs: 2_000,
  pullQuietMs: 4_000,
  shopsAtOnce: 4,
  recentWindowMs: 48 * hourMs,
  sweepMs: 20_000,
  read: {
    soon: { firstMs: 1_000, longestMs: 4_000 },
    slow: { firstMs: 5_000, longestMs: 10_000 },
    idle: { firstMs: 30_000, longestMs: minuteMs },
  },
  retryMs: 3_000,
  tickMs: 250,
  settingsKeptMs: 3_000,
};

/** Calm for the real world; brisk for the demo and beside a sandbox, so that people see orders move. */
export const timings = { calm, brisk } as const;

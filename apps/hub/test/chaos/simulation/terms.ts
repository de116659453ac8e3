import type { Faults } from './faults.js';
import type { Findings } from './verdict.js';
import { staleFinds } from './world.js';

export interface SimulationOptions {
  readonly seed: number;
  readonly orders: number;
  readonly faults?: Faults;
  /** Probability of a hub's death at each step. */
  readonly kills?: number;
  /** Hubs at once. */
  readonly hubs?: number;
  /** The cart that all orders are placed in; left out: any. */
  readonly cart?: string;
  /** Calls that these faults happen to, whatever happens to the others: those whose address ends like this. */
  readonly aim?: { readonly call: string; readonly faults: Partial<Faults> };
  /** What is to happen more often than usual. */
  readonly turns?: Partial<typeof turns>;
  /** The number of an order whose whole story is wanted. */
  readonly show?: string;
  /** Changes the schema before anything begins: for showing what happens without a guard of the database. */
  readonly sql?: string;
}

export interface SimulationResult {
  readonly findings: Findings;
  readonly thrown: readonly string[];
  /** The story of the order that was asked for: the hub's history, then NP's records and the cart's. */
  readonly story: readonly object[];
  readonly figures: Readonly<Record<string, number>>;
  /** A hash over everything that moved, in its order: two runs of one seed have the same. */
  readonly trace: string;
}

export const desk = {
  id: '00000000-0000-4000-8000-000000000000',
  login: 'desk',
  name: 'desk',
  role: 'support',
  shopIds: null,
} as const;
export const minuteMs = 60_000;
/** NP is asked once a round, and may answer its former result so often before it tells the new one. */
export const fewestQuietRounds = staleFinds + 2;
/** Steps that the first orders need to come to their ends while the others are still under way. */
export const shortestDay = 600;
/** The part of the steps after which the next day begins. */
export const evening = 0.6;
/** Steps after which the line turns from bad to mostly sound, or back: what rests after failures gets going in between. */
export const shortestSpell = 50;
export const longestSpell = 150;
/** Probability of minutes that pass at once, at each step. */
export const lulls = 0.04;
export const mostRounds = 300;
export const mostSkewMs = 30_000;
export const usualKills = 0.012;

/** What happens at a step, by how often. */
export const turns = {
  advance: 50,
  work: 22,
  rush: 2,
  pull: 4,
  reap: 2,
  tell: 1,
  person: 30,
  notice: 4,
  desk: 6,
  noise: 1,
};

import { z } from 'zod';
import type { Journal } from './journal.js';
import { type Random, seededRandom } from './random.js';

/** What a test or a trainer asks to go wrong. */
export const faultSchema = z.strictObject({
  fault: z.enum(['latency', 'server-error', 'drop-answer', 'half-batch', 'garbage', 'throttle', 'truncate']),
  target: z.enum(['np', 'makeshop', 'subscription-store', 'sbps']).default('np'),
  /** One operation (NP: register, edit, …, or of one merchant register@DEMO000002; makeshop: searchOrder, …); left out: every one of the target. */
  operation: z.string().optional(),
  /** Fires on every n-th matching call. */
  every: z.int().min(1).default(1),
  /** Fires so many times and is spent. */
  times: z.int().min(1).optional(),
  /** Fires by chance, repeatable through `seed`. */
  probability: z.number().min(0).max(1).default(1),
  seed: z.int().default(1),
  delayMs: z.int().min(0).max(600_000).default(1000),
  /** Whether the work is done before the call fails. Left out: as described for each fault. */
  work: z.enum(['done', 'not-done']).optional(),
});
export type Fault = z.infer<typeof faultSchema>;

/** Whether a fault does the work where the request does not say so. */
const worksByDefault: Readonly<Record<Fault['fault'], boolean>> = {
  latency: true,
  'server-error': false,
  'drop-answer': true,
  'half-batch': false,
  garbage: true,
  throttle: false,
  truncate: true,
};

/** What happens to one call: a delay, and at most one other fault. */
export interface FaultPlan {
  readonly delayMs: number;
  /** What delays the call: where it is taken away meanwhile, the call goes on at once. */
  readonly delayedBy: readonly AbortSignal[];
  readonly kind: Exclude<Fault['fault'], 'latency'> | null;
  readonly doesWork: boolean;
}

interface ArmedFault {
  readonly id: number;
  readonly fault: Fault;
  readonly random: Random;
  readonly gone: AbortController;
  calls: number;
  fired: number;
}

/** The faults that are on. They survive a restart; how often each has been called and fired begins anew. */
export class Faults {
  #armed: ArmedFault[] = [];
  #nextId = 1;

  constructor(private readonly journal: Journal) {}

  add(fault: Fault): number {
    const id = this.#nextId;
    this.restore(String(id), { fault });
    this.journal.append({ kind: 'fault', id: String(id), set: { fault } });
    return id;
  }

  /** Removes one fault, or all of them. */
  clear(id?: number): void {
    const gone = this.#armed.filter((armed) => id === undefined || armed.id === id);
    this.#armed = this.#armed.filter((armed) => !gone.includes(armed));
    for (const armed of gone) {
      this.#noteGone(armed.id);
      armed.gone.abort();
    }
  }

  /** Replays one line of the journal: a fault armed, or taken away with null. */
  restore(id: string, set: object): void {
    const { fault } = set as { fault: Fault | null };
    const number = Number(id);
    this.#nextId = Math.max(this.#nextId, number + 1);
    this.#armed = this.#armed.filter((armed) => armed.id !== number);
    if (!fault) return;
    const [random, gone] = [seededRandom(fault.seed), new AbortController()];
    this.#armed.push({ id: number, fault, random, gone, calls: 0, fired: 0 });
  }

  /** A fault that is spent or taken away does not come back with a restart. */
  #noteGone(id: number): void {
    this.journal.append({ kind: 'fault', id: String(id), set: { fault: null } });
  }

  list(): (Fault & { id: number; calls: number; fired: number })[] {
    return this.#armed.map(({ id, fault, calls, fired }) => ({ id, ...fault, calls, fired }));
  }

  /** Decides on one call. Counting happens here, so it is asked once a call. */
  planFor(target: Fault['target'], operations: readonly string[]): FaultPlan {
    let delayMs = 0;
    const delayedBy: AbortSignal[] = [];
    let chosen: Fault | null = null;
    for (const armed of this.#armed) {
      const { fault } = armed;
      const isMeant = fault.operation === undefined || operations.includes(fault.operation);
      if (fault.target !== target || !isMeant || !fires(armed)) continue;
      if (armed.fired === fault.times) this.#noteGone(armed.id);
      if (fault.fault === 'latency') {
        delayMs += fault.delayMs;
        delayedBy.push(armed.gone.signal);
      } else chosen ??= fault;
    }
    if (chosen === null || chosen.fault === 'latency')
      return { delayMs, delayedBy, kind: null, doesWork: true };
    const doesWork = chosen.work === undefined ? worksByDefault[chosen.fault] : chosen.work === 'done';
    return { delayMs, delayedBy, kind: chosen.fault, doesWork };
  }
}

function fires(armed: ArmedFault): boolean {
  const { fault } = armed;
  if (fault.times !== undefined && armed.fired >= fault.times) return false;
  armed.calls += 1;
  if (armed.calls % fault.every !== 0) return false;
  if (armed.random() >= fault.probability) return false;
  armed.fired += 1;
  return true;
}

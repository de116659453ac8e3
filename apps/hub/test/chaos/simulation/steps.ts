import { AsyncLocalStorage } from 'node:async_hooks';
import type { Chance } from './chance.js';

/** Something that waits for its turn: a call that is about to leave, an answer on its way, a database transaction. */
interface Parked {
  readonly actor: string;
  readonly release: () => void;
}

/**
 * Runs everything one step at a time, in an order that the seed decides: only one piece of work moves between two
 * gates, so that a seed replays exactly. Work of an actor that dies at a gate never goes on, as after a kill.
 */
export class Steps {
  private readonly parked: Parked[] = [];
  private readonly failures: string[] = [];
  private readonly deadOnes = new Set<string>();
  private readonly inside = new AsyncLocalStorage<true>();
  private moving = 0;
  private onQuiet: (() => void) | null = null;

  constructor(private readonly chance: Chance) {}

  get waiting(): number {
    return this.parked.length;
  }

  /** Whether this actor is in the middle of something. */
  holds(actor: string): boolean {
    return this.parked.some((one) => one.actor === actor);
  }

  /** What work threw: the simulation reports it at the end. */
  get thrown(): readonly string[] {
    return this.failures;
  }

  /** Whether the caller is work of the simulation. */
  get isInside(): boolean {
    return this.inside.getStore() === true;
  }

  /** Notes a failure that no work threw. */
  complain(failure: string): void {
    this.failures.push(failure);
  }

  /** Begins a piece of work, and lets it go as far as its first gate. */
  async begin(actor: string, work: () => Promise<unknown>): Promise<void> {
    this.moving += 1;
    void this.inside
      .run(true, work)
      .catch((error: unknown) => {
        if (!this.deadOnes.has(actor))
          this.failures.push(
            `${actor}: ${error instanceof Error ? (error.stack ?? error.message) : 'failed'}`,
          );
      })
      .finally(() => this.rest());
    await this.quiet();
  }

  /** Where work waits for its turn. What is no work of the simulation (set-up, verdict, a timer) does not wait. */
  gate(actor: string): Promise<void> {
    if (!this.isInside) return Promise.resolve();
    return new Promise((resolve) => {
      const release = (): void => {
        this.moving += 1;
        resolve();
      };
      this.parked.push({ actor, release });
      this.rest();
    });
  }

  /** Lets one of the waiting go on to its next gate, or to its end. */
  async advance(): Promise<void> {
    const index = this.chance.between(0, this.parked.length - 1);
    const [one] = this.parked.splice(index, 1);
    one?.release();
    if (one) await this.quiet();
  }

  /** Lets all of the waiting come to their ends. */
  async finishAll(): Promise<void> {
    while (this.parked.length > 0) await this.advance();
  }

  /** All work of this actor stops for ever where it stands. */
  kill(actor: string): number {
    const before = this.parked.length;
    const others = this.parked.filter((one) => one.actor !== actor);
    this.parked.splice(0, before, ...others);
    this.deadOnes.add(actor);
    return before - others.length;
  }

  private rest(): void {
    this.moving -= 1;
    if (this.moving === 0) this.onQuiet?.();
  }

  private quiet(): Promise<void> {
    if (this.moving === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.onQuiet = () => {
        this.onQuiet = null;
        resolve();
      };
    });
  }
}

import { setImmediate as turn } from 'node:timers/promises';

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly done: (result: Result) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Work that is cheaper together: what comes while a batch is under way goes with the next one, so that nothing waits for
 * company. A batch that fails is tried item by item, so that one never spoils the others.
 */
export class Batches<Item, Result> {
  private waiting: Waiting<Item, Result>[] = [];
  private isRunning = false;

  constructor(
    private readonly work: (items: readonly Item[]) => Promise<readonly Result[]>,
    private readonly most: number,
  ) {}

  run(item: Item): Promise<Result> {
    return new Promise((done, fail) => {
      this.waiting.push({ item, done, fail });
      if (!this.isRunning) void this.drain();
    });
  }

  private async drain(): Promise<void> {
    this.isRunning = true;
    try {
      // What comes in the same turn goes along.
      await turn();
      while (this.waiting.length > 0) {
        const batch = this.waiting.slice(0, this.most);
        this.waiting = this.waiting.slice(this.most);
        await this.runBatch(batch);
      }
    } finally {
      this.isRunning = false;
    }
  }

  private async runBatch(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await this.work(batch.map(({ item }) => item));
      batch.forEach(({ done }, index) => done(results[index] as Result));
    } catch (error) {
      if (batch.length === 1) batch[0]?.fail(error);
      else for (const each of batch) await this.runBatch([each]);
    }
  }
}

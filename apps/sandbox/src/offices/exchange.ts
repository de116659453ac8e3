import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OfficeState } from './book.js';
import type { AnyOffice } from './office.js';

/** File names carry seconds: two exports within one would overwrite each other. */
const pauseMs = 1100;

/** Writes exports to the folder whenever something has changed, and takes result files from it. */
export class Exchange {
  #nextExportAtMs = 0;
  #problem: string | null = null;

  constructor(private readonly office: AnyOffice) {}

  get state(): OfficeState {
    return this.office.world.officeState(this.office.id);
  }

  /** Why the folder could not be used the last time; null: it could. */
  get problem(): string | null {
    return this.#problem;
  }

  /** Another folder begins with every order. */
  use(exchange: string | null): void {
    this.office.world.changeOfficeState(this.office.id, { exchange, exportedMs: 0 });
    this.#nextExportAtMs = 0;
  }

  /** Looks at both folders. A folder that cannot be used is a problem to show, not an end of the sandbox. */
  tick(nowMs: number): void {
    const { exchange } = this.state;
    if (exchange === null) return;
    try {
      this.#take(join(exchange, 'out'));
      this.#give(join(exchange, 'in'), nowMs);
      this.#problem = null;
    } catch (error) {
      this.#problem = error instanceof Error ? error.message : String(error);
    }
  }

  #give(folder: string, nowMs: number): void {
    const { office } = this;
    const lastChangeMs = office.book.lastChangeMs;
    if (nowMs < this.#nextExportAtMs || lastChangeMs <= this.state.exportedMs) return;
    mkdirSync(folder, { recursive: true });
    for (const { name, bytes } of office.exportFiles(this.state.exportedMs)) {
      const unfinished = join(folder, `.${name}.tmp`);
      writeFileSync(unfinished, bytes);
      renameSync(unfinished, join(folder, name));
    }
    office.world.changeOfficeState(office.id, { ...this.state, exportedMs: lastChangeMs });
    this.#nextExportAtMs = nowMs + pauseMs;
  }

  #take(folder: string): void {
    mkdirSync(folder, { recursive: true });
    const names = readdirSync(folder).filter((name) => /^[^.].*\.csv$/i.test(name));
    for (const name of names.sort()) {
      const path = join(folder, name);
      this.office.importResult({ name, bytes: readFileSync(path) });
      rmSync(path);
    }
  }
}

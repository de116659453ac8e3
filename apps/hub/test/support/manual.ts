import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A section of サブスクストア's manual, word for word (seed 001), of which every line has a test, or says why it needs none. */
export class Manual {
  readonly lines: readonly string[];
  readonly #walked = new Set<number>();

  constructor(folder: string, file: string) {
    this.lines = readFileSync(join(folder, file), 'utf8').trimEnd().split('\n');
  }

  /** Line numbers from 1, both included, as one text. */
  text(from: number, to = from): string {
    return this.lines.slice(from - 1, to).join('\n');
  }

  /** One behaviour: a test that bears the manual's own words. */
  walk(from: number, to: number, run: () => Promise<void>): void {
    this.note(from, to);
    test(`${from}: ${this.text(from, to).replaceAll('\n', ' ')}`, run);
  }

  /** Headings, texts that a test shows, and what is no behaviour. */
  note(from: number, to = from): void {
    for (let number = from; number <= to; number += 1) this.#walked.add(number);
  }

  /** Lines that nobody has walked. */
  left(): string[] {
    return this.lines.filter((_, index) => !this.#walked.has(index + 1));
  }
}

/** Where a command writes: a terminal, or a log. */
export interface Output {
  readonly isTerminal: boolean;
  write(text: string): void;
}

const barWidth = 30;
/** In a log, one line for every tenth. */
const stepsInLog = 10;

/** A bar that moves in place on a terminal, and a few plain lines anywhere else. */
export class Progress {
  private told = -1;

  constructor(
    private readonly output: Output,
    private readonly title: string,
  ) {}

  show(done: number, total: number | null): void {
    if (total === null || total <= 0) return;
    const share = Math.min(1, done / total);
    const step = Math.floor(share * (this.output.isTerminal ? 100 : stepsInLog));
    if (step === this.told) return;
    this.told = step;
    const percent = `${String(Math.floor(share * 100)).padStart(3)}%`;
    if (!this.output.isTerminal) {
      this.output.write(`${this.title} ${percent}\n`);
      return;
    }
    const full = Math.round(share * barWidth);
    this.output.write(`\r${this.title} [${'█'.repeat(full)}${'·'.repeat(barWidth - full)}] ${percent}`);
  }

  end(): void {
    if (this.output.isTerminal && this.told >= 0) this.output.write('\n');
  }
}

import type fc from 'fast-check';
import { errorViewSchema } from '@np-hub/model';

/**
 * A few hundred of everything, in every run of the tests. `NP_HUB_FUZZ_SECONDS=600` looks longer; `NP_HUB_FUZZ_RUNS=10000`
 * counts instead, by kind of input. A failure prints the seed, which `NP_HUB_FUZZ_SEED` plays again.
 */
const seconds = Number(process.env['NP_HUB_FUZZ_SECONDS'] ?? 2);
const runs = process.env['NP_HUB_FUZZ_RUNS'];
/** The same inputs in every ordinary run: what is found comes from a change, and not from chance. Longer looks go elsewhere. */
export const isOrdinary = runs === undefined && process.env['NP_HUB_FUZZ_SECONDS'] === undefined;
const seed = process.env['NP_HUB_FUZZ_SEED'] ?? (isOrdinary ? '20261128' : undefined);

export const limits = (share: number): fc.Parameters<unknown> => ({
  ...(isOrdinary
    ? { numRuns: Math.ceil(ordinaryRuns * share) }
    : runs === undefined
      ? {
          numRuns: 1_000_000,
          interruptAfterTimeLimit: seconds * 1_000 * share,
          markInterruptAsFailure: false,
        }
      : { numRuns: Number(runs) }),
  ...(seed === undefined ? {} : { seed: Number(seed) }),
});

/** As many on a slow machine as on a fast one. */
const ordinaryRuns = 240;

const tally = new Map<string, number>();

/** Counts an answer, for whoever asked for a long look. */
export function count(kind: string, status: number | string): void {
  const name = `${kind} ${status}`;
  tally.set(name, (tally.get(name) ?? 0) + 1);
}

export function tell(): void {
  if (isOrdinary) return;
  const lines = [...tally].sort().map(([name, times]) => `${name}: ${times}`);
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** No crash, no 5xx, and each refusal in the one shape of an error. `mayTire`: too many tries are refused as such. */
export function expectClear(
  kind: string,
  { status, body }: { status: number; body: unknown },
  { mayTire = false } = {},
): void {
  count(kind, status);
  expect(status).toBeLessThan(500);
  if (!mayTire) expect(status).not.toBe(429);
  if (status < 400) return;
  const { message } = errorViewSchema.parse(body);
  expect([message.ja, message.en].every((text) => text.length > 3)).toBe(true);
}

/** So that the thousandth request is looked at and not only counted: each comes from an address of its own. */
export const manyAddresses = { NP_HUB_TRUST_PROXY: '1' };
let asked = 0;
export function fromElsewhere(): { readonly 'x-forwarded-for': string } {
  asked += 1;
  return { 'x-forwarded-for': `10.${(asked >> 16) & 255}.${(asked >> 8) & 255}.${asked & 255}` };
}

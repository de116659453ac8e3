import { Simulation, type SimulationResult } from './simulation/simulation.js';

const first = Number(process.env.CHAOS_SEED ?? 20_261_121);
const runs = Number(process.env.CHAOS_RUNS ?? 1);
const orders = Number(process.env.CHAOS_ORDERS ?? 80);
const seeds = Array.from({ length: runs }, (_, index) => first + index);

/** One line for people and for programs: what was done, and how often it went wrong. */
function report(seed: number, { findings, figures, trace }: SimulationResult, startedMs: number): void {
  const seconds = Math.round((performance.now() - startedMs) / 100) / 10;
  const counts = Object.fromEntries(Object.entries(findings).map(([name, of]) => [name, of.length]));
  process.stdout.write(`chaos: ${JSON.stringify({ orders, ...counts, seconds, seed, trace, ...figures })}\n`);
}

test.each(seeds)(
  'seed %i: orders, faults and crashes in the order that it decides; nothing lost, doubled or wrong',
  async (seed) => {
    const startedMs = performance.now();
    const result = await Simulation.run({ seed, orders });
    report(seed, result, startedMs);
    expect(result.thrown).toEqual([]);
    const none = Object.fromEntries(Object.keys(result.findings).map((name) => [name, []]));
    expect(result.findings).toEqual(none);
  },
  3_600_000,
);

import { asked, faultsAsked, say, type Asked } from './asked.js';
import { Simulation } from './simulation/simulation.js';
import type { SimulationOptions, SimulationResult } from './simulation/terms.js';

const short: Asked = { seed: 20_261_121, orders: 30, hubs: 3, restarts: 0 };
const { seed, orders, hubs, kills, show, faults: named } = asked ?? short;

/** The command that does exactly this again. */
function replayOf({ seed, faults, kills: wanted }: SimulationOptions): string {
  const asText = Object.entries(faults ?? {}).map(([name, of]) => `${name}=${of}`);
  const parts = [`--seed ${seed}`, `--orders ${orders}`, `--hubs ${hubs}`];
  if (wanted !== undefined) parts.push(`--kills ${wanted}`);
  if (faults) parts.push(`--faults ${asText.join(',')}`);
  return `npm run chaos -- ${parts.join(' ')}`;
}

/** One line of figures; where something is wrong, what and where, and how to see it again. */
function report(options: SimulationOptions, result: SimulationResult, startedMs: number): void {
  const { findings, thrown, figures, trace } = result;
  const { seed } = options;
  const seconds = Math.round((performance.now() - startedMs) / 100) / 10;
  const counts = Object.fromEntries(Object.entries(findings).map(([name, of]) => [name, of.length]));
  const failures = thrown.length > 0 ? { failures: thrown.length } : {};
  say(JSON.stringify({ orders, ...counts, seconds, seed, ...failures, trace, ...figures }));
  for (const line of result.story) say(JSON.stringify(line));
  const wrong = Object.entries(findings).filter(([, of]) => of.length > 0);
  for (const [name, of] of wrong) say(`  ${name}: ${of.join('; ')}`);
  for (const failure of thrown) say(`  failure: ${failure.split('\n').slice(0, 4).join(' | ')}`);
  if (wrong.length + thrown.length > 0) say(`  again: ${replayOf(options)}`);
}

beforeAll(() => {
  try {
    faultsAsked(named);
  } catch (error) {
    say(error instanceof Error ? error.message : 'Bad faults');
    throw error;
  }
});

test(
  `seed ${seed}: orders, faults and crashes in the order that it decides; nothing lost, doubled or wrong`,
  async () => {
    const faults = faultsAsked(named);
    const options = {
      seed,
      orders,
      hubs,
      ...(kills === undefined ? {} : { kills }),
      ...(show === undefined ? {} : { show }),
      ...(faults ? { faults } : {}),
    };
    const startedMs = performance.now();
    const result = await Simulation.run(options);
    report(options, result, startedMs);
    expect(result.thrown).toEqual([]);
    const none = Object.fromEntries(Object.keys(result.findings).map((name) => [name, []]));
    expect(result.findings).toEqual(none);
  },
  4 * 3_600_000,
);

/**
 * `npm run chaos -- [options]`: runs the whole-system simulation and prints one JSON line a run. The simulation itself
 * runs under Jest, as the tests do, because the hub's sources are compiled there; only its own lines are shown.
 * See docs/chaos.md.
 */
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const usage = [
  'usage: npm run chaos -- [--seed N] [--orders M] [--runs K] [--faults none|name=probability,…] [--hubs 1..4]',
  '                        [--kills probability] [--mode deterministic|process] [--restarts N] [--show order]',
  '                        [--long] [--mutants [name,…]]',
].join('\n');

const options = {
  seed: { type: 'string' },
  orders: { type: 'string' },
  runs: { type: 'string' },
  faults: { type: 'string' },
  hubs: { type: 'string' },
  kills: { type: 'string' },
  mode: { type: 'string' },
  restarts: { type: 'string' },
  long: { type: 'boolean' },
  mutants: { type: 'boolean' },
  show: { type: 'string' },
  help: { type: 'boolean' },
};

class BadArgument extends Error {}

/** A whole number within bounds. Throws with the option's name. */
function whole(values, name, { from, to, otherwise }) {
  if (values[name] === undefined) return otherwise;
  const number = Number(values[name]);
  if (!/^\d+$/.test(values[name]) || number < from || number > to)
    throw new BadArgument(`--${name} ${values[name]}: a whole number from ${from} to ${to}`);
  return number;
}

function probability(name, text) {
  const number = Number(text);
  if (text === undefined || text.trim() === '' || !(number >= 0 && number <= 1))
    throw new BadArgument(`${name} ${text ?? ''}: a probability from 0 to 1`);
  return number;
}

/** `none`, or `name=probability,…`; names are checked by the simulation, which knows them. */
function faultsOf(text) {
  if (text === undefined) return undefined;
  if (text === 'none') return {};
  return Object.fromEntries(
    text.split(',').map((part) => {
      const [name, value] = part.split('=');
      return [name.trim(), probability(`--faults ${name}`, value)];
    }),
  );
}

/** What to run, or a complaint about an argument. */
function read(args) {
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  if (values.help) return null;
  if (positionals.length > 0 && !values.mutants) throw new BadArgument(`${positionals[0]}: not an option`);
  const mode = values.mode ?? 'deterministic';
  if (!['deterministic', 'process'].includes(mode))
    throw new BadArgument(`--mode ${mode}: deterministic or process`);
  const most = 4_294_967_295;
  const byChance = values.mutants ? 1 : Math.floor(Math.random() * most);
  const seed = whole(values, 'seed', { from: 0, to: most, otherwise: byChance });
  return {
    mode,
    seed,
    orders: whole(values, 'orders', { from: 1, to: 100_000, otherwise: values.long ? 2_000 : 100 }),
    runs: whole(values, 'runs', { from: 1, to: 10_000, otherwise: values.long ? 50 : 1 }),
    hubs: whole(values, 'hubs', { from: 1, to: 4, otherwise: mode === 'process' ? 2 : 3 }),
    restarts: whole(values, 'restarts', { from: 0, to: 1_000, otherwise: 2 }),
    ...(values.show === undefined ? {} : { show: values.show }),
    ...(values.kills === undefined ? {} : { kills: probability('--kills', values.kills) }),
    ...(values.faults === undefined ? {} : { faults: faultsOf(values.faults) }),
    ...(values.mutants ? { mutants: positionals.flatMap((names) => names.split(',')) } : {}),
  };
}

const fileOf = ({ mode, mutants }) =>
  mutants ? 'chaos/mutants.test.ts' : mode === 'process' ? 'kills/kills.test.ts' : 'chaos/chaos.test.ts';

const running = new Set();
for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => {
    for (const child of running) child.kill(signal);
    process.exitCode = 130;
  });

/** Each run in a process of its own, so that a seed alone decides it; two at once, as each keeps one core busy. */
async function runAll(asked) {
  const seeds = Array.from({ length: asked.runs }, (_, index) => (asked.seed + index) % 2 ** 32);
  let worst = 0;
  const lane = async () => {
    for (let seed = seeds.shift(); seed !== undefined && process.exitCode === undefined; seed = seeds.shift())
      worst = Math.max(worst, await run({ ...asked, seed }));
  };
  const lanes = asked.mode === 'process' || asked.mutants ? 1 : Math.min(2, availableParallelism());
  await Promise.all(Array.from({ length: lanes }, lane));
  return worst === 0 ? 0 : 1;
}

/** Runs Jest on one file and shows what the simulation itself says; what Jest says only where nothing else came. */
function run(asked) {
  const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
  const args = [jest, '--ci', '-i', '--selectProjects', 'hub', '--runTestsByPath'];
  const file = join(root, 'apps', 'hub', 'test', fileOf(asked));
  // The sandbox's GraphQL library checks its own objects all the time where this is not said: a tenth of a run.
  const environment = { ...process.env, NODE_ENV: 'production', CHAOS: JSON.stringify(asked) };
  const child = spawn(process.execPath, [...args, file], {
    cwd: root,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let said = 0;
  let noise = '';
  createInterface({ input: child.stdout }).on('line', (line) => {
    const [, text] = /^chaos: (.*)$/.exec(line) ?? [];
    if (text === undefined) return;
    said += 1;
    process.stdout.write(`${text}\n`);
  });
  child.stderr.on('data', (chunk) => (noise = (noise + chunk).slice(-20_000)));
  return new Promise((resolve) => {
    child.once('close', (code, signal) => {
      running.delete(child);
      if (signal) process.stderr.write(`chaos: seed ${asked.seed} was ended by ${signal}\n`);
      else if (code !== 0 && said === 0) process.stderr.write(noise);
      resolve(code ?? 1);
    });
  });
}

try {
  const asked = read(process.argv.slice(2));
  if (asked === null) process.stdout.write(`${usage}\n`);
  else process.exitCode = (await runAll(asked)) || process.exitCode;
} catch (error) {
  if (!(error instanceof BadArgument) && !error.code?.startsWith('ERR_PARSE_ARGS')) throw error;
  process.stderr.write(`chaos: ${error.message}\n${usage}\n`);
  process.exitCode = 2;
}

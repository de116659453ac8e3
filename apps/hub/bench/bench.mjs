/**
 * `npm run bench [-- <name> …] [--orders N] [--rows N] [--shops N] [--seconds N]`: one JSON line a figure, with its sizes and raw numbers.
 * Ratios within one run are what counts: single figures say as much about the machine. See docs/performance.md.
 */
import { parseArgs } from 'node:util';
import { authorize } from './authorize.mjs';
import { burst } from './burst.mjs';
import { files } from './files.mjs';
import { growth } from './growth.mjs';
import { idle } from './idle.mjs';
import { latency } from './latency.mjs';
import { lifecycle } from './lifecycle.mjs';
import { scale } from './scale.mjs';
import { start } from './start.mjs';

const benches = { lifecycle, latency, authorize, burst, growth, idle, scale, files, start };
const usage = `usage: npm run bench [-- ${Object.keys(benches).join(' | ')} …] [--orders N] [--rows N] [--shops N] [--seconds N]`;

/** Whole numbers above zero, by name. Throws with the name of what is none. */
function sizesOf(values) {
  return Object.fromEntries(
    Object.entries(values).map(([name, text]) => {
      if (!/^[1-9]\d*$/u.test(text)) throw new Error(`--${name} ${text}: a whole number above zero`);
      return [name, Number(text)];
    }),
  );
}

function asked() {
  const size = { type: 'string' };
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { orders: size, rows: size, shops: size, seconds: size },
  });
  const unknown = positionals.filter((name) => !Object.hasOwn(benches, name));
  if (unknown.length > 0) throw new Error(`There is no bench ${unknown.join(', ')}.`);
  return { names: positionals.length > 0 ? positionals : Object.keys(benches), sizes: sizesOf(values) };
}

async function main() {
  let wanted;
  try {
    wanted = asked();
  } catch (error) {
    process.stderr.write(`${error.message}\n${usage}\n`);
    return 2;
  }
  const command = ['npm run bench --', ...process.argv.slice(2)].join(' ');
  for (const name of wanted.names)
    for (const figure of [await benches[name](wanted.sizes)].flat())
      process.stdout.write(`${JSON.stringify({ ...figure, command })}\n`);
  return 0;
}

process.exitCode = await main();

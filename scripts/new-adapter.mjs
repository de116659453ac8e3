/**
 * `npm run new-adapter -- <name> [--transport file|pull]`: writes the package of a new cart from `scripts/new-adapter`, to be
 * filled in. It compiles as it is; its contract suite fails and says what is missing. Works in the current folder.
 */
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';

const templates = join(dirname(fileURLToPath(import.meta.url)), 'new-adapter');
const usage = '使い方 / usage: npm run new-adapter -- <name> [--transport file|pull]';
const say = (text) => process.stdout.write(`${text}\n`);

const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

const pascalOf = (name) => name.replaceAll(/(?:^|-)([a-z0-9])/g, (_, letter) => letter.toUpperCase());

/** A file of another adapter that has this name as a word: the house lets no adapter name another cart. */
function namedIn(name) {
  const word = new RegExp(`(?<![a-z0-9-])${name}(?![a-z0-9-])`, 'i');
  const adapters = readdirSync('packages').filter((folder) => folder.startsWith('adapter-'));
  return adapters
    .map((folder) => join('packages', folder, 'src'))
    .filter((folder) => existsSync(folder))
    .flatMap(filesIn)
    .find((file) => word.test(readFileSync(file, 'utf8')));
}

/** Why a name cannot be taken, in both languages; undefined where it can. */
function refusalOf(name) {
  if (name === undefined) return `カートの名前を指定してください。 / Give the cart a name.\n${usage}`;
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) || name.length < 3 || name.length > 40)
    return [
      `「${name}」は使えません。半角の英小文字・数字・ハイフンで、英字から始めてください(3〜40文字)。`,
      `"${name}" cannot be the name: small letters, digits and single hyphens, a letter first, 3 to 40 of them.`,
    ].join('\n');
  if (existsSync(join('packages', `adapter-${name}`)))
    return `packages/adapter-${name} はすでにあります。 / packages/adapter-${name} is there already.`;
  const file = namedIn(name);
  if (file)
    return [
      `「${name}」は ${file} で使われている言葉です。製品の正式な名前にしてください。`,
      `"${name}" is a word of ${file}, and no adapter may name another cart: take the product's full name.`,
    ].join('\n');
  return undefined;
}

/** A long name breaks lines elsewhere than a short one, so each file is laid out anew. */
async function tidy(text, target) {
  if (!/\.(ts|json)$/.test(target)) return text;
  return format(text, { ...(await resolveConfig(target)), filepath: target });
}

/** Writes all files of a transport; gives their names. */
async function write(name, transport) {
  const zod = JSON.parse(readFileSync(join('packages', 'kit', 'package.json'), 'utf8')).dependencies.zod;
  const pascal = pascalOf(name);
  const fill = (text) =>
    text
      .replaceAll('__NAME__', name)
      .replaceAll('__PASCAL__', pascal)
      .replaceAll('__CAMEL__', pascal[0].toLowerCase() + pascal.slice(1))
      .replaceAll('__ZOD__', zod);
  const files = ['common', transport].flatMap((room) =>
    filesIn(join(templates, room)).map((template) => [template, relative(join(templates, room), template)]),
  );
  const targets = [];
  for (const [template, place] of files) {
    const target = join('packages', `adapter-${name}`, place.replace(/\.tpl$/, ''));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, await tidy(fill(readFileSync(template, 'utf8')), target));
    targets.push(target);
  }
  return targets;
}

function explain(name, files) {
  const variable = `${pascalOf(name)[0].toLowerCase()}${pascalOf(name).slice(1)}Adapter`;
  say(files.sort().join('\n'));
  say(`
1. apps/hub/package.json, "dependencies":
     "@np-hub/adapter-${name}": "workspace:*",
2. apps/hub/src/adapters.ts:
     import { ${variable} } from '@np-hub/adapter-${name}';
     … and \`${variable} as CartAdapter\` in the list
3. npx pnpm@10.34.9 install
4. npx jest --selectProjects adapter-${name}
   何を記入するかはテストが教えます。 / The tests say what to fill in (docs/adding-a-cart.md).`);
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { transport: { type: 'string', default: 'file' } },
  });
  const { transport } = values;
  const refusal =
    positionals.length > 1 || !['file', 'pull'].includes(transport)
      ? `--transport は file か pull です。 / --transport is file or pull.\n${usage}`
      : refusalOf(positionals[0]);
  if (refusal) {
    say(refusal);
    return 1;
  }
  explain(positionals[0], await write(positionals[0], transport));
  return 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!String(error.code).startsWith('ERR_PARSE_ARGS')) throw error;
  say(`${error.message}\n${usage}`);
  process.exitCode = 1;
}

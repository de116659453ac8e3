import { readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { AdapterSubject } from './adapter-subject.js';
import { secretsOf, settingFields } from './adapter-samples.js';
import { type Check, demand, demandNone } from './check.js';

/** Formatted lines that are not blank, in `src`; tests and `src/data` aside. */
const maximumLines = 400;

function sourcesOf(folder: string): { path: string; text: string }[] {
  return readdirSync(join(folder, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .map((path) => ({ path, text: readFileSync(join(folder, 'src', path), 'utf8') }));
}

function dependenciesOf(folder: string): string[] {
  const manifest: { dependencies?: Record<string, string> } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  );
  return Object.keys(manifest.dependencies ?? {});
}

const isNamed = (text: string, cart: string): boolean =>
  new RegExp(`(?<![a-z0-9-])${cart}(?![a-z0-9-])`, 'i').test(text);

function checkIdentity<Settings>({ adapter }: AdapterSubject<Settings>): void {
  demand(Object.isFrozen(adapter), 'Make the adapter with `defineAdapter`.');
  demand(/^[a-z][a-z0-9-]*$/.test(adapter.id), 'The id stands in addresses: small letters, digits, hyphens.');
  demand(
    [adapter.label.ja, adapter.label.en].every((text) => /\S/.test(text)),
    'src/index.ts: write the name of the cart as label, in both languages.',
  );
}

function checkSize({ sources }: House): void {
  const code = sources.filter(({ path }) => !path.startsWith('data'));
  const lines = code.flatMap(({ text }) => text.split('\n')).filter((line) => line.trim() !== '').length;
  demand(
    lines > 0 && lines <= maximumLines,
    `The package has ${lines} lines outside data and tests; at most ${maximumLines} are allowed. Words, columns and texts belong into src/data.`,
  );
}

function checkOthers({ folder, sources }: House): void {
  const siblings = readdirSync(dirname(folder)).filter((name) => name.startsWith('adapter-'));
  const others = siblings
    .filter((name) => name !== basename(folder))
    .map((name) => name.slice('adapter-'.length));
  demandNone(
    others.filter((other) => sources.some(({ text }) => isNamed(text, other))),
    'An adapter knows no other cart, but these are named:',
  );
}

function checkImports({ folder, sources }: House): void {
  const allowed = dependenciesOf(folder);
  expect(allowed.filter((name) => /adapter-|gateway-|contract/.test(name))).toEqual([]);
  const imported = sources.flatMap(({ text }) =>
    [...text.matchAll(/from '([^']+)'/g)].map((match) => match[1] ?? ''),
  );
  const isKnown = (name: string) =>
    /^(\.{1,2}\/|node:)/.test(name) ||
    allowed.some((known) => name === known || name.startsWith(`${known}/`));
  demandNone(
    imported.filter((name) => !isKnown(name)),
    'Imports that package.json does not declare:',
  );
}

const unfilled = /\b(FILL_IN)\b|記入してください/;

function checkFilled({ sources }: House): void {
  demandNone(
    sources.flatMap(({ path, text }) =>
      text
        .split('\n')
        .flatMap((line, index) => (unfilled.test(line) ? [`src/${path}:${index + 1} ${line.trim()}`] : [])),
    ),
    'These places of the template wait to be filled in:',
  );
}

function checkSettings<Settings>(subject: AdapterSubject<Settings>): void {
  const fields = settingFields(subject.adapter);
  const texts = { ja: expect.stringMatching(/\S/), en: expect.stringMatching(/\S/) };
  for (const [, meta] of fields) expect(meta).toMatchObject({ title: texts, help: texts });
  const secret = fields.flatMap(([name, meta]) => (meta['secret'] === true ? [name] : []));
  const sounding = fields.flatMap(([name]) => (/secret|token|key$|password/i.test(name) ? [name] : []));
  demandNone(
    sounding.filter((name) => !secret.includes(name)),
    'src/settings.ts: these sound secret; mark them with `.meta({ secret: true })`, so that they are encrypted:',
  );
  secretsOf(subject).forEach((value) => expect(value).toMatch(/^(?!undefined$).{8,}/));
}

interface House {
  readonly folder: string;
  readonly sources: readonly { readonly path: string; readonly text: string }[];
}

/** Size, imports, names: what keeps a cart a small thing to add. */
export function houseChecks<Settings>(subject: AdapterSubject<Settings>): Check[] {
  const house: House = { folder: subject.folder, sources: sourcesOf(subject.folder) };
  return [
    {
      name: 'is one frozen object with an id fit for a URL and a label in both languages',
      run: () => checkIdentity(subject),
    },
    { name: 'has nothing left to be filled in', run: () => checkFilled(house) },
    { name: `has at most ${maximumLines} lines outside data and tests`, run: () => checkSize(house) },
    { name: 'names no other cart', run: () => checkOthers(house) },
    {
      name: 'imports only the model, the kit and its declared libraries, and no gateway',
      run: () => checkImports(house),
    },
    {
      name: 'reads no environment',
      run: () =>
        demandNone(
          house.sources.filter(({ text }) => text.includes('process.env')).map(({ path }) => `src/${path}`),
          'Settings of a shop come as `settings`; an adapter reads no environment:',
        ),
    },
    {
      name: 'explains every setting in both languages and marks the secret ones',
      run: () => checkSettings(subject),
    },
  ];
}

import { readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { AdapterSubject } from './adapter-subject.js';
import { secretsOf, settingFields } from './adapter-samples.js';

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

export function describeHouseRules<Settings>(subject: AdapterSubject<Settings>): void {
  const { adapter, folder } = subject;
  const sources = sourcesOf(folder);

  describe('house rules', () => {
    it('is one frozen object with an id fit for a URL and a label in both languages', () => {
      expect(Object.isFrozen(adapter)).toBe(true);
      expect(adapter.id).toMatch(/^[a-z][a-z0-9-]*$/);
      expect(adapter.label).toEqual({ ja: expect.stringMatching(/\S/), en: expect.stringMatching(/\S/) });
    });

    it(`has at most ${maximumLines} lines outside data and tests`, () => {
      const code = sources.filter(({ path }) => !path.startsWith('data'));
      const lines = code.flatMap(({ text }) => text.split('\n')).filter((line) => line.trim() !== '');
      expect(lines.length).toBeGreaterThan(0);
      expect(lines.length).toBeLessThanOrEqual(maximumLines);
    });

    it('names no other cart', () => {
      const siblings = readdirSync(dirname(folder)).filter((name) => name.startsWith('adapter-'));
      const others = siblings
        .filter((name) => name !== basename(folder))
        .map((name) => name.slice('adapter-'.length));
      const named = others.filter((other) => sources.some(({ text }) => text.toLowerCase().includes(other)));
      expect(named).toEqual([]);
    });

    it('imports only the model, the kit and its declared libraries, and no gateway', () => {
      const allowed = dependenciesOf(folder);
      expect(allowed.filter((name) => /adapter-|gateway-|contract/.test(name))).toEqual([]);
      const imported = sources.flatMap(({ text }) =>
        [...text.matchAll(/from '([^']+)'/g)].map((match) => match[1] ?? ''),
      );
      const foreign = imported.filter(
        (name) =>
          !/^(\.{1,2}\/|node:)/.test(name) &&
          !allowed.some((known) => name === known || name.startsWith(`${known}/`)),
      );
      expect(foreign).toEqual([]);
    });

    it('reads no environment', () => {
      expect(sources.filter(({ text }) => text.includes('process.env')).map(({ path }) => path)).toEqual([]);
    });

    it.each(settingFields(adapter))('setting %s has a title and a help in both languages', (_, meta) => {
      const texts = { ja: expect.stringMatching(/\S/), en: expect.stringMatching(/\S/) };
      expect(meta).toMatchObject({ title: texts, help: texts });
    });

    it('marks every setting that sounds secret, and the sample fills them all', () => {
      const secret = settingFields(adapter).flatMap(([name, meta]) =>
        meta['secret'] === true ? [name] : [],
      );
      const sounding = settingFields(adapter).flatMap(([name]) =>
        /secret|token|key$|password/i.test(name) ? [name] : [],
      );
      expect(secret).toEqual(expect.arrayContaining(sounding));
      secretsOf(subject).forEach((value) => expect(value).toMatch(/^(?!undefined$).{8,}/));
    });
  });
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryFiles, root } from './support/files.js';
import { missingPlatforms, nativeFamilies } from './support/lockfile.js';

const lockfile = readFileSync(join(root, 'pnpm-lock.yaml'), 'utf8');

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const manifests = repositoryFiles()
  .filter(({ path }) => /^((apps|packages)\/[^/]+\/)?package\.json$/.test(path))
  .map(({ path, text }) => ({ path, manifest: JSON.parse(text) as Manifest }));

test('every native family has macOS, Windows and Linux', () => {
  expect(nativeFamilies(lockfile).size).toBeGreaterThan(5);
  expect(missingPlatforms(lockfile)).toEqual([]);
});

test('a family without Windows is found', () => {
  const native = (name: string, os: string, cpu: string) =>
    `  '${name}@1.0.0':\n    resolution: {}\n    cpu: [${cpu}]\n    os: [${os}]`;
  const platforms = [
    ['darwin', 'arm64'],
    ['darwin', 'x64'],
    ['linux', 'arm64'],
    ['linux', 'x64'],
  ] as const;
  const blocks = platforms.map(([os, cpu]) => native(`@some/tool-${os}-${cpu}`, os, cpu));
  const sample = `lockfileVersion: '9.0'\n\npackages:\n\n${blocks.join('\n\n')}\n\nsnapshots:\n`;
  expect(missingPlatforms(sample)).toEqual(['@some/tool@1.0.0 lacks win32-x64']);
});

test('the lockfile names no registry', () => {
  expect(lockfile.match(/tarball:.*/g) ?? []).toEqual([]);
});

test.each(manifests)('$path asks for exact versions', ({ manifest }) => {
  const asked = Object.entries({
    ...manifest.dependencies,
    ...manifest.devDependencies,
    ...manifest.optionalDependencies,
  });
  const loose = asked.filter(([, version]) => !/^(\d+\.\d+\.\d+(-[\w.]+)?|workspace:\*)$/.test(version));
  expect(loose).toEqual([]);
});

test('the types of Node are those of the oldest Node that runs the hub', () => {
  const versions = manifests.flatMap(({ manifest }) => manifest.devDependencies?.['@types/node'] ?? []);
  expect(versions.length).toBeGreaterThan(0);
  expect(versions.filter((version) => !version.startsWith('20.'))).toEqual([]);
});

test('the bill of materials names every package of the lockfile with its hash', async () => {
  const { componentsOf } = (await import('../sbom.mjs')) as {
    componentsOf(text: string): { purl: string; hashes?: { content: string }[] }[];
  };
  const components = componentsOf(lockfile);
  const resolutions = lockfile.split('\nsnapshots:')[0]?.match(/^ {4}resolution: /gmu) ?? [];
  expect(components).toHaveLength(resolutions.length);
  expect(components.filter(({ hashes }) => hashes?.[0]?.content.length !== 128)).toEqual([]);
  expect(components.map(({ purl }) => purl)).toContain('pkg:npm/%40zxcvbn-ts/language-common@4.1.3');
});

/**
 * Prints the bill of materials of everything that the lockfile names, as CycloneDX 1.6 (https://cyclonedx.org/docs/1.6/json/).
 * The same lockfile gives the same bill: no time and no random number is in it.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const entry = /^ {2}'?((?:@[^/@']+\/)?[^/@']+)@([^'():]+)'?:$/u;
const integrity = /^ {4}resolution: \{integrity: (sha\d+)-([A-Za-z0-9+/=]+)/u;
const algorithms = { sha512: 'SHA-512', sha256: 'SHA-256', sha1: 'SHA-1' };

/** The packages of a lockfile of pnpm, with the hash of each, as components. */
export function componentsOf(lockfile) {
  const [, packages = ''] = lockfile.split(/^packages:$/mu);
  const components = [];
  for (const line of packages.split(/^snapshots:$/mu)[0].split('\n')) {
    const [, name, version] = entry.exec(line) ?? [];
    if (name) {
      const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
      components.push({ type: 'library', 'bom-ref': purl, name, version, purl });
    }
    const [, kind, base64] = integrity.exec(line) ?? [];
    const last = components.at(-1);
    if (kind && last)
      last.hashes = [{ alg: algorithms[kind], content: Buffer.from(base64, 'base64').toString('hex') }];
  }
  return components;
}

const read = (path) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { name, version, license } = JSON.parse(read('package.json'));
  const bill = {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { type: 'application', name, version, licenses: [{ license: { id: license } }] } },
    components: componentsOf(read('pnpm-lock.yaml')),
  };
  process.stdout.write(`${JSON.stringify(bill, null, 2)}\n`);
}

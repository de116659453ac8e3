const platformWord =
  /[-/](android|darwin|freebsd|linux|linuxmusl|netbsd|openbsd|openharmony|sunos|aix|wasm32|wasi|win32|windows)(-|$)/;

const wanted = ['darwin-arm64', 'darwin-x64', 'linux-arm64', 'linux-x64', 'win32-x64'];

const listOf = (block: string, key: string) =>
  new RegExp(`\\n    ${key}: \\[(.*?)\\]`).exec(block)?.[1]?.split(', ') ?? [];

/** Native packages of a pnpm lockfile, by family (one package for each platform) and version: the platforms it has. */
export function nativeFamilies(lockfile: string): ReadonlyMap<string, ReadonlySet<string>> {
  const packages = lockfile.split('\npackages:\n')[1]?.split('\nsnapshots:\n')[0] ?? '';
  const families = new Map<string, Set<string>>();
  for (const block of packages.split('\n\n')) {
    const [, name = '', version = ''] = /^\s*'?((?:@[^/]+\/)?[^@'\n]+)@([^:'\n]+)'?:/.exec(block) ?? [];
    const place = platformWord.exec(name);
    if (!place) continue;
    const systems = listOf(block, 'os');
    if (systems.length === 0) continue;
    const family = `${name.slice(0, place.index)}@${version}`;
    const platforms = families.get(family) ?? new Set<string>();
    for (const os of systems) for (const cpu of listOf(block, 'cpu')) platforms.add(`${os}-${cpu}`);
    families.set(family, platforms);
  }
  return families;
}

/** Families that would fail to install or to run on somebody's computer, and what they lack. */
export function missingPlatforms(lockfile: string): readonly string[] {
  return [...nativeFamilies(lockfile)].flatMap(([family, platforms]) => {
    const missing = wanted.filter((platform) => !platforms.has(platform));
    return missing.length > 0 ? [`${family} lacks ${missing.join(', ')}`] : [];
  });
}

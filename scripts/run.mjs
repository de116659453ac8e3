/**
 * What stands behind `npm start`, `npm test` and the other root commands. No dependencies: it runs before anything is
 * installed. It installs the packages with the pinned pnpm, builds them with turbo, and then does what was asked.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const isWindows = process.platform === 'win32';
const pnpm = 'pnpm@10.34.9';
const stampFile = join(root, 'node_modules', '.np-hub-stamp');
const say = (text) => process.stdout.write(`${text}\n`);

const minimumNode = [20, 19];

/** True where this Node is new enough; otherwise says so in plain words. */
function nodeIsNewEnough() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > minimumNode[0] || (major === minimumNode[0] && minor >= minimumNode[1])) return true;
  const wanted = minimumNode.join('.');
  say(
    `Node.js ${wanted} 以上が必要です(現在 ${process.versions.node})。https://nodejs.org/ から更新してください。`,
  );
  say(
    `Node.js ${wanted} or newer is needed (this is ${process.versions.node}). Get it from https://nodejs.org/.`,
  );
  return false;
}

/** The environment of the tools: nothing that phones home, and nothing inherited that would leave out what the build needs. */
function toolEnvironment() {
  const environment = {
    ...process.env,
    TURBO_TELEMETRY_DISABLED: '1',
    TURBO_NO_UPDATE_NOTIFIER: '1',
    DO_NOT_TRACK: '1',
    npm_config_update_notifier: 'false',
    npm_config_loglevel: 'error',
  };
  delete environment.NODE_ENV;
  return environment;
}

let running;
let interruptedBy;
let interruptedAt = 0;

/**
 * Passes a signal on once. A terminal and npm both deliver Ctrl-C, so a second one within two seconds is the same one;
 * a later one means that somebody is tired of waiting.
 */
function interrupt(signal) {
  const again = interruptedBy !== undefined;
  if (again && Date.now() - interruptedAt < 2_000) return;
  interruptedBy = signal;
  interruptedAt = Date.now();
  if (!running || isWindows) return;
  const forwarded = again ? 'SIGKILL' : signal === 'SIGHUP' ? 'SIGTERM' : signal;
  try {
    process.kill(running.wholeGroup || again ? -running.child.pid : running.child.pid, forwarded);
  } catch {
    // It ended in the same moment.
  }
}

/**
 * Runs one program and waits for its end. It gets a process group of its own, so that a signal reaches it exactly once,
 * from here. `wholeGroup` signals its children too (for tools that would leave them behind).
 * `output: 'held'` collects what it prints instead of showing it.
 */
function run(
  command,
  args,
  { output = 'shown', wholeGroup = true, environment = process.env, shell = false } = {},
) {
  if (interruptedBy) return Promise.resolve({ code: exitCodeOf(null, interruptedBy), text: '' });
  return new Promise((resolve) => {
    const stdio = output === 'held' ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'];
    const child = spawn(command, args, { cwd: root, env: environment, stdio, shell, detached: !isWindows });
    running = { child, wholeGroup };
    const chunks = [];
    child.stdout?.on('data', (chunk) => chunks.push(chunk));
    child.stderr?.on('data', (chunk) => chunks.push(chunk));
    child.once('error', (error) => {
      running = undefined;
      resolve({ code: 1, text: `${command}: ${error.message}` });
    });
    child.once('close', (code, signal) => {
      running = undefined;
      resolve({ code: exitCodeOf(code, signal), text: Buffer.concat(chunks).toString('utf8') });
    });
  });
}

function exitCodeOf(code, signal) {
  if (code !== null) return code;
  return { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 }[signal] ?? 137;
}

/** Runs a program with the pinned pnpm on its PATH: npm fetches it at the first time, and nothing is installed globally. */
const withPnpm = (args) =>
  run(isWindows ? 'npx.cmd' : 'npx', ['--yes', `--package=${pnpm}`, '--', ...args], {
    environment: toolEnvironment(),
    shell: isWindows,
    output: 'held',
  });

const tool = (name, args, options = {}) =>
  run(join(root, 'node_modules', '.bin', isWindows ? `${name}.cmd` : name), args, {
    shell: isWindows,
    ...options,
  });

/** What a person can do about the usual failures of an install; undefined where the output speaks for itself. */
function adviceFor(text) {
  if (/ENOSPC/.test(text)) return 'ディスクの空き容量がありません。 / The disk is full.';
  if (/EACCES|EPERM|EROFS/.test(text)) {
    return [
      'npm のキャッシュまたはこのフォルダに書き込めません。所有者を確認するか、npm_config_cache に書き込めるフォルダを指定してください。',
      'npm’s cache or this folder cannot be written to. Check who owns them, or point npm_config_cache at a folder that can be.',
    ].join('\n');
  }
  if (/ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN/.test(text)) {
    return 'パッケージの配布元に接続できません。ネットワークとプロキシの設定を確認してください。 / The package registry cannot be reached: check the network and proxy settings.';
  }
  if (/ERR_PNPM_OUTDATED_LOCKFILE/.test(text)) {
    return 'pnpm-lock.yaml が package.json と合っていません。 / pnpm-lock.yaml does not match package.json: npx pnpm@10.34.9 install';
  }
  return undefined;
}

/** One step, one line; everything that it printed is shown only when it fails. Resolves to its exit code. */
async function step(label, work) {
  const startedAt = Date.now();
  process.stdout.write(`▸ ${label} … `);
  const { code, text } = await work();
  const seconds = ((Date.now() - startedAt) / 1_000).toFixed(1);
  if (code === 0) {
    say(`${seconds} s`);
    return 0;
  }
  say(interruptedBy ? '中断 / interrupted' : `失敗 / failed (${seconds} s)`);
  if (interruptedBy) return code;
  say(text.trimEnd());
  const advice = adviceFor(text);
  if (advice) say(`\n${advice}`);
  return code;
}

/** A fingerprint of everything that decides what an install puts into node_modules. */
function installStamp() {
  const packages = ['apps', 'packages'].flatMap((room) =>
    readdirSync(join(root, room))
      .sort()
      .map((name) => join(room, name)),
  );
  const files = [
    'pnpm-lock.yaml',
    'pnpm-workspace.yaml',
    'package.json',
    ...packages.map((folder) => join(folder, 'package.json')),
  ];
  const hash = createHash('sha256').update(`${process.platform} ${process.arch} ${process.versions.modules}`);
  for (const file of files.filter((name) => existsSync(join(root, name))))
    hash.update(file).update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

async function install() {
  const stamp = installStamp();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return 0;
  const flags = [
    '--frozen-lockfile',
    '--prod=false',
    '--config.confirmModulesPurge=false',
    '--reporter=append-only',
  ];
  const code = await step('パッケージを準備しています / Installing packages', () =>
    withPnpm(['pnpm', 'install', ...flags]),
  );
  if (code === 0) writeFileSync(stampFile, stamp);
  return code;
}

const turbo = (tasks, ...flags) =>
  withPnpm([
    'turbo',
    'run',
    ...tasks,
    '--concurrency=2',
    '--ui=stream',
    '--output-logs=errors-only',
    ...flags,
  ]);

const build = () => step('ビルドしています / Building', () => turbo(['compile', 'build']));

/** Installs and builds; resolves to 0, or to the exit code of what failed. */
async function prepare() {
  return (await install()) || (await build());
}

/** Runs a built program of the workspace until it ends; it gets each signal once and stops its own children. */
async function serve(script, args) {
  const code = await prepare();
  if (code !== 0) return code;
  return (await run(process.execPath, [join(root, script), ...args], { wholeGroup: false })).code;
}

/** A command beside a hub that may be running: built where it is not yet, and otherwise left as it is. */
async function command(script, args) {
  if (!existsSync(join(root, script))) return serve(script, args);
  return (await run(process.execPath, [join(root, script), ...args], { wholeGroup: false })).code;
}

/** The figures of a finished run; a suite that could not run counts as one failed test. Undefined where Jest wrote nothing. */
function readFigures(file) {
  if (!existsSync(file)) return undefined;
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const failedFiles = report.testResults.filter(({ status }) => status === 'failed');
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
    skipped: report.numPendingTests + report.numTodoTests,
    interrupted: report.wasInterrupted === true,
    failedFiles: failedFiles.map(({ name }) => name),
    passedInFailed: failedFiles.flatMap(({ assertionResults }) => assertionResults).filter(isPassed).length,
  };
}

const isPassed = ({ status }) => status === 'passed';

/** A failure here is something that the product does by some chance: it is never tried again. */
const safety = ['apps/hub/test/chaos/', 'apps/hub/test/kills/', 'packages/'].map((path) =>
  path.replaceAll('/', sep),
);
const mostAgain = 3;

/** Few files failed beside others on a busy machine, and none of those that prove safety. */
function mayRunAgain({ interrupted, failedFiles = [] }) {
  const isSafety = (file) => safety.some((path) => relative(root, file).startsWith(path));
  const few = failedFiles.length > 0 && failedFiles.length <= mostAgain;
  return few && !interrupted && !interruptedBy && !failedFiles.some(isSafety);
}

/** Runs failed files once more, alone, and counts what they then say in place of what they said before. */
async function jestAgain(first) {
  const { figures } = first;
  const names = figures.failedFiles.map((file) => relative(root, file)).join(', ');
  say(`もう一度、単独で実行します / Once more, alone: ${names}`);
  const { figures: second, code } = await jest(['--runInBand', '--runTestsByPath', ...figures.failedFiles]);
  if (second.failed === 0 && code === 0)
    say(`初回は失敗し、単独では成功しました / Failed at first, passed alone: ${names}`);
  return {
    figures: {
      ...second,
      passed: figures.passed - figures.passedInFailed + second.passed,
      skipped: figures.skipped,
    },
    code,
  };
}

async function jest(args) {
  const file = join(root, 'node_modules', '.cache', 'np-hub', `jest-${process.pid}.json`);
  mkdirSync(dirname(file), { recursive: true });
  const script = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
  const { code, text } = await run(process.execPath, [
    script,
    '--ci',
    '--json',
    `--outputFile=${file}`,
    ...args,
  ]);
  if (text) say(text);
  const figures = readFigures(file) ?? { passed: 0, failed: 1, skipped: 0, interrupted: true };
  rmSync(file, { force: true });
  return { figures, code };
}

/** All tests; with `--again`, a few files that fail run once more. The last line printed is `N passed, N failed`, whatever happened before it. */
async function test(args, codeBefore = 0) {
  const prepared = await prepare();
  const again = args.includes('--again');
  const asked = args.filter((arg) => arg !== '--again');
  const first =
    prepared === 0
      ? await jest(asked)
      : { figures: { passed: 0, failed: 1, skipped: 0, interrupted: true }, code: prepared };
  const { figures, code } = again && mayRunAgain(first.figures) ? await jestAgain(first) : first;
  const sound =
    code === 0 && figures.failed === 0 && figures.passed > 0 && !figures.interrupted && !interruptedBy;
  say(
    `${figures.passed} passed, ${figures.failed} failed${figures.skipped > 0 ? `, ${figures.skipped} skipped` : ''}`,
  );
  return sound ? codeBefore : code || 1;
}

/** Every check, then every test. All checks run even where one fails, so that one round shows everything. */
async function validate(args) {
  const prepared = await install();
  if (prepared !== 0) return test(args);
  const checks = [
    ['規約を確認しています / Lint', () => tool('oxlint', ['--deny-warnings'], { output: 'held' })],
    [
      '書式を確認しています / Format',
      () => tool('prettier', ['--check', '--log-level=warn', '.'], { output: 'held' }),
    ],
    ['型を確認しています / Types', () => turbo(['typecheck'], '--continue=always')],
    [
      '未使用のコードを確認しています / Unused code',
      () => tool('knip', ['--no-progress'], { output: 'held' }),
    ],
  ];
  const failed = [];
  for (const [label, work] of checks) {
    if (interruptedBy) break;
    if ((await step(label, work)) !== 0) failed.push(label);
  }
  return test(args, failed.length > 0 ? 1 : 0);
}

const modes = {
  start: (args) => serve('apps/hub/dist/main.js', args),
  sandbox: (args) => serve('apps/sandbox/dist/main.js', args),
  hub: (args) => command('apps/hub/dist/cli.js', args),
  build: prepare,
  test: (args) => test(args),
  validate,
  'new-adapter': async (args) =>
    (await install()) ||
    (await run(process.execPath, [join(root, 'scripts', 'new-adapter.mjs'), ...args])).code,
  chaos: async (args) =>
    (await (args.includes('process') ? prepare() : install())) ||
    (await run(process.execPath, [join(root, 'apps', 'hub', 'test', 'chaos', 'chaos.mjs'), ...args])).code,
  bench: (args) => serve('apps/hub/bench/bench.mjs', args),
  format: async () =>
    (await install()) || (await tool('prettier', ['--write', '--log-level=warn', '.'])).code,
};

async function main([mode = '', ...args]) {
  if (!nodeIsNewEnough()) return 1;
  if (!Object.hasOwn(modes, mode)) {
    say(`使い方 / usage: node scripts/run.mjs ${Object.keys(modes).join(' | ')}`);
    return 1;
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, interrupt);
  return modes[mode](args);
}

process.exitCode = await main(process.argv.slice(2));

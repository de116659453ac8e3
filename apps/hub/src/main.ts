import 'reflect-metadata';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './database/embedded.js';
import { type Environment, EnvironmentError, readEnvironment } from './env.js';
import { startDemo } from './demo/demo.js';
import { type SandboxProcess, startSandboxProcess } from './demo/sandbox-process.js';
import { createApplication } from './http/app.js';
import { ApiProblem } from './http/problem.js';
import { KeyCheck } from './security/key-check.js';
import { followKeyFile, readOrCreateKeyFile } from './security/key-file.js';
import { createKeyring, type Keyring } from './security/keyring.js';

/** Calls in flight end by themselves long before; whoever is still busy then hangs. */
const shutdownLimitMs = 30_000;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

function fail(error: unknown): never {
  const known = error instanceof EnvironmentError || !(error instanceof Error);
  process.stderr.write(
    `${known ? String(error instanceof Error ? error.message : error) : explain(error)}\n`,
  );
  process.exit(1);
}

function explain(error: Error): string {
  if (error instanceof ApiProblem) return `${error.view.message.ja} / ${error.view.message.en}`;
  if (!('code' in error)) return error.message;
  if (error.code === 'EADDRINUSE') {
    return (
      'このポートは使用中です。NP_HUB_PORT で別のポートを指定するか、動いているハブを止めてください。 / ' +
      'The port is in use: set NP_HUB_PORT to another one, or stop the hub that is running.'
    );
  }
  return `${String(error.code)}: ${error.message}`;
}

interface Running {
  app?: NestFastifyApplication;
  postgres?: EmbeddedPostgres;
  sandbox?: SandboxProcess;
}

async function stop(running: Running): Promise<void> {
  setTimeout(() => process.exit(1), shutdownLimitMs).unref();
  await running.app?.close();
  await running.sandbox?.stop();
  await running.postgres?.stop();
}

/** The first signal ends the work in order, the second one ends the process. */
function stopOnSignal(running: Running): void {
  let stopping = false;
  const onSignal = (): void => {
    if (stopping) process.exit(1);
    stopping = true;
    say('終了しています… / Stopping…');
    stop(running).then(() => process.exit(0), fail);
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
}

/** The database is given, or it is the one that comes with the hub. */
async function openDatabase(environment: Environment, running: Running) {
  const databaseDir = join(environment.dataDir, 'postgres');
  const keys = environment.encryptionKeys ?? readOrCreateKeyFile(environment.dataDir, databaseDir);
  const keyring = createKeyring(keys, environment.currentKey ?? undefined);
  if (environment.databaseUrl) return { keyring, databaseUrl: environment.databaseUrl };
  running.postgres = await startEmbeddedPostgres({ dataDir: databaseDir, onExit: fail });
  return { keyring, databaseUrl: running.postgres.url };
}

/** `npm run hub -- keys rotate` puts a new key into the file of a hub at work. */
function followKeys(environment: Environment, keyring: Keyring, app: NestFastifyApplication): void {
  followKeyFile(environment.dataDir, keyring, () => {
    app.get(KeyCheck, { strict: false }).showKey().catch(fail);
  });
}

async function demonstrate(
  environment: Environment,
  running: Running,
  app: NestFastifyApplication,
): Promise<void> {
  running.sandbox = await startSandboxProcess({
    port: environment.sandboxPort,
    dataDir: environment.dataDir,
  });
  const demo = await startDemo(app, running.sandbox);
  say(`サンドボックス / sandbox: ${running.sandbox.url}/`);
  say(`デモのログイン / demo logins: ${demo.logins.join(', ')}　パスワード / password: ${demo.password}`);
}

async function main(): Promise<void> {
  const environment = readEnvironment();
  const running: Running = {};
  stopOnSignal(running);
  try {
    const database = await openDatabase(environment, running);
    const app = await createApplication(AppModule.forRoot({ environment, ...database }), environment);
    running.app = app;
    if (!environment.encryptionKeys) followKeys(environment, database.keyring, app);
    await app.listen(environment.port, environment.host);
    const url = environment.publicUrl ?? (await app.getUrl());
    if (environment.demo) await demonstrate(environment, running, app);
    say(`np-hub を開始しました / np-hub is running: ${url}`);
    say('終了 / stop: Ctrl-C');
  } catch (error) {
    await stop(running).catch(() => undefined);
    fail(error);
  }
}

await main().catch(fail);

import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { fork, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The sandbox, running beside the hub. It ends by itself when the hub does, also when the hub is killed. */
export interface SandboxProcess {
  readonly url: string;
  stop(): Promise<void>;
}

const program = fileURLToPath(new URL('../../../sandbox/dist/main.js', import.meta.url));
const startLimitMs = 20_000;

/** Starts the stand-ins of NP and makeshop. Throws in plain words where they do not come up. */
export async function startSandboxProcess(options: {
  port: number;
  dataDir: string;
}): Promise<SandboxProcess> {
  if (!existsSync(program)) {
    throw new Error(
      'サンドボックスがビルドされていません。npm start で起動してください。 / The sandbox is not built: use npm start.',
    );
  }
  const argv = ['--port', String(options.port), '--data-dir', join(options.dataDir, 'sandbox')];
  const child = fork(program, argv, { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  const errors: string[] = [];
  child.stdout?.resume();
  child.stderr?.on('data', (chunk: Buffer) => errors.push(chunk.toString('utf8')));
  const url = await listening(child, errors);
  return { url, stop: () => stop(child) };
}

function listening(child: ChildProcess, errors: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (): void =>
      reject(
        new Error(
          errors.join('').trim() || 'サンドボックスを起動できませんでした。 / The sandbox did not start.',
        ),
      );
    const timer = setTimeout(fail, startLimitMs);
    child.once('exit', fail);
    child.on('message', (message: { kind?: string; url?: string }) => {
      if (message.kind !== 'listening' || !message.url) return;
      clearTimeout(timer);
      child.off('exit', fail);
      resolve(message.url);
    });
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const kill = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await gone;
  clearTimeout(kill);
}

/** The hub as the sandbox beside it reaches it. */
export async function localUrl(app: NestFastifyApplication): Promise<string> {
  const { port } = new URL(await app.getUrl());
  return `http://127.0.0.1:${port}`;
}

/** One call of the sandbox's control. Throws where it refuses. */
export async function callSandbox(
  sandbox: SandboxProcess,
  method: string,
  path: string,
  body?: object,
): Promise<unknown> {
  const response = await fetch(`${sandbox.url}${path}`, {
    method,
    headers: body ? { 'content-type': 'application/json' } : {},
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (!response.ok) throw new Error(`The sandbox answered ${response.status} to ${method} ${path}`);
  return response.status === 204 ? null : response.json();
}

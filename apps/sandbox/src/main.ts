import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { configSchema, type SandboxConfigInput } from './config.js';
import { environment } from './env.js';
import { type Sandbox, startSandbox } from './server.js';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

const usage = `使い方 / usage: node dist/main.js [--port 4010] [--host 127.0.0.1] [--data-dir .np-hub/sandbox] [--config file.json] [--demo-life]
環境変数 / environment: NP_HUB_SANDBOX_PORT, _HOST, _DATA_DIR, _CONFIG, _DEMO_LIFE=1`;

const optionsSchema = z.object({
  port: z.coerce.number().int().min(0).max(65_535),
  host: z.string().min(1),
  dataDir: z.string().min(1),
});

function readOptions() {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      host: { type: 'string' },
      'data-dir': { type: 'string' },
      config: { type: 'string' },
      'demo-life': { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const options = optionsSchema.parse({
    port: values.port ?? environment.port ?? 4010,
    host: values.host ?? environment.host ?? '127.0.0.1',
    dataDir: values['data-dir'] ?? environment.dataDir ?? '.np-hub/sandbox',
  });
  const configFile = values.config ?? environment.config;
  return {
    ...options,
    ...(configFile ? { config: readConfig(configFile) } : {}),
    demoLife: values['demo-life'] ?? environment.demoLife === '1',
    help: values.help ?? false,
  };
}

function readConfig(file: string): SandboxConfigInput {
  return configSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}

function introduce(sandbox: Sandbox, dataDir: string): void {
  say(`サンドボックスが動いています / The sandbox is running: ${sandbox.url}/`);
  say('');
  say(`NP (base address)     ${sandbox.npBaseUrl}`);
  for (const { merchantCode, spCode, terminalId, mode } of sandbox.config.merchants) {
    say(`  加盟店コード ${merchantCode}  SPコード ${spCode}  端末ID ${terminalId}  ${mode}`);
  }
  say(`makeshop (GraphQL)    ${sandbox.makeshopUrl}`);
  for (const { shopId, token, apiKey, webhookSecret } of sandbox.config.shops) {
    say(`  shop ${shopId}  token ${token}  x-api-key ${apiKey}  webhook secret ${webhookSecret}`);
  }
  say('');
  say(`記録 / ledger          ${dataDir}`);
  say('終了 / stop: Ctrl-C');
}

function explain(error: unknown, port: number | null): string {
  if (error instanceof z.ZodError)
    return `設定が正しくありません / The configuration is wrong:\n${z.prettifyError(error)}`;
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'EADDRINUSE') {
    return `ポート ${port} は使用中です。--port で別の番号を指定してください。\nPort ${port} is taken. Choose another with --port.`;
  }
  const message = error instanceof Error ? error.message : String(error);
  return port === null ? `${message}\n${usage}` : message;
}

async function main(): Promise<void> {
  let port: number | null = null;
  try {
    const { help, ...options } = readOptions();
    if (help) return say(usage);
    port = options.port;
    const sandbox = await startSandbox(options);
    introduce(sandbox, options.dataDir);
    stopOnRequest(sandbox);
    process.send?.({ kind: 'listening', url: sandbox.url });
  } catch (error) {
    process.stderr.write(`${explain(error, port)}\n`);
    process.exitCode = 1;
    if (process.connected) process.disconnect();
  }
}

/** Ends on a signal, and with the parent that started it over an IPC channel. */
function stopOnRequest(sandbox: Sandbox): void {
  let isStopping = false;
  const stop = (): void => {
    if (isStopping) return;
    isStopping = true;
    sandbox.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  process.on('disconnect', stop);
}

await main();

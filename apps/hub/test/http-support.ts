import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  Body,
  Controller,
  type DynamicModule,
  Get,
  Global,
  Module,
  Param,
  Post,
  Query,
} from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Clock } from '@np-hub/model';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { Accounts } from '../src/accounts/accounts.js';
import { CurrentUser, Public, Roles } from '../src/accounts/session-guard.js';
import type { SignedInUser } from '../src/accounts/sessions.js';
import { Accounts1700000000002 } from '../src/database/migrations/0002-accounts.js';
import { type Environment, readEnvironment } from '../src/env.js';
import { createApplication } from '../src/http/app.js';
import { HttpModule } from '../src/http/http.module.js';
import { ApiProblem } from '../src/http/problem.js';
import { createKeyring } from '../src/security/keyring.js';
import { CLOCK, ENVIRONMENT, IDS, KEYRING } from '../src/tokens.js';
import { createTestDatabase } from './support/database.js';

export class TestClock implements Clock {
  private time = Date.parse('2026-11-21T00:00:00Z');
  now(): Date {
    return new Date(this.time);
  }
  forward(ms: number): void {
    this.time += ms;
  }
}

const probeSchema = z.object({ name: z.string().min(2), amounts: z.array(z.object({ yen: z.int() })) });

/** Stands for the hub's own controllers. */
@Controller('probe')
export class ProbeController {
  static runs = 0;

  @Get()
  read(@CurrentUser() user: SignedInUser): { login: string } {
    return { login: user.login };
  }

  @Roles('support')
  @Post()
  write(@Body({ schema: probeSchema }) body: z.infer<typeof probeSchema>): { run: number; name: string } {
    ProbeController.runs += 1;
    if (body.name === 'refuse')
      throw new ApiProblem(409, 'not-now', { ja: '今はできません。', en: 'Not now.' });
    if (body.name === 'crash') throw new Error('value "090-1234-5678" is secret');
    return { run: ProbeController.runs, name: body.name };
  }

  @Roles('operator')
  @Get('search')
  search(@Query('limit', { schema: z.coerce.number().max(200) }) limit: number): { limit: number } {
    return { limit };
  }
}

@Public()
@Controller('webhooks')
class WebhookController {
  @Post(':shopId')
  take(@Param('shopId') shopId: string, @Body() body: Buffer): { shopId: string; bytes: string } {
    return { shopId, bytes: body.toString('hex') };
  }
}

export interface TestHub {
  readonly app: NestFastifyApplication;
  readonly database: DataSource;
  readonly clock: TestClock;
  readonly accounts: Accounts;
  readonly url: string;
  close(): Promise<void>;
}

export const password = 'correct horse battery';

function rootModule(environment: Environment, database: DataSource, clock: Clock): DynamicModule {
  @Global()
  @Module({})
  class Globals {}
  @Module({ controllers: [ProbeController, WebhookController] })
  class Root {}
  const values = [
    { provide: DataSource, useValue: database },
    { provide: CLOCK, useValue: clock },
    { provide: IDS, useValue: { next: () => crypto.randomUUID() } },
    { provide: KEYRING, useValue: createKeyring([{ id: 'a', secret: Buffer.alloc(32, 1) }]) },
    { provide: ENVIRONMENT, useValue: environment },
  ];
  const globals = {
    module: Globals,
    global: true,
    providers: values,
    exports: values.map(({ provide }) => provide),
  };
  return { module: Root, imports: [globals, HttpModule.forRoot(environment)] };
}

/** The HTTP layer over a real database, listening on a free port. */
export async function startTestHub(
  variables: Record<string, string> = {},
  dashboard: string = mkdtempSync(join(tmpdir(), 'np-hub-page-')),
): Promise<TestHub> {
  const environment = readEnvironment({ NP_HUB_LOG_LEVEL: 'silent', ...variables });
  const testDatabase = await createTestDatabase();
  const database = await new DataSource({
    type: 'postgres',
    url: testDatabase.url,
    migrations: [],
  }).initialize();
  const runner = database.createQueryRunner();
  if (!(await runner.hasTable('users'))) await new Accounts1700000000002().up(runner);
  await runner.release();
  const clock = new TestClock();
  const app = await createApplication(rootModule(environment, database, clock), environment, dashboard);
  await app.listen(0, '127.0.0.1');
  const accounts = app.get(Accounts, { strict: false });
  for (const role of ['owner', 'operator', 'support', 'viewer'] as const) {
    await accounts.ensureUser({ login: role, name: role, role, password });
  }
  return {
    app,
    database,
    clock,
    accounts,
    url: await app.getUrl(),
    close: async () => {
      await app.close();
      await database.destroy();
      await testDatabase.drop();
    },
  };
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** One request with JSON, as the page would make it. */
export async function ask(
  hub: TestHub,
  method: string,
  path: string,
  options: { body?: unknown; cookie?: string | undefined; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const response = await fetch(`${hub.url}${path}`, {
    method,
    headers: {
      ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(options.cookie ? { cookie: options.cookie } : {}),
      ...options.headers,
    },
    ...(options.body === undefined
      ? {}
      : { body: typeof options.body === 'string' ? options.body : JSON.stringify(options.body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') && text !== '';
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}

/** Signs in; gives the cookie. */
export async function signIn(hub: TestHub, login: string, secret = password): Promise<string> {
  const { headers, status } = await ask(hub, 'POST', '/api/v1/session', {
    body: { login, password: secret },
  });
  if (status !== 200) throw new Error(`Signing in answered ${status}`);
  return headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

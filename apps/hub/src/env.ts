import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';
import { isCommonPassword } from './accounts/password-rules.js';
import { type MasterKey, parseMasterKeys } from './security/keyring.js';

const logLevels = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;

/** NP's production and test gateways and makeshop's API: the only hosts that the hub calls unless told otherwise. */
const defaultGatewayHosts =
  'cp.np-payment-gateway.com,ctcp.np-payment-gateway.com,api.sps-system.com,stbfep.sps-system.com,app-api.makeshop.jp';

/** Everything that can be set from outside. Read once at start, and handed on from there. */
export interface Environment {
  /** Null: the hub runs the PostgreSQL that comes with it. */
  readonly databaseUrl: string | null;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Absolute. */
  readonly dataDir: string;
  /** Null: the keys are in the data folder (only without `DATABASE_URL`). The first one encrypts. */
  readonly encryptionKeys: readonly MasterKey[] | null;
  /** The id of the key that encrypts; null: the first one. */
  readonly currentKey: string | null;
  readonly demo: boolean;
  /** How often the hub looks (timing.ts): `brisk` lets a newcomer see orders move, `calm` is for the real world. */
  readonly pace: 'brisk' | 'calm';
  /** The operator that is made when there are no users yet. */
  readonly admin: { readonly login: string; readonly password: string } | null;
  readonly gatewayHosts: readonly string[];
  /** As Fastify takes it: false, the number of proxies in front, or their addresses. */
  readonly trustProxy: false | number | string[];
  readonly logLevel: (typeof logLevels)[number];
  /** Where people and carts reach the hub, without a slash at the end; null where it is only reached locally. */
  readonly publicUrl: string | null;
  /** From one address; more are told to wait. */
  readonly requestsPerMinute: number;
  readonly sandboxPort: number;
  /** The watched folder, absolute; null: files come and go by upload and download alone. */
  readonly exchangeDir: string | null;
  /** Webhooks may go to private addresses and over http: for the demo, and for systems in the same house. */
  readonly webhookPrivate: boolean;
  /** The server that takes mail, and the sender's address; null: no mail is sent. */
  readonly mail: { readonly url: string; readonly from: string } | null;
  /** Opens /metrics; null: only this machine may read them. */
  readonly metricsToken: string | null;
}

/** What the command line needs: where the hub is, a key for it, and where the caller stands. */
export interface CommandEnvironment {
  readonly url: string;
  readonly apiKey: string | null;
  /** Paths are meant from here; npm itself starts programs elsewhere. */
  readonly folder: string;
}

/** The environment is not usable. The message names every variable, in Japanese and English, and no value. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
}

const either = (ja: string, en: string) => ({ error: `${ja} / ${en}` });

const items = (text: string): string[] =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

const wholeNumber = (smallest: number, largest: number) =>
  z
    .string()
    .refine(
      (text) => /^\d{1,7}$/u.test(text) && Number(text) >= smallest && Number(text) <= largest,
      either(
        `${smallest} から ${largest} までの整数を指定してください。`,
        `Give a whole number from ${smallest} to ${largest}.`,
      ),
    )
    .transform(Number);

const port = (smallest: number) => wholeNumber(smallest, 65_535);

/** Generous: an office of people behind one address, each with a page that asks every few seconds. */
const usualRequestsPerMinute = 1_200;

const postgresUrl = z
  .url({
    protocol: /^postgres(ql)?$/u,
    ...either(
      'postgres://ユーザー:パスワード@ホスト/データベース の形で指定してください。',
      'Give it as postgres://user:password@host/database.',
    ),
  })
  .optional();

const encryptionKeys = z
  .string()
  .transform((text, context) => {
    const keys = parseMasterKeys(text);
    if (keys) return keys;
    const { error } = either(
      '「名前:32バイトのBase64」をカンマ区切りで指定してください(新しい鍵を先頭に)。作成例: openssl rand -base64 32',
      'Give comma-separated "<id>:<base64 of 32 bytes>", newest first; `openssl rand -base64 32` makes one.',
    );
    context.addIssue(error);
    return z.NEVER;
  })
  .optional();

const gatewayHosts = z
  .string()
  .default(defaultGatewayHosts)
  .transform((text) => items(text.toLowerCase()))
  .refine(
    (hosts) => hosts.length > 0 && hosts.every((host) => /^[a-z0-9.-]+(:\d{1,5})?$/u.test(host)),
    either(
      'ホスト名だけをカンマ区切りで指定してください(https:// やパスは不要)。',
      'Give host names alone, separated by commas (no https://, no path).',
    ),
  );

const isProxy = (text: string): boolean => {
  const [address = '', bits] = text.split('/');
  return isIP(address) > 0 && (bits === undefined || /^\d{1,3}$/u.test(bits));
};

const trustProxy = z
  .string()
  .default('off')
  .refine(
    (text) =>
      text === 'off' || /^[1-9]$/u.test(text) || (items(text).length > 0 && items(text).every(isProxy)),
    either(
      'off、前段のプロキシの数(1〜9)、またはプロキシのIPアドレス(カンマ区切り)を指定してください。',
      'Give off, the number of proxies in front (1-9), or their addresses separated by commas.',
    ),
  )
  .transform((text) => {
    if (text === 'off') return false as const;
    return /^\d$/u.test(text) ? Number(text) : items(text);
  });

const publicUrl = z
  .url({
    protocol: /^https?$/u,
    ...either('https://… の形で指定してください。', 'Give it as https://….'),
  })
  .transform((text) => text.replace(/\/+$/u, ''))
  .optional();

const variables = z
  .object({
    DATABASE_URL: postgresUrl,
    NP_HUB_HOST: z.string().default('127.0.0.1'),
    NP_HUB_PORT: port(0).default(4000),
    NP_HUB_DATA_DIR: z.string().default('.np-hub'),
    NP_HUB_ENCRYPTION_KEYS: encryptionKeys,
    NP_HUB_ENCRYPTION_CURRENT: z.string().optional(),
    NP_HUB_DEMO: z
      .enum(['on', 'off'], either('on か off を指定してください。', 'Give on or off.'))
      .optional(),
    NP_HUB_PACE: z
      .enum(['brisk', 'calm'], either('brisk か calm を指定してください。', 'Give brisk or calm.'))
      .optional(),
    NP_HUB_ADMIN_LOGIN: z.string().optional(),
    NP_HUB_ADMIN_PASSWORD: z
      .string()
      .min(12, either('12文字以上で指定してください。', 'Give at least 12 characters.'))
      .refine(
        (password) => !isCommonPassword(password),
        either(
          'よく使われるパスワードは使えません。別のものを指定してください。',
          'This password is too common. Give another one.',
        ),
      )
      .optional(),
    NP_HUB_GATEWAY_HOSTS: gatewayHosts,
    NP_HUB_TRUST_PROXY: trustProxy,
    NP_HUB_REQUESTS_PER_MINUTE: wholeNumber(60, 1_000_000).default(usualRequestsPerMinute),
    NP_HUB_LOG_LEVEL: z
      .enum(
        logLevels,
        either(
          `${logLevels.join('、')} のどれかを指定してください。`,
          `Give one of ${logLevels.join(', ')}.`,
        ),
      )
      .optional(),
    NP_HUB_PUBLIC_URL: publicUrl,
    NP_HUB_SANDBOX_PORT: port(0).default(4010),
    NP_HUB_EXCHANGE: z.string().optional(),
    NP_HUB_SMTP_URL: z
      .url({
        protocol: /^smtps?$/u,
        ...either(
          'smtp://ユーザー:パスワード@ホスト:ポート か smtps://… の形で指定してください。',
          'Give it as smtp://user:password@host:port or smtps://….',
        ),
      })
      .optional(),
    NP_HUB_MAIL_FROM: z
      .email(either('メールアドレスを指定してください。', 'Give a mail address.'))
      .optional(),
    NP_HUB_METRICS_TOKEN: z
      .string()
      .min(16, either('16文字以上で指定してください。', 'Give at least 16 characters.'))
      .optional(),
    NP_HUB_WEBHOOK_PRIVATE: z
      .enum(['on', 'off'], either('on か off を指定してください。', 'Give on or off.'))
      .optional(),
  })
  .superRefine((given, context) => {
    const complain = (name: keyof typeof given, ja: string, en: string) =>
      context.addIssue({ code: 'custom', path: [name], message: either(ja, en).error });
    if (given.DATABASE_URL && !given.NP_HUB_ENCRYPTION_KEYS) {
      complain(
        'NP_HUB_ENCRYPTION_KEYS',
        'DATABASE_URL を指定するときは必須です。',
        'Required together with DATABASE_URL.',
      );
    }
    if (given.NP_HUB_ADMIN_LOGIN && !given.NP_HUB_ADMIN_PASSWORD) {
      complain(
        'NP_HUB_ADMIN_PASSWORD',
        'NP_HUB_ADMIN_LOGIN と一緒に指定してください。',
        'Give it together with NP_HUB_ADMIN_LOGIN.',
      );
    }
    if ((given.NP_HUB_SMTP_URL === undefined) !== (given.NP_HUB_MAIL_FROM === undefined)) {
      complain(
        given.NP_HUB_SMTP_URL ? 'NP_HUB_MAIL_FROM' : 'NP_HUB_SMTP_URL',
        'NP_HUB_SMTP_URL と NP_HUB_MAIL_FROM は一緒に指定してください。',
        'Give NP_HUB_SMTP_URL and NP_HUB_MAIL_FROM together.',
      );
    }
    const current = given.NP_HUB_ENCRYPTION_CURRENT;
    if (current !== undefined && !given.NP_HUB_ENCRYPTION_KEYS?.some(({ id }) => id === current)) {
      complain(
        'NP_HUB_ENCRYPTION_CURRENT',
        'NP_HUB_ENCRYPTION_KEYS にある鍵の名前を指定してください。',
        'Give the id of one of the keys in NP_HUB_ENCRYPTION_KEYS.',
      );
    }
    if (given.NP_HUB_ADMIN_PASSWORD && !given.NP_HUB_ADMIN_LOGIN) {
      complain(
        'NP_HUB_ADMIN_LOGIN',
        'NP_HUB_ADMIN_PASSWORD と一緒に指定してください。',
        'Give it together with NP_HUB_ADMIN_PASSWORD.',
      );
    }
  });

/**
 * Reads and checks the hub's settings; an empty variable counts as absent. Throws `EnvironmentError` with one line
 * for each variable that is wrong. This is the only place that looks at `process.env`.
 */
export function readEnvironment(
  source: Readonly<Record<string, string | undefined>> = process.env,
): Environment {
  const present = Object.entries(source).filter(([, value]) => value !== undefined && value.trim() !== '');
  const result = variables.safeParse(
    Object.fromEntries(present.map(([name, value]) => [name, value?.trim()])),
  );
  if (!result.success) {
    const lines = result.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`);
    const title = '設定(環境変数)に誤りがあります。 / Some environment variables are wrong.';
    throw new EnvironmentError([title, ...lines].join('\n'));
  }
  const given = result.data;
  const demo = given.NP_HUB_DEMO === undefined ? !given.DATABASE_URL : given.NP_HUB_DEMO === 'on';
  const { NP_HUB_ADMIN_LOGIN: login, NP_HUB_ADMIN_PASSWORD: password } = given;
  const { NP_HUB_SMTP_URL: smtpUrl, NP_HUB_MAIL_FROM: from } = given;
  return {
    databaseUrl: given.DATABASE_URL ?? null,
    host: given.NP_HUB_HOST,
    port: given.NP_HUB_PORT,
    dataDir: resolve(given.NP_HUB_DATA_DIR),
    encryptionKeys: given.NP_HUB_ENCRYPTION_KEYS ?? null,
    currentKey: given.NP_HUB_ENCRYPTION_CURRENT ?? null,
    demo,
    pace: given.NP_HUB_PACE ?? (demo ? 'brisk' : 'calm'),
    admin: login && password ? { login, password } : null,
    gatewayHosts: given.NP_HUB_GATEWAY_HOSTS,
    trustProxy: given.NP_HUB_TRUST_PROXY,
    requestsPerMinute: given.NP_HUB_REQUESTS_PER_MINUTE,
    // The demo's terminal shows where to go and how to sign in, and is not to scroll.
    logLevel: given.NP_HUB_LOG_LEVEL ?? (demo ? 'warn' : 'info'),
    publicUrl: given.NP_HUB_PUBLIC_URL ?? null,
    sandboxPort: given.NP_HUB_SANDBOX_PORT,
    exchangeDir: exchangeDirOf(given.NP_HUB_EXCHANGE, demo ? given.NP_HUB_DATA_DIR : null),
    mail: smtpUrl && from ? { url: smtpUrl, from } : null,
    metricsToken: given.NP_HUB_METRICS_TOKEN ?? null,
    webhookPrivate: given.NP_HUB_WEBHOOK_PRIVATE === undefined ? demo : given.NP_HUB_WEBHOOK_PRIVATE === 'on',
  };
}

/** The demo's carts exchange files below its data; elsewhere nothing is watched unless told. */
function exchangeDirOf(given: string | undefined, demoDataDir: string | null): string | null {
  if (given) return resolve(given);
  return demoDataDir === null ? null : resolve(demoDataDir, 'exchange');
}

const commandVariables = z.object({
  NP_HUB_URL: publicUrl,
  NP_HUB_API_KEY: z.string().optional(),
  INIT_CWD: z.string().optional(),
});

/** Reads what the command line needs; without `NP_HUB_URL` it talks to this machine. Throws `EnvironmentError`. */
export function readCommandEnvironment(
  source: Readonly<Record<string, string | undefined>> = process.env,
): CommandEnvironment {
  const given = commandVariables.safeParse(
    Object.fromEntries(Object.entries(source).filter(([, value]) => value?.trim())),
  );
  if (!given.success) {
    const lines = given.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new EnvironmentError(lines.join('\n'));
  }
  return {
    url: given.data.NP_HUB_URL ?? 'http://127.0.0.1:4000',
    apiKey: given.data.NP_HUB_API_KEY ?? null,
    folder: given.data.INIT_CWD ?? process.cwd(),
  };
}

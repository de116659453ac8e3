import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { prepareTemplate } from './template.js';

const templateName = 'np_hub_template';

/** Any number will do: the test files of one run agree on it while the template is prepared. */
const templateLock = 20_261_121;

interface TestDatabase {
  readonly url: string;
  /** Also ends whatever is still connected. */
  drop(): Promise<void>;
}

function serverUrl(): string {
  const url = process.env.NP_HUB_TEST_SERVER_URL;
  if (!url) throw new Error('No test server: run the tests through jest.config.mjs at the root.');
  return url;
}

function urlOfDatabase(name: string): string {
  return Object.assign(new URL(serverUrl()), { pathname: `/${name}` }).href;
}

async function administer<Result>(work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: serverUrl() });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Prepared under another name by the first test file that asks, and renamed when whole. */
async function makeTemplate(client: pg.Client): Promise<void> {
  const unfinished = `${templateName}_unfinished`;
  await client.query('select pg_advisory_lock($1)', [templateLock]);
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [templateName]);
  if (rowCount) return;
  await client.query(`drop database if exists ${unfinished} with (force)`);
  await client.query(`create database ${unfinished}`);
  await prepareTemplate(urlOfDatabase(unfinished));
  await client.query(`alter database ${unfinished} rename to ${templateName}`);
}

/** A fresh copy of the migrated template, for one test file: nothing else writes to it. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await administer(makeTemplate);
  await administer((client) => client.query(`create database ${name} template ${templateName}`));
  return handleOf(name);
}

/** A database without a single table. */
export async function emptyTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await administer((client) => client.query(`create database ${name}`));
  return handleOf(name);
}

const handleOf = (name: string): TestDatabase => ({
  url: urlOfDatabase(name),
  drop: async () => {
    await administer((client) => client.query(`drop database if exists ${name} with (force)`));
  },
});

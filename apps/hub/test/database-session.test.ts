import { Socket } from 'node:net';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { openDataSource } from '../src/database/data-source.js';
import { atOnce } from '../src/database/at-once.js';
import { unawaited } from '../src/database/unawaited.js';
import { emptyTestDatabase } from './support/database.js';

let target: Awaited<ReturnType<typeof emptyTestDatabase>>;
let database: DataSource;

beforeAll(async () => {
  target = await emptyTestDatabase();
  database = await openDataSource(target.url, 1);
  await database.query('create table notes (number int primary key, at bigint default txid_current())');
});
beforeEach(() => database.query('truncate notes'));
afterAll(async () => {
  await database?.destroy();
  await target?.drop();
});

const numbers = async () =>
  (await database.query<{ number: number }[]>('select number from notes order by number')).map(
    ({ number }) => number,
  );
const insert = 'insert into notes values ($1)';

test.each([
  ['reads', 'select count(*) from notes'],
  ['writes', 'insert into notes values (100)'],
])('a transaction is one, whether its first statement reads or writes: %s', async (_, first) => {
  await database.transaction(async (manager) => {
    await manager.query(first);
    await manager.query(insert, [1]);
    await manager.query(insert, [2]);
  });
  const [row] = await database.query<{ transactions: number }[]>(
    'select count(distinct at)::int as transactions from notes',
  );
  expect(row?.transactions).toBe(1);
  await expect(
    database.transaction(async (manager) => {
      await manager.query(first.replace('100', '101'));
      await manager.query(insert, [3]);
      throw new Error('taken back');
    }),
  ).rejects.toThrow('taken back');
  expect(await numbers()).not.toContain(3);
  expect(await numbers()).not.toContain(101);
});

test('statements that are asked at once go in their order, the first ones of a transaction too', async () => {
  await database.transaction((manager) =>
    Promise.all([
      manager.query(insert, [1]),
      manager.query('update notes set number = number + 10'),
      manager.query(insert, [2]),
    ]),
  );
  expect(await numbers()).toEqual([2, 11]);
});

test('where one of them is refused, its error is told, however late it comes, and nothing is kept', async () => {
  const late = async (asked: Promise<unknown>) => {
    await asked.catch(() => new Promise((done) => setTimeout(done, 100)));
    return asked;
  };
  const refused = database.transaction((manager) =>
    atOnce([manager.query(insert, [1]), late(manager.query(insert, [1])), manager.query(insert, [2])]),
  );
  await expect(refused).rejects.toThrow(/notes_pkey/u);
  expect(await numbers()).toEqual([]);
});

test('what nobody waits for fails the end of its transaction with its own error, and nothing is kept', async () => {
  const refused = database.transaction(async (manager) => {
    await manager.query(insert, [1]);
    unawaited(manager, manager.query(insert, [1]), manager.query(insert, [2]));
  });
  await expect(refused).rejects.toMatchObject({ driverError: { code: '23505' } });
  expect(await numbers()).toEqual([]);
});

test('a statement after one that failed unheard tells the error of that one', async () => {
  const refused = database.transaction(async (manager) => {
    await manager.query(insert, [1]);
    unawaited(manager, manager.query(insert, [1]));
    await manager.query('select count(*) from notes');
  });
  await expect(refused).rejects.toMatchObject({ driverError: { code: '23505' } });
  // What came before says nothing of the next one, and of what is asked outside of any.
  await expect(database.query('select nothing')).rejects.toThrow(/nothing/u);
  await database.transaction((manager) => manager.query(insert, [3]));
  expect(await numbers()).toEqual([3]);
});

test('what nobody waits for is stored once its transaction has ended', async () => {
  await database.transaction(async (manager) => {
    await manager.query('select 1');
    unawaited(manager, manager.query(insert, [1]), manager.query(insert, [2]));
  });
  expect(await numbers()).toEqual([1, 2]);
});

test('a read that is asked behind a write sees it, at the beginning of a transaction too', async () => {
  const [, , rows] = await database.transaction((manager) =>
    atOnce([
      manager.query('select 1'),
      manager.query(insert, [1]),
      manager.query<{ number: number }[]>('select number from notes'),
    ]),
  );
  expect(rows).toEqual([{ number: 1 }]);
});

test('what is asked in one turn leaves in one piece, with the beginning if it only reads', async () => {
  const write = Socket.prototype._writev as (chunks: { chunk: Buffer }[], done: () => void) => void;
  const pieces: string[] = [];
  const spy = jest.spyOn(Socket.prototype, '_writev').mockImplementation(function (this: Socket, ...given) {
    const [chunks] = given as unknown as [{ chunk: Buffer }[]];
    pieces.push(Buffer.concat(chunks.map(({ chunk }) => chunk)).toString('latin1'));
    return (write as (...all: unknown[]) => void).apply(this, given);
  });
  await database.transaction(async (manager) => {
    await atOnce([manager.query('select 1'), manager.query('select 2')]);
    unawaited(manager, manager.query(insert, [1]), manager.query(insert, [2]));
  });
  spy.mockRestore();
  const asked = pieces.map((piece) => piece.match(/START|select \d|insert|COMMIT/gu)).filter(Boolean);
  expect(asked).toEqual([
    ['START', 'select 1', 'select 2'],
    ['insert', 'insert', 'COMMIT'],
  ]);
});

test('without a statement nothing begins, and the session is as before', async () => {
  await database.transaction(() => Promise.resolve());
  await expect(database.transaction(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await database.query(insert, [1]);
  await expect(
    database.transaction(async (manager) => {
      await manager.query(insert, [2]);
      throw new Error('taken back');
    }),
  ).rejects.toThrow('taken back');
  expect(await numbers()).toEqual([1]);
});

test('a session that is cut off at the beginning tells so, and the next one works', async () => {
  const [{ pid } = { pid: 0 }] = await database.query<{ pid: number }[]>('select pg_backend_pid() as pid');
  const other = await openDataSource(target.url, 1);
  const cut = database.transaction(async (manager) => {
    await other.query('select pg_terminate_backend($1)', [pid]);
    await manager.query('select 1');
    await manager.query(insert, [1]);
  });
  await expect(cut).rejects.toThrow(/terminat|connection|released|ECONNRESET|EPIPE/iu);
  await other.destroy();
  expect(await numbers()).toEqual([]);
});

test('where a transaction cannot begin, nothing of it is stored outside of one, whatever was asked at once', async () => {
  const ask = pg.Client.prototype.query as (...given: unknown[]) => unknown;
  const spy = jest.spyOn(pg.Client.prototype, 'query').mockImplementation(function (
    this: pg.Client,
    ...given: unknown[]
  ) {
    if (given[0] !== 'START TRANSACTION') return ask.apply(this, given);
    return new Promise((_, fail) => setTimeout(() => fail(new Error('no beginning')), 50));
  } as never);
  const refused = database.transaction((manager) =>
    atOnce([manager.query('select 1'), manager.query(insert, [1])]),
  );
  await expect(refused).rejects.toThrow('no beginning');
  spy.mockRestore();
  expect(await numbers()).toEqual([]);
});

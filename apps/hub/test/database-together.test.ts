import type { EntityManager } from 'typeorm';
import { DataSource } from 'typeorm';
import { Together } from '../src/database/together.js';
import { createTestDatabase } from './support/database.js';

let target: Awaited<ReturnType<typeof createTestDatabase>>;
let database: DataSource;

beforeAll(async () => {
  target = await createTestDatabase();
  database = await new DataSource({ type: 'postgres', url: target.url }).initialize();
  await database.query('create table left_alone (number int primary key, text text)');
});
afterAll(async () => {
  await database?.destroy();
  await target?.drop();
});

const rows = () => database.query<object[]>('select number, text from left_alone order by number');

test('statements go as one, each with its own parameters, beyond the tenth as well', async () => {
  const together = new Together();
  for (let number = 1; number <= 12; number += 1)
    await together.query('insert into left_alone select $1::int, $2::text where $1::int > 0', [
      number,
      `row ${number}`,
    ]);
  expect(await rows()).toEqual([]);
  await together.run(database.manager);
  expect(await rows()).toEqual(
    Array.from({ length: 12 }, (_, index) => ({ number: index + 1, text: `row ${index + 1}` })),
  );
});

test('where one is refused, none is kept; and nothing is sent where nothing waits', async () => {
  const together = new Together();
  await together.query('delete from left_alone where number = $1', [1]);
  await together.query('insert into left_alone values ($1, $2)', [2, 'there already']);
  await expect(together.run(database.manager)).rejects.toThrow(/left_alone_pkey/u);
  expect(await rows()).toHaveLength(12);
  const sent: string[] = [];
  const watching = { query: (sql: string) => Promise.resolve(sent.push(sql)) } as unknown as EntityManager;
  await new Together().run(watching);
  expect(sent).toEqual([]);
});

import { z } from 'zod';
import { adapters } from '../src/adapters.js';
import { gateways } from '../src/gateways.js';
import { fieldsOf } from '../src/shops/settings.js';

const fields = [...adapters, ...gateways].flatMap(({ id, settings }) =>
  fieldsOf(settings).map((field) => ({ ...field, at: `${id} ${field.name}` })),
);

test('no setting has to be typed as JSON, and no choice is a code without words', () => {
  expect(fields.filter(({ kind }) => kind === 'json').map(({ at }) => at)).toEqual([]);
  const bare = fields.flatMap(({ at, choices, labels }) =>
    choices.filter((choice) => !labels[choice]?.ja || !labels[choice]?.en).map((choice) => `${at} ${choice}`),
  );
  expect(bare).toEqual([]);
});

test('a number tells its limits, a map its names and values', () => {
  const described = fieldsOf(
    z.object({
      size: z.int().min(1).max(500),
      days: z.int().min(1),
      rate: z.number().max(2),
      free: z.record(z.string(), z.enum(['a', 'b'])),
      given: z.partialRecord(z.enum(['x', 'y']), z.string()),
      fixed: z.object({ one: z.string().default('1') }).prefault({}),
      deep: z.object({ one: z.array(z.string()) }),
    }),
  );
  expect(described.map(({ kind, limits, keys, choices }) => ({ kind, limits, keys, choices }))).toEqual([
    { kind: 'number', limits: { min: 1, max: 500, places: 0 }, keys: [], choices: [] },
    { kind: 'number', limits: { min: 1, max: null, places: 0 }, keys: [], choices: [] },
    { kind: 'number', limits: { min: null, max: 2, places: null }, keys: [], choices: [] },
    { kind: 'map', limits: null, keys: [], choices: ['a', 'b'] },
    { kind: 'map', limits: null, keys: ['x', 'y'], choices: [] },
    { kind: 'map', limits: null, keys: ['one'], choices: [] },
    { kind: 'json', limits: null, keys: ['one'], choices: [] },
  ]);
});

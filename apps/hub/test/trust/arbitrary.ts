import fc from 'fast-check';

/** A JSON schema, as the API's own description gives it. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly nullable?: boolean;
}

/** Texts on which programs have stumbled: NUL, half a letter, formulas, scripts, paths, statements, ends of lines. */
const nasty = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\udfff\ud800',
  "=cmd|'/c calc'!A0",
  '+1+1',
  '<script>alert(1)</script>',
  '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
  '../../../../etc/passwd',
  "'; drop table users; --",
  '{{7*7}}',
  '%00%0a',
  '\u2028\u2029',
  '𠮷野家👩‍👩‍👧‍👦',
  '\u202e逆',
  '__proto__',
  'constructor',
  '9'.repeat(400),
  'ｱ'.repeat(3_000),
  '-1',
  '1e999',
  'NaN',
  '0000-00-00T00:00:00Z',
  '+275760-09-13T00:00:00Z',
];

export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...nasty),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.uuid(),
);

const anyNumber = fc.oneof(
  fc.constantFrom(0, -0, -1, 0.5, 2 ** 31, 2 ** 53, -(2 ** 63), 1e308),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);

const anything: fc.Arbitrary<unknown> = fc.oneof(
  anyText,
  anyNumber,
  fc.constantFrom(null, true, false, [], {}, [[[[[]]]]]),
  fc.jsonValue({ maxDepth: 2 }),
);

/** Mostly what the schema asks for, so that it comes far; now and then something else. */
export function arbitraryOf(schema: Schema | undefined): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 6, arbitrary: fittingOf(schema) }, { weight: 1, arbitrary: anything });
}

function fittingOf(schema: Schema = {}): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(fittingOf));
  const [type] = [schema.type].flat();
  if (type === 'object' || schema.properties) return objectOf(schema.properties ?? {});
  if (type === 'array') return fc.array(arbitraryOf(schema.items), { maxLength: 3 });
  if (type === 'boolean') return fc.boolean();
  if (type === 'integer' || type === 'number') return anyNumber;
  if (type === 'string')
    return schema.format === 'uuid' ? fc.uuid() : fc.oneof(anyText, fc.constant('2026-11-20T00:00:00Z'));
  return anything;
}

function objectOf(properties: Readonly<Record<string, Schema>>): fc.Arbitrary<unknown> {
  const fields = Object.fromEntries(
    Object.entries(properties).map(([name, field]) => [name, arbitraryOf(field)]),
  );
  const known = fc.record(fields, { requiredKeys: [] });
  const others = fc.dictionary(fc.constantFrom('__proto__', 'toString', 'x', 'buyer'), anything, {
    maxKeys: 2,
  });
  return fc
    .tuple(known, others, fc.boolean())
    .map(([one, other, both]) => (both ? { ...other, ...one } : one));
}

/** A file as a spreadsheet might have written it, and as none would: quotes left open, cells too many, bytes of anything. */
export const anyFile = (headers: readonly string[]): fc.Arbitrary<Uint8Array> => {
  const cell = fc.oneof(anyText, fc.constantFrom('"', '""', '"a', 'a"b', '\r', '\n', '1,234', '2026/11/20'));
  const row = fc.array(cell, { maxLength: 12 }).map((cells) => cells.join(','));
  const end = fc.constantFrom('\n', '\r\n', '\r', '\n\n');
  const head = fc.oneof(fc.constant(headers.join(',')), row);
  const text = fc
    .tuple(head, fc.array(row, { maxLength: 6 }), end, fc.constantFrom('', '\ufeff'))
    .map(([first, rows, separator, mark]) => Buffer.from(mark + [first, ...rows].join(separator)));
  return fc.oneof({ weight: 4, arbitrary: text }, fc.uint8Array({ maxLength: 400 }));
};

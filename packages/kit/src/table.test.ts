import * as fc from 'fast-check';
import iconv from 'iconv-lite';
import type { FileEncoding, FileLayout } from './file.js';
import {
  type TableHead,
  type TableOptions,
  chooseLayout,
  inspectTable,
  readTable,
  type TableRow,
} from './index.js';

const text = { ja: '見本', en: 'sample' };
const layout: FileLayout = {
  id: 'orders',
  label: text,
  help: text,
  columns: {
    number: { label: text, headers: ['注文番号', '受注番号'], required: true, position: 0 },
    family: { label: text, headers: ['お名前(姓)'], position: 1 },
    total: { label: text, headers: ['お支払い合計'], position: 2 },
  },
  orderNumberOf: (row) => row['number'] ?? '',
};

async function* inPieces(bytes: Uint8Array, size: number) {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

async function* repeated(chunk: Buffer, times: number, tail: Buffer) {
  for (let time = 0; time < times; time += 1) yield chunk;
  yield tail;
}

const bytesOf = (content: string, encoding: FileEncoding = 'utf8') =>
  encoding === 'utf8' ? Buffer.from(content) : iconv.encode(content, 'cp932');

async function rowsOf(source: AsyncIterable<Uint8Array>, head: TableHead): Promise<TableRow[]> {
  const rows: TableRow[] = [];
  for await (const batch of readTable(source, head)) {
    expect(batch.length).toBeGreaterThan(0);
    expect(batch.length).toBeLessThanOrEqual(1_000);
    rows.push(...batch);
  }
  return rows;
}

async function read(content: string | Buffer, options: TableOptions & { piece?: number } = {}) {
  const bytes = typeof content === 'string' ? bytesOf(content) : content;
  const source = () => inPieces(bytes, options.piece ?? 65_536);
  const head = await inspectTable(source(), layout, options);
  return { head, rows: await rowsOf(source(), head) };
}

const plainRows = (rows: readonly TableRow[]) => rows.map(({ row, problem }) => (problem ? problem.en : row));

describe('encoding', () => {
  const content = '注文番号,お名前(姓)\r\n1,"表〜ソ能 ―"\r\n';

  it.each([1, 2, 3, 5, 7, 65_536])('reads both encodings in chunks of %p bytes', async (piece) => {
    for (const encoding of ['utf8', 'cp932'] as const) {
      const written = encoding === 'cp932' ? content.replace('〜', '～') : content;
      const { head, rows } = await read(bytesOf(written, encoding), { piece });
      expect(head.encoding).toBe(encoding);
      expect(plainRows(rows)).toEqual([
        { number: '1', family: written.includes('～') ? '表～ソ能 ―' : '表〜ソ能 ―' },
      ]);
    }
  });

  it('sees UTF-8 after a first megabyte of plain ASCII', async () => {
    const ascii = Buffer.from(`${'9'.repeat(79)}\r\n`.repeat(20_000));
    for (const encoding of ['utf8', 'cp932'] as const) {
      const source = repeated(ascii, 1, bytesOf('見本です\r\n', encoding));
      expect(await inspectTable(source, layout)).toMatchObject({ encoding });
    }
  });

  it('takes a mark for UTF-8, and not for a part of the first header', async () => {
    const { head } = await read(
      Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from('注文番号,b\n1,2\n')]),
    );
    expect(head).toMatchObject({ encoding: 'utf8', header: ['注文番号', 'b'], positions: { number: 0 } });
  });

  it.each(['utf8', 'cp932'] as const)(
    'keeps the damage of a broken byte in %s to its row',
    async (encoding) => {
      const rowsBefore = Array.from({ length: 40 }, (_, index) => `${index},見本の方の名前,3\r\n`).join('');
      const bytes = Buffer.concat([
        bytesOf(`注文番号,お名前(姓),お支払い合計\r\n${rowsBefore}`, encoding),
        Buffer.from([0x39, 0x2c, 0x93, 0x2c, 0x32, 0x0d, 0x0a]),
        bytesOf('100,最後,3\r\n', encoding),
      ]);
      const { head, rows } = await read(bytes);
      expect(head.encoding).toBe(encoding);
      expect(rows.flatMap(({ line, problem }) => (problem ? [[line, problem.en]] : []))).toEqual([
        [42, 'Column 2 contains characters that cannot be read.'],
      ]);
      expect(rows.at(-1)?.row).toEqual({ number: '100', family: '最後', total: '3' });
    },
  );

  it('does as it is told', async () => {
    const { head } = await read(bytesOf('注文番号\r\n1\r\n', 'cp932'), { encoding: 'utf8', header: true });
    expect(head).toMatchObject({ encoding: 'utf8', missing: ['number'] });
  });
});

describe('header', () => {
  it('knows a header whatever its widths, spaces and brackets', async () => {
    const { head } = await read('"お名前 ［姓］",お支払い　合計,［注文番号］\n山田,1,2\n');
    expect(head.positions).toEqual({ number: 2, family: 0, total: 1 });
    expect(head.sample).toEqual([['山田', '1', '2']]);
  });

  it('keeps what no column claims under its own header, and doubtful headers under their place', async () => {
    const { head, rows } = await read('備考,注文番号,備考,,注文番号,number,列1,__proto__\na,b,c,d,e,f,g,h\n');
    expect(head.unknown).toEqual(['備考', '備考', '注文番号', 'number', '列1', '__proto__']);
    const kept = { number: 'b', 備考: 'a', 列3: 'c', 列4: 'd', 列5: 'e', 列6: 'f', 列7: 'g', 列8: 'h' };
    expect(plainRows(rows)).toEqual([kept]);
  });

  it('reads a file without one by places, and keeps the other cells', async () => {
    const { head, rows } = await read('1,山田,300,x\n2,,400,y,z\n');
    expect(head).toMatchObject({ header: null, width: 4, missing: [], unknown: [] });
    expect(plainRows(rows)).toEqual([
      { number: '1', family: '山田', total: '300', 列4: 'x' },
      { number: '2', family: '', total: '400', 列4: 'y', 列5: 'z' },
    ]);
  });

  it('follows the column map of a shop before anything else', async () => {
    const map = { number: '管理番号', family: null, total: 3 };
    const { head, rows } = await read('注文番号,お名前(姓),管理番号,合計\n1,山田,7,300\n', { map });
    expect(head.positions).toEqual({ number: 2, total: 3 });
    expect(plainRows(rows)).toEqual([{ 注文番号: '1', 'お名前(姓)': '山田', number: '7', total: '300' }]);
    expect((await read('1,2,3\n', { map: { number: 2, total: 9 } })).head.positions).toEqual({
      number: 2,
      family: 1,
    });
  });

  it('names the required columns that are not there', async () => {
    expect((await read('お支払い合計\n1\n')).head.missing).toEqual(['number']);
    expect((await read('注文番号,x\n1,2\n', { map: { number: '無い列' } })).head.missing).toEqual(['number']);
  });

  it.each(['', '\n\n', ',,\n'])('gives an empty head for %j', async (content) => {
    const { head, rows } = await read(content);
    expect(head).toMatchObject({ header: null, positions: {}, missing: ['number'], width: 0, sample: [] });
    expect(rows).toEqual([]);
  });
});

describe('rows', () => {
  it.each(['\n', '\r\n', '\r'])(
    'reads line ends %j, quoted line breaks and empty lines, in any chunks',
    async (end) => {
      const lines = [
        '注文番号,お名前(姓),お支払い合計',
        `"1","二${end}行",3`,
        '',
        ',,',
        '4,"a ""b"", c",',
        '5,5" 管,6',
      ];
      for (const content of [lines.join(end), lines.join(end) + end])
        for (const piece of [1, 4, 65_536]) {
          const { rows } = await read(content, { piece });
          expect(rows.map(({ line, row }) => [line, ...Object.values(row)])).toEqual([
            [2, '1', `二${end}行`, '3'],
            [5, '4', 'a "b", c', ''],
            [6, '5', '5" 管', '6'],
          ]);
        }
    },
  );

  it.each([
    ['a quotation mark that is not closed', '2,"壊れ,5'],
    ['a quotation mark that is not closed before quoted rows', '"2","壊れ,"5"'],
    ['quotation marks that are not doubled', '2,"壊"れ",5'],
    ['a text behind a quoted one', '2,"壊れ"x,5'],
    ['too few cells', '2,壊れ'],
    ['an unquoted comma', '2,1,200,壊れ'],
    ['NUL', '2,\0,壊れ'],
    ['10,000 columns', Array.from({ length: 10_000 }, () => '壊れ').join(',')],
    ['a cell of 10 MB', `2,"${'壊'.repeat(10_000_000)}",5`],
    ['a line of 10 MB', `2,${'壊'.repeat(10_000_000)}`],
  ])('keeps %s to its row', async (_, broken) => {
    const before = '注文番号,お名前(姓),お支払い合計\r\n"1","前","3"\r\n';
    const after = '"6","後","8"\r\n7,"二\r\n行",9\r\n';
    const { rows } = await read(`${before}${broken}\r\n${after}`);
    const shown = rows.map(({ row, problem }) => problem?.en ?? row['number']);
    expect(shown).toEqual(['1', expect.stringMatching(/row|Column/), '6', '7']);
    expect(rows[1]?.problem?.ja).toMatch(/。$/);
    expect(rows[1]?.row).toEqual({});
    if (!broken.includes('壊れ')) expect(rows[1]?.cells.join('').length).toBeLessThanOrEqual(1_000);
  });

  it('recovers at the end of the file', async () => {
    const { rows } = await read('注文番号,お名前(姓)\n1,"a\n2,b\n3,c');
    expect(rows.map(({ problem, row }) => problem?.en ?? row['number'])).toEqual([
      expect.any(String),
      '2',
      '3',
    ]);
  });

  it('never throws, and gives the same rows in any chunks', async () => {
    const piece = fc.constantFrom('"', '""', ',', '\n', '\r', '\r\n', 'a', '注文番号', '\0', ' ');
    const bytes = fc.oneof(
      fc.array(piece, { maxLength: 60 }).map((pieces) => Buffer.from(pieces.join(''))),
      fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array)),
    );
    const property = fc.asyncProperty(bytes, fc.integer({ min: 1, max: 9 }), async (content, size) => {
      const whole = await read(content, { encoding: 'cp932' });
      expect(await read(content, { encoding: 'cp932', piece: size })).toEqual(whole);
      await read(content, { piece: size });
    });
    await fc.assert(property, { numRuns: 500 });
  });

  it('streams 100,000 rows of 40 columns in little memory', async () => {
    const header = Array.from({ length: 40 }, (_, index) => (index === 0 ? '注文番号' : `項目${index}`)).join(
      ',',
    );
    const row = Array.from({ length: 40 }, (_, index) => `"値${index}の住所"`).join(',');
    const block = bytesOf(`${row}\r\n`.repeat(1_000), 'cp932');
    async function* source() {
      yield bytesOf(`${header}\r\n`, 'cp932');
      yield* repeated(block, 100, Buffer.alloc(0));
    }
    const head = await inspectTable(source(), layout);
    const before = process.memoryUsage().rss;
    let count = 0;
    let highest = before;
    for await (const rows of readTable(source(), head)) {
      count += rows.filter(({ problem }) => problem === null).length;
      highest = Math.max(highest, process.memoryUsage().rss);
    }
    expect(count).toBe(100_000);
    expect(highest - before).toBeLessThan(256_000_000);
  });
});

describe('chooseLayout', () => {
  const other: FileLayout = {
    ...layout,
    id: 'slips',
    columns: {
      number: { label: text, headers: ['お客様管理番号'], required: true, position: 0 },
      slip: { label: text, headers: ['伝票番号'], required: true, position: 3 },
    },
  };
  const choose = async (content: string, layouts = [layout, other]) => {
    const heads = layouts.map(async (one) => {
      const head = await inspectTable(inPieces(bytesOf(content), 100), one);
      return [one.id, head] as const;
    });
    return chooseLayout(new Map(await Promise.all(heads)));
  };

  it.each([
    ['注文番号,お名前(姓),伝票番号,x\n1,2,3,4\n', 'orders'],
    ['お客様管理番号,伝票番号\n1,2\n', 'slips'],
    ['1,2,3\n', 'orders'],
    ['', null],
  ])('takes %j for %p', async (content, id) => expect(await choose(content)).toBe(id));

  it('does not choose between two that fit alike', async () => {
    expect(await choose('注文番号\n1\n', [layout, { ...layout, id: 'twin' }])).toBeNull();
  });
});

describe('shapes', () => {
  const slips: FileLayout = {
    ...layout,
    id: 'slips',
    columns: {
      key: {
        label: { ja: '管理番号', en: 'Key' },
        headers: ['管理番号'],
        required: true,
        position: 0,
        shape: /K?-?\d+/,
      },
      slip: {
        label: { ja: '伝票番号', en: 'Slip number' },
        headers: ['伝票番号'],
        required: true,
        position: 1,
        shape: /a|(?:\d-?){9,13}\d/gy,
      },
      day: { label: text, headers: ['出荷日'], position: 2, shape: /\d{8}/ },
    },
    orderNumberOf: (row) => row['key'] ?? '',
  };
  const see = async (content: string, options: TableOptions = {}) => {
    const source = () => inPieces(bytesOf(content), 100);
    const head = await inspectTable(source(), slips, options);
    const rows = await rowsOf(source(), head);
    return {
      head,
      problems: rows.map(({ problem }) => problem?.en ?? null),
      chosen: chooseLayout(new Map([['slips', head]])),
    };
  };
  const refused = 'The value of "Slip number" does not look like one.';

  it.each([
    ['a slip file', '1,1234-5678-9012,20261121\n２,１２３４５６７８９０１２,\n', []],
    ['a list of shelves', 'K-000240,A-1203,20261123,1\n', ['slip']],
    ['one odd row among five', '1,123456789012\n2,123456789012\n3,見本 花子\n', ['slip']],
    ['nothing but empty cells', '1,,20261121\n2,,20261121\n', ['slip']],
    ['some that have no number yet', '1,,\n2,123456789012,20261121\n', []],
    ['a product code, and no day behind it', '1,4901234567894,有機ほうじ茶\n', ['day']],
    ['a part of a cell', '1,12345678901234567890,\n', ['slip']],
  ])('without a header, %s', async (_, content, misfits) => {
    const { head, chosen } = await see(content);
    expect(head).toMatchObject({ header: null, misfits, missing: misfits, unknown: [] });
    expect(chosen).toBe(misfits.length === 0 ? 'slips' : null);
  });

  it('does not take a header that nobody knows for a row', async () => {
    const { head, chosen } = await see('伝票ID,棚番,締切,個数\nK-000240,A-1203,20261123,1\n');
    expect(head).toMatchObject({ header: null, misfits: ['key', 'slip', 'day'] });
    expect(head.unknown).toEqual(['伝票ID', '棚番', '締切', '個数']);
    expect(chosen).toBeNull();
  });

  it('refuses the rows whose required value is something else, and names the column alone', async () => {
    for (const header of ['管理番号,伝票番号,出荷日\n', '']) {
      const { problems } = await see(
        `${header}1,123456789012,\n2,A-1203,\n3,,\n4,123456789013,翌日\n5,2026/11/23,\n`,
      );
      expect(problems).toEqual([null, refused, null, null, refused]);
    }
  });

  it('leaves the choice to a person who has said whether there is a header', async () => {
    const { head, problems } = await see('1,A-1203\n2,123456789012\n', { header: false });
    expect(head).toMatchObject({ misfits: [], missing: [] });
    expect(problems).toEqual([refused, null]);
  });
});

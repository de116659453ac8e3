import { isEncodable } from '@np-hub/model';
import * as fc from 'fast-check';
import iconv from 'iconv-lite';
import { type FileLayout, cp932Text, inspectTable, readTable, writeTable } from './index.js';

const text = { ja: '見本', en: 'sample' };
const layout: FileLayout = {
  id: 'any',
  label: text,
  help: text,
  columns: { first: { label: text, headers: ['一'], position: 0 } },
  orderNumberOf: (row) => row['first'] ?? '',
};

async function* once(bytes: Buffer) {
  yield bytes;
}

async function readBack(bytes: Buffer): Promise<(readonly string[])[]> {
  const head = await inspectTable(once(bytes), layout, { header: true });
  const rows: (readonly string[])[] = [];
  for await (const batch of readTable(once(bytes), head))
    rows.push(...batch.map(({ cells, problem }) => (problem ? [problem.en] : cells)));
  return rows;
}

describe('cp932Text', () => {
  it('turns characters that Windows writes in two ways into those it has', () => {
    expect(cp932Text('1〜2−3‖4—5¢£¬¥‾')).toEqual({ text: '1～2－3∥4―5￠￡￢￥￣', lost: '' });
  });

  it('names what is lost and marks its place', () => {
    expect(cp932Text('髙﨑さん😀と\ud83d 한')).toEqual({ text: '髙﨑さん〓と〓 〓', lost: '😀\ufffd한' });
  });

  it('gives only text that code page 932 carries as it is, whatever the character', () => {
    const all = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code)).join('');
    const { text: kept } = cp932Text(all);
    expect(iconv.decode(iconv.encode(kept, 'cp932'), 'cp932')).toBe(kept);
    expect(isEncodable('〓')).toBe(true);
  });
});

describe('writeTable', () => {
  it('writes CRLF, quotes where needed, and reports what is lost by its place', () => {
    const { bytes, lost } = writeTable(
      'cp932',
      ['注文番号', 'エラー〜'],
      [
        ['1', 'a,"b"\n'],
        ['2', '😀'],
      ],
    );
    expect(iconv.decode(bytes, 'cp932')).toBe('注文番号,エラー～\r\n1,"a,""b""\n"\r\n2,〓\r\n');
    expect(lost).toEqual([{ row: 1, column: 1, characters: '😀' }]);
  });

  it.each(['=1+1', '+cmd|x', '-2+3', '@SUM(A1)', '\t=1', '\r=1', '＝1+1', '-あ'])(
    'makes the formula %j plain',
    (cell) => {
      expect(writeTable('utf8', null, [['x', cell]]).bytes.toString()).toContain(`'${cell}`);
    },
  );

  it.each(['-500', '+81-3-1234-5678', '-1,200.5', '1234-5678-9012', '-', 'a=b'])(
    'leaves %j as it is',
    (cell) => {
      expect(writeTable('utf8', null, [['x', cell]]).bytes.toString()).toMatch(/^x,"?[^']*\r\n$/);
    },
  );

  it('is read back as it was written', async () => {
    const character = fc.constantFrom('"', ',', '\n', '\r', ' ', '表', 'ソ', '～', '髙', 'a', '1', '|', '\\');
    const cell = fc.string({ unit: character, maxLength: 8 });
    const rows = fc
      .integer({ min: 1, max: 4 })
      .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 5 }));
    const property = fc.asyncProperty(rows, fc.constantFrom('cp932', 'utf8'), async (cells, encoding) => {
      const header = (cells[0] ?? ['一']).map((_, index) => `見出し${index}`);
      const { bytes, lost } = writeTable(encoding, header, cells);
      const guarded = cells.map((row) => row.map((value) => value.replace(/^(?=\r)/, "'")));
      expect(lost).toEqual([]);
      expect(await readBack(bytes)).toEqual(
        guarded.filter((row) => row.some((value) => value.trim() !== '')),
      );
    });
    await fc.assert(property, { numRuns: 300 });
  });

  it('writes any string without a throw, and is read back with as many cells', async () => {
    const row = fc.array(fc.string({ unit: 'binary' }), { minLength: 3, maxLength: 3 });
    const property = fc.asyncProperty(row, fc.constantFrom('cp932', 'utf8'), async (cells, encoding) => {
      const { bytes } = writeTable(
        encoding,
        null,
        [
          ['見', '本', 'x'],
          ['1', ...cells],
        ].map((all) => all.slice(0, 3)),
      );
      const [read] = await readBack(bytes);
      expect(read).toHaveLength(3);
    });
    await fc.assert(property, { numRuns: 300 });
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TableHead, chooseLayout, inspectTable } from '@np-hub/kit';
import { carriers, checkPayload, toNpPayload } from '@np-hub/model';
import * as fc from 'fast-check';
import { carrierNames } from '../src/data/carriers.js';
import { b2Columns, orderColumns, slipColumns } from '../src/data/columns.js';
import { goqsystem } from '../src/index.js';
import { layoutOf, orderOf, orderWith, plainRow, readingOf, rowsOf } from './files.js';

const fixture = (name: string) => readFileSync(join(__dirname, '../fixtures', name));

describe('files', () => {
  it('of a merchant with neither header nor order of columns of ours are read by a map', async () => {
    const cells = ['NP後払い', '183479', '2026/11/20', '3,755', '263105', '山田 花子', '茶', '1', '3755'];
    const columns = [
      'payment',
      'number',
      'orderedAt',
      'billed',
      'originNumber',
      'buyerName',
      'goodsName',
      'quantity',
      'unitPrice',
    ];
    const map = Object.fromEntries(columns.map((name, position) => [name, position]));
    const rows = await rowsOf(Buffer.from(cells.map((cell) => `"${cell}"`).join(',')), 'orders', map);
    expect(orderOf({ orders: rows })).toMatchObject({
      orderNumber: '183479',
      billedYen: 3755,
      orderedAt: '2026-11-20T00:00:00+09:00',
      buyer: { name: '山田 花子' },
      lines: [{ name: '茶', unitPriceYen: 3755, quantity: 1 }],
    });
  });

  it.each([
    ['plain.orders.in.csv', 'orders'],
    ['own-headers.orders.in.csv', 'orders'],
    ['b2-two-parcels.slips-b2.in.csv', 'slips-b2'],
    ['b2-with-header.slips-b2.in.csv', 'slips-b2'],
    ['sagawa-file.slips.in.csv', 'slips'],
    ['post-file.slips.in.csv', 'slips'],
  ])('%s is known for what it is', async (name, layoutId) => {
    const heads = new Map<string, TableHead>();
    for (const layout of goqsystem.file?.layouts ?? []) {
      const source = async function* () {
        yield fixture(name);
      };
      heads.set(layout.id, await inspectTable(source(), layout as never));
    }
    expect(chooseLayout(heads)).toBe(layoutId);
  });

  it('an export of orders without 請求額 is taken for no slip file', async () => {
    const head = await inspectTable(
      (async function* () {
        yield readFileSync(join(__dirname, 'observed-columns.csv'));
      })(),
      layoutOf('slips') as never,
    );
    expect(head.missing).toEqual(['slipNumber']);
  });

  it.each(Object.entries({ orderColumns, b2Columns, slipColumns }))(
    '%s: no header names two columns',
    (_, columns) => {
      const headers = Object.values(columns).flatMap((column) => column.headers);
      expect(headers.filter((header, index) => headers.indexOf(header) !== index)).toEqual([]);
      expect(headers.every((header) => header.trim() !== '')).toBe(true);
    },
  );

  it('tell in their name when they were made', () => {
    const madeAtOf = goqsystem.file?.madeAtOf;
    expect(madeAtOf?.('goq_custom_20261121_093000 (1).csv')).toEqual(new Date('2026-11-21T00:30:00Z'));
    expect(madeAtOf?.('20261121093000.csv')).toEqual(new Date('2026-11-21T00:30:00Z'));
    expect(madeAtOf?.('orders-183479.csv')).toBeNull();
    expect(madeAtOf?.('20261341_093000.csv')).toBeNull();
  });
});

describe('people', () => {
  const row = Object.fromEntries(Object.entries(plainRow).filter(([column]) => !column.startsWith('buyer')));

  it('in pieces are put together', () => {
    const buyer = {
      buyerFamilyName: '山田',
      buyerGivenName: '花子',
      buyerPostalCode1: '107',
      buyerPostalCode2: '0052',
      buyerPrefecture: '東京',
      buyerCity: '港区',
      buyerStreet: '赤坂1-2-3',
      buyerPhone1: '03',
      buyerPhone2: '1234',
      buyerPhone3: '5678',
    };
    expect(orderOf({ orders: [{ ...row, ...buyer }] }).buyer).toEqual({
      name: '山田　花子',
      postalCode: '107-0052',
      address: '東京都港区赤坂1-2-3',
      phone: '03-1234-5678',
    });
  });

  it.each([
    [{ buyerFamilyName: '山田', buyerName: '花子' }, '山田　花子'],
    [{ buyerFamilyName: '山田', buyerName: '山田 花子' }, '山田 花子'],
    [{ buyerName: '山田 花子 様' }, '山田 花子'],
    [{ buyerName: '様' }, '様'],
  ])('%j is %s', (names, whole) => {
    expect(orderOf({ orders: [{ ...row, ...names }] }).buyer.name).toBe(whole);
  });
});

describe('keys', () => {
  const settings = goqsystem.settings.parse({});
  const b2 = layoutOf('slips-b2');
  const slips = layoutOf('slips');

  it('takes the branch off a slip’s key, and only there', () => {
    expect(b2.orderNumberOf({ key: '183479-12' }, settings)).toBe('183479');
    expect(slips.orderNumberOf({ key: '249-8461959-0519039' }, settings)).toBe('249-8461959-0519039');
    expect(layoutOf('orders').orderNumberOf({ number: '183-479' }, settings)).toBe('183-479');
  });

  it('lets parcels add up: by branch, else by slip number', () => {
    const keyOf = (key: string, slipNumber: string) => slips.rowKeyOf?.({ key, slipNumber });
    expect(keyOf('183479-1', '111')).toBe(keyOf('183479-1', '222'));
    expect(keyOf('183479-1', '111')).not.toBe(keyOf('183479-2', '111'));
    expect(keyOf('183479', '111')).not.toBe(keyOf('183479', '222'));
  });
});

describe('amounts', () => {
  const checks = { emailRequired: false, postalLookup: () => [] };

  it('bills 請求額, whatever 合計金額 says', () => {
    expect(orderWith({ total: '9999', billed: '¥10,752' }).billedYen).toBe(10_752);
  });

  it.each([{ billed: '' }, { billed: '約3000' }])(
    'refuses an order with %j and names the column',
    (change) => {
      const reading = readingOf({ orders: [{ ...plainRow, total: '3755', ...change }] });
      expect(reading).toEqual({
        kind: 'unreadable',
        orderNumber: '183479',
        problems: [expect.stringMatching(/^請求額: /)],
      });
    },
  );

  it('never hides goods that are missing from a file behind a line of charges', () => {
    const order = orderWith({ total: '29600', billed: '30395' });
    const problems = checkPayload(toNpPayload(order, {}), checks);
    expect(problems.map(({ rule }) => rule)).toContain('goods-total');
  });

  it('adds what the file has no column for, where 合計金額 proves the goods whole', () => {
    const order = orderWith({ total: '2960', billed: '7960' });
    const problems = checkPayload(toNpPayload(order, {}), checks);
    expect(problems.map(({ rule }) => rule)).not.toContain('goods-total');
    expect(order.lines.reduce((sum, line) => sum + line.unitPriceYen * line.quantity, 0)).toBe(7960);
  });

  it('tells the fee that the amount already holds, and only where the file says one', () => {
    expect(orderWith({ fee: '205' }).feeYen).toBe(205);
    expect(orderWith({ fee: '0' }).feeYen).toBe(0);
    expect(orderWith({})).not.toHaveProperty('feeYen');
  });

  it('refuses rows of one order that contradict each other, with every column named', () => {
    const rows = [
      plainRow,
      { ...plainRow, billed: '1', buyerPhone: '06-0000-0000', mall: 'A' },
      { ...plainRow, mall: 'B' },
    ];
    const problems = readingOf({ orders: rows });
    expect(problems).toMatchObject({ kind: 'unreadable' });
    expect(JSON.stringify(problems)).toMatch(/注文者電話番号.*請求額.*販売店舗/);
  });
});

describe('orders that leave NP', () => {
  it('are read although an amount is gone', () => {
    const gone = { billed: '', quantity: '' };
    expect(orderWith({ ...gone, label: 'キャンセル' }).status).toMatchObject({ value: 'cancelled' });
    expect(orderWith({ ...gone, payment: '代金引換' }).payment).toMatchObject({ value: 'other' });
  });

  it('are not believed where the rows disagree about it', () => {
    const orders = [plainRow, { ...plainRow, label: 'キャンセル' }, { ...plainRow, label: '新規受付' }];
    expect(readingOf({ orders })).toMatchObject({ kind: 'unreadable' });
  });
});

describe('status labels', () => {
  it('are the merchant’s own: any of them means an order in work, and none a shipment', () => {
    const label = fc
      .string({ minLength: 1 })
      .filter((text) => text.trim() !== '' && !text.includes('キャンセル'));
    fc.assert(
      fc.property(label, (text) => {
        const order = orderWith({ label: text });
        expect(order.status).toEqual({ kind: 'mapped', value: 'open', raw: text.trim() });
        expect(order.parcels.filter(({ shippedAt }) => shippedAt !== null)).toEqual([]);
      }),
    );
  });

  it('that a shop has renamed mean a cancel once it says so', () => {
    expect(orderWith({ label: '99 取消' }, { cancelledLabels: ['99取消'] }).status).toMatchObject({
      value: 'cancelled',
    });
    expect(orderWith({ label: 'キャンセル' }, { cancelledLabels: ['99取消'] }).status).toMatchObject({
      value: 'open',
    });
  });

  it('are asked about where a shop has listed its own', () => {
    const settings = { openLabels: ['新規受付'] };
    expect(orderWith({ label: '新規受付' }, settings).status).toMatchObject({ value: 'open' });
    expect(orderWith({ label: '謎' }, settings).status).toEqual({ kind: 'unmapped', raw: '謎' });
  });
});

describe('payments', () => {
  it('are NP by the shop’s own names', () => {
    const settings = { npPayments: ['後払い（NP）'] };
    expect(orderWith({ payment: '後払い(NP)' }, settings).payment).toMatchObject({ value: 'np' });
    expect(orderWith({ payment: 'NP後払い' }, settings).payment).toEqual({
      kind: 'unmapped',
      raw: 'NP後払い',
    });
  });

  it.each(['後払い.com', 'ニッセン@払い', 'アトディーネ', 'クロネコ代金後払い'])(
    '%s is another service',
    (payment) => {
      expect(orderWith({ payment }).payment).toMatchObject({ value: 'other' });
    },
  );
});

describe('carriers', () => {
  it('knows the fourteen of the manual that need no service', () => {
    const names =
      '佐川急便 ヤマト運輸 ゆうパック 郵便書留 エコ配 西濃運輸 セイノースーパーエクスプレス 福山通運 日本通運 新潟運輸 名鉄運輸 信州名鉄運輸 トールエクスプレスジャパン トナミ運輸';
    for (const name of names.split(' '))
      expect(orderWith({ carrier: name }).parcels[0]?.carrier?.kind).toBe('mapped');
  });

  it('never guesses the service of 日本郵便', () => {
    for (const checkItems of [
      '',
      'コンビニ受取',
      '冷凍',
      'のし ギフト',
      'ネコポス',
      'ゆうパック、ゆうパケット',
    ])
      expect(orderWith({ carrier: '日本郵便', checkItems }).parcels[0]?.carrier).toMatchObject({
        kind: 'unmapped',
      });
    expect(Object.keys(carrierNames)).not.toContain('日本郵便');
  });

  it('names only carriers that NP has', () => {
    expect(Object.values(carrierNames).filter((carrier) => !Object.hasOwn(carriers, carrier))).toEqual([]);
  });
});

describe('parcels', () => {
  const yamato = { ...plainRow, carrier: 'ヤマト運輸' };
  const b2 = (key: string, slipNumber: string) => ({
    key,
    service: '0',
    slipNumber,
    plannedShipOn: '2026/11/21',
  });
  const slipsOf = (files: Parameters<typeof orderOf>[0]) =>
    orderOf(files).parcels.map(({ slipNumber }) => slipNumber);

  it('a number that GoQ and the carrier’s file both name is one parcel', () => {
    const orders = [{ ...yamato, slipNumber: '450012345671' }];
    expect(slipsOf({ orders, 'slips-b2': [b2('183479-1', '4500-1234-5671')] })).toHaveLength(1);
  });

  it('waits for the parcels of N個口 that come by branch, and for none where one number stands for all', () => {
    const orders = [{ ...yamato, pieces: '3' }];
    expect(slipsOf({ orders, 'slips-b2': [b2('183479-1', '1'), b2('183479-2', '2')] })).toEqual([
      '1',
      '2',
      '',
    ]);
    expect(slipsOf({ orders: [{ ...yamato, pieces: '3個口', slipNumber: '9' }] })).toEqual(['9']);
    expect(slipsOf({ orders: [{ ...yamato, carrier: 'ヤマト運輸【2個口】' }] })).toEqual(['', '']);
  });

  it('a slip number is the proof: with a day, or without one', () => {
    const shippedAt = (change: object) => orderWith({ slipNumber: '1', ...change }).parcels[0]?.shippedAt;
    expect(shippedAt({ shippedOn: '2026/11/21' })).toBe('2026-11-21T00:00:00+09:00');
    expect(shippedAt({})).toBe('2026-11-20T09:56:30+09:00');
    expect(orderWith({ shippedOn: '2026/11/21' }).parcels[0]?.shippedAt).toBeNull();
  });
});

describe('what the hub tells', () => {
  const row = goqsystem.file?.results.row;
  const settings = goqsystem.settings.parse({});

  it('has a column for each question', () => {
    const update = {
      orderNumber: '183479',
      originNumber: 'P1',
      word: '与信OK + 伝票番号同期OK',
      npTransactionId: '18121200001',
    };
    expect(row?.(update, settings)).toEqual(['183479', 'P1', '与信OK', '伝票番号同期OK', '18121200001', '']);
    expect(row?.({ orderNumber: '1', word: 'エラー', reasons: ['電話番号', '住所'] }, settings)).toEqual([
      '1',
      '',
      'エラー',
      '',
      '',
      '電話番号 / 住所',
    ]);
  });

  it('never calls a technical error 与信NG', () => {
    const { words } = goqsystem;
    const refused = Object.entries(words).filter(([, word]) => word === '与信NG');
    expect(refused.map(([state]) => state)).toEqual(['rejected']);
    for (const state of ['blocked', 'amendment-failed', 'report-failed', 'cancel-failed', 'lapsed'] as const)
      expect(words[state]).toBe('エラー');
  });

  it('reads its own words, and GoQ’s, as tags of GoQ: another route, whatever they say', () => {
    expect(orderWith({ npWord: '与信中' }).npWord).toBe('[与信中]');
    expect(orderWith({ npWord: '[与信NG] NP取引IDは半角数字11文字で設定してください。' }).npWord).toBe(
      '[与信NG]',
    );
    expect(orderWith({ npWord: '与信OK', npSync: '伝票番号同期OK' }).npWord).toBe(
      '[与信OK] [伝票番号同期OK]',
    );
    expect(orderWith({}).npWord).toBeNull();
  });
});

describe('buttons', () => {
  const shown = (state: string, hasSlip: boolean) =>
    (goqsystem.buttons ?? [])
      .filter(({ states, needsSlip }) => states.some((each) => each === state) && (hasSlip || !needsSlip))
      .map(({ label }) => label.ja);

  it.each([
    ['received', false, ['与信を実行']],
    ['reviewing', false, ['与信結果確認', '与信キャンセル']],
    ['approved', false, ['与信内容変更', '与信キャンセル']],
    ['approved', true, ['伝票番号同期', '与信内容変更', '与信キャンセル']],
    ['rejected', false, ['与信キャンセル']],
    ['reported', true, []],
  ])('%s, with a slip number %s: as in the picture', (state, hasSlip, labels) => {
    expect(shown(state, hasSlip)).toEqual(labels);
  });
});

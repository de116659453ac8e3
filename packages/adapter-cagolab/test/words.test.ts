import { type FileOrder, inspectTable } from '@np-hub/kit';
import { type State, stateSchema, wordKeys } from '@np-hub/model';
import { cagolab } from '../src/index.js';

const settingsOf = (more: object = {}) => cagolab.settings.parse(more);

const row = {
  orderNumber: '3',
  status: '1',
  payment: 'NP後払い',
  billed: '3685',
  orderedAt: '2019/09/26 12:03',
  name: '開発 花子',
  address1: '大分県大分市金池町2-1-10',
};
const item = {
  orderNumber: '3',
  name: '開発 花子',
  address1: row.address1,
  productName: 'タオル',
  quantity: '1',
  price: '3685',
};

function orderOf(change: object = {}, settings: object = {}) {
  const files: FileOrder = { orders: [{ ...row, ...change }], items: [item] };
  const reading = cagolab.readOrder(files, settingsOf(settings));
  if (reading.kind !== 'order') throw new Error(`not an order: ${reading.kind}`);
  return reading.order;
}

/** ステータス名称 of the guide, in its order. */
const guide = [
  '取引登録中',
  '取引修正中',
  '与信審査中',
  '審査OK',
  '審査NG',
  '審査保留',
  '出荷報告依頼中',
  '出荷報告済',
  'キャンセル依頼中',
  'キャンセル済',
  '取引登録失敗',
  '取引修正失敗',
  '出荷報告失敗',
  'キャンセル失敗',
  '入金済キャンセル不可',
];

describe('NP後払いステータス', () => {
  it('sends each of the fifteen words in some situation, and no other', () => {
    const sent = new Set(wordKeys.map((key) => cagolab.words[key]));
    expect([...sent].sort()).toEqual([...guide].sort());
  });

  it.each(guide)('understands %s however it is written', (word) => {
    const written = [
      word,
      `【${word}】`,
      `[${word}]`,
      `［${word}］`,
      ` ${word}　`,
      word.replace('OK', 'ＯＫ'),
    ];
    expect(written.map((npWord) => orderOf({ npWord }).npWord)).toEqual(written.map(() => word));
  });

  it('reads the spelling of the scanned guide as the same word, and keeps an unknown one', () => {
    expect(orderOf({ npWord: '出荷報告依頼流' }).npWord).toBe('出荷報告依頼中');
    expect(orderOf({ npWord: '審査やりなおし' }).npWord).toBe('審査やりなおし');
    expect(orderOf({ npWord: '' }).npWord).toBeNull();
  });
});

describe('対応状況', () => {
  it.each([
    ['1', '新規受付', 'open'],
    ['2', '入金待ち', 'open'],
    ['6', '入金済み', 'open'],
    ['3', 'キャンセル', 'cancelled'],
    ['4', '取り寄せ中', 'open'],
    ['5', '発送済み', 'shipped'],
  ])('%s and %s are one', (number, name, value) => {
    for (const status of [number, name, ` ${name} `])
      expect(orderOf({ status }).status).toEqual({ kind: 'mapped', value, raw: status.trim() });
  });

  it('決済処理中 is no order yet, unless NP has come further with it than the first word', () => {
    const read = (change: object) =>
      cagolab.readOrder({ orders: [{ ...row, ...change }], items: [item] }, settingsOf()).kind;
    for (const status of ['7', '決済処理中']) {
      expect(read({ status })).toBe('ignored');
      expect(read({ status, npWord: '取引登録中' })).toBe('ignored');
      expect(read({ status, npWord: '与信審査中' })).toBe('order');
    }
  });
});

describe('settings', () => {
  it('takes the names of the shop for NP後払い, and no others', () => {
    const settings = { npPayments: ['後払い（コンビニ・郵便局）'] };
    expect(orderOf({ payment: '後払い(コンビニ・郵便局)' }, settings).payment).toMatchObject({ value: 'np' });
    expect(orderOf({ payment: 'NP後払い' }, settings).payment).toEqual({ kind: 'unmapped', raw: 'NP後払い' });
  });

  it('uses the invoice of the shop only where the file says nothing', () => {
    expect(orderOf({}, { settlementType: '03' }).settlementType).toBe('03');
    expect(orderOf({ invoiceKind: '別送' }, { settlementType: '03' }).settlementType).toBe('02');
  });
});

describe('slip numbers', () => {
  it('take the parcel for left, whatever 対応状況 says', () => {
    const { status, parcels } = orderOf({ slipNumber: '4000-1234-5678', changedAt: '2019-09-27 10:00:00' });
    expect(status).toMatchObject({ value: 'open' });
    expect(parcels).toEqual([
      { carrier: null, slipNumber: '4000-1234-5678', shippedAt: '2019-09-27T10:00:00+09:00' },
    ]);
  });

  it.each(['1111,2222', '1111、2222', '1111\r\n2222', '1111 / 2222'])(
    'read %j as two parcels',
    (slipNumber) => {
      expect(orderOf({ slipNumber }).parcels.map((parcel) => parcel.slipNumber)).toEqual(['1111', '2222']);
    },
  );

  it('are missed aloud once 発送済み is set: the parcel has left without one', () => {
    expect(orderOf({ status: '発送済み' }).parcels).toEqual([
      { carrier: null, slipNumber: '', shippedAt: '2019-09-26T12:03:00+09:00' },
    ]);
  });
});

describe('files', () => {
  async function headOf(layoutId: string, line: string) {
    const layout = cagolab.file?.layouts.find(({ id }) => id === layoutId);
    if (!layout) throw new Error(layoutId);
    async function* source() {
      yield Buffer.from(line);
    }
    return inspectTable(source(), layout);
  }

  it('finds every column of the headers that EC-CUBE 2.13 switches on', async () => {
    const header =
      '注文番号,要望等,お名前(姓),お名前(名),お名前(フリガナ・姓),お名前(フリガナ名),会社名,メールアドレス,' +
      '電話番号1,電話番号2,電話番号3,郵便番号1,郵便番号2,都道府県,住所1,住所2,小計,値引き,送料,手数料,' +
      '使用ポイント,お支払い合計,配送業者ID,支払い方法,対応状況,注文日時,更新日時,発送完了日時';
    const head = await headOf('orders', `${header}\r\n`);
    expect(head).toMatchObject({ missing: [], unknown: [] });
  });

  it('keeps what EC-CUBE writes beside them', async () => {
    const head = await headOf('orders', '注文番号,対応状況,SHOPメモ,端末種別ID\r\n3,1,memo,10\r\n');
    expect(head.unknown).toEqual(['SHOPメモ', '端末種別ID']);
    expect(head.missing).toEqual(['billed', 'payment', 'orderedAt']);
  });

  it.each([
    ['order_190926_120321.csv', '2019-09-26T03:03:21.000Z'],
    ['shipping_item_190926_120321 (1).csv', '2019-09-26T03:03:21.000Z'],
  ])('reads when %s was made', (name, at) => expect(cagolab.file?.madeAtOf?.(name)?.toISOString()).toBe(at));

  it.each(['orders.csv', 'order_191399_120321.csv', 'order_190926.csv', ''])(
    'does not guess when %j was made',
    (name) => expect(cagolab.file?.madeAtOf?.(name)).toBeNull(),
  );

  it('writes results with the word, the NP id and every reason', () => {
    const results = cagolab.file?.results;
    expect(results?.fileName(new Date('2026-11-20T15:30:00Z'))).toBe('np_result_261121_003000.csv');
    expect(results?.encoding).toBe('cp932');
    const update = {
      orderNumber: '3',
      word: '取引登録失敗',
      reasons: ['住所が長すぎます。', '電話番号が不正です。'],
    };
    expect(results?.row(update, settingsOf())).toEqual([
      '3',
      '取引登録失敗',
      '',
      '住所が長すぎます。 / 電話番号が不正です。',
    ]);
  });
});

describe('buttons and reminders', () => {
  const labelsIn = (state: State) =>
    (cagolab.buttons ?? []).filter(({ states }) => states.includes(state)).map(({ label }) => label.ja);

  it.each(['registering', 'approved'] as const)(
    'shows 取引修正 and キャンセル at %s, as the guide does',
    (state) => expect(labelsIn(state)).toEqual(expect.arrayContaining(['取引修正', 'キャンセル'])),
  );

  it('shows neither beside 取引登録失敗, as the guide does', () => expect(labelsIn('blocked')).toEqual([]));

  it.each(stateSchema.options)('shows no button twice at %s', (state) => {
    const labels = labelsIn(state);
    expect(new Set(labels).size).toBe(labels.length);
  });

  it('reminds of stock after a cancel, and of the fee where another payment method is likely', () => {
    const textsIn = (state: State) =>
      (cagolab.reminders ?? [])
        .filter(({ states }) => states.includes(state))
        .map(({ text }) => text.ja)
        .join();
    expect(textsIn('cancelled')).toContain('在庫');
    expect(textsIn('rejected')).toContain('手数料');
    expect(textsIn('report-failed')).toContain('送料');
    expect(textsIn('reviewing')).toBe('');
  });
});

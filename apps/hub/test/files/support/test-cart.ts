import {
  cellForms,
  cellText,
  defineAdapter,
  problemAt,
  writeTable,
  type CartAdapter,
  type FileEncoding,
  type FileOrder,
  type FileRow,
  type OrderReading,
} from '@np-hub/kit';
import { mapWord, wordKeys, type Order } from '@np-hub/model';
import { z } from 'zod';
import { adapters } from '../../../src/adapters.js';

const label = (ja: string) => ({ label: { ja, en: ja } });
const column = (ja: string, required = false) => ({ ...label(ja), headers: [ja], required });

const payments: Readonly<Record<string, 'np' | 'other'>> = { NP後払い: 'np', 代金引換: 'other' };
const statuses: Readonly<Record<string, 'open' | 'cancelled'>> = {
  新規受付: 'open',
  キャンセル: 'cancelled',
};

function orderOf(order: FileRow, goods: readonly FileRow[], parcels: readonly FileRow[]): Order {
  const lines = goods.map((row) => ({
    name: cellText(row, 'goods'),
    unitPriceYen: Number(cellText(row, 'price')),
    quantity: 1,
  }));
  return {
    orderNumber: cellText(order, 'number'),
    orderedAt: cellText(order, 'orderedAt'),
    changedAt: cellText(order, 'changedAt') || null,
    status: mapWord(statuses, cellText(order, 'status')),
    payment: mapWord(payments, cellText(order, 'payment')),
    npWord: null,
    npTransactionId: null,
    settlementType: '02',
    buyer: {
      name: cellText(order, 'name'),
      kana: cellText(order, 'kana'),
      postalCode: cellText(order, 'postal'),
      address: cellText(order, 'address'),
      phone: cellText(order, 'phone'),
      email: cellText(order, 'email'),
    },
    destinations: [],
    lines,
    billedYen: lines.reduce((sum, line) => sum + line.unitPriceYen, 0),
    parcels: parcels.map((row) => ({
      carrier: { kind: 'mapped', value: 'yamato', raw: 'ヤマト' },
      slipNumber: cellText(row, 'slip'),
      shippedAt: '2026-11-21T12:00:00+09:00',
    })),
    flags: [],
    note: '',
  };
}

/** The numbers of all orders that the test cart has read, one for each reading. */
export const readNumbers: string[] = [];

function readOrder(raw: unknown): OrderReading {
  const { orders = [], goods = [], parcels = [] } = raw as FileOrder;
  const [order] = orders;
  const missing = [...(order ? [] : ['orders']), ...(goods.length > 0 ? [] : ['goods'])];
  const orderNumber = cellText((order ?? goods[0] ?? parcels[0]) as FileRow, 'number');
  readNumbers.push(orderNumber);
  if (!order || missing.length > 0) return { kind: 'incomplete', orderNumber, missing };
  if (cellText(order, 'orderedAt') === '')
    return {
      kind: 'unreadable',
      orderNumber,
      problems: [problemAt('受注日時', { ja: '値がありません', en: 'missing' })],
    };
  return { kind: 'order', order: orderOf(order, goods, parcels) };
}

const numberOf = (row: FileRow): string => cellText(row, 'number');

/** A cart that exchanges files: head and goods in files of their own, and slip numbers that add up. */
const testCart = defineAdapter<object>({
  id: 'test-files',
  ...label('テストカート'),
  settings: z.object({}),
  words: Object.fromEntries(wordKeys.map((key) => [key, `語:${key}`])) as CartAdapter['words'],
  shippingWords: ['語:approved'],
  editOpenWord: null,
  readOrder,
  file: {
    layouts: [
      {
        id: 'orders',
        ...label('受注CSV'),
        help: { ja: '', en: '' },
        columns: {
          number: column('注文番号', true),
          orderedAt: column('受注日時', true),
          changedAt: column('更新日時'),
          status: column('対応状況', true),
          payment: column('支払方法', true),
          name: column('お名前', true),
          kana: column('カナ'),
          postal: column('郵便番号'),
          address: column('住所'),
          phone: column('電話番号'),
          email: column('メール'),
        },
        orderNumberOf: numberOf,
      },
      {
        id: 'goods',
        ...label('商品CSV'),
        help: { ja: '', en: '' },
        columns: {
          number: column('注文番号', true),
          goods: column('商品名', true),
          price: { ...column('価格', true), shape: /.*\d.*/, form: cellForms.amount },
        },
        orderNumberOf: numberOf,
      },
      {
        id: 'parcels',
        ...label('送り状CSV'),
        help: { ja: '', en: '' },
        columns: {
          number: { ...column('管理番号', true), position: 0 },
          slip: { ...column('送り状番号', true), position: 1 },
        },
        orderNumberOf: numberOf,
        rowKeyOf: (row) => cellText(row, 'slip'),
      },
    ],
    results: {
      encoding: 'cp932',
      fileName: (at) => `result_${at.toISOString().replace(/\D/gu, '').slice(0, 17)}.csv`,
      header: ['注文番号', 'NP後払いステータス', 'エラー情報'],
      row: ({ orderNumber, word, reasons = [] }) => [orderNumber, word, reasons.join('／')],
    },
    madeAtOf: (name) => {
      const [, time] = /_(\d{14})\./u.exec(name) ?? [];
      if (!time) return null;
      return new Date(time.replace(/(....)(..)(..)(..)(..)(..)/u, '$1-$2-$3T$4:$5:$6+09:00'));
    },
  },
});

/** Makes the test cart one of the installed ones. */
export function installTestCart(): void {
  (adapters as CartAdapter[]).push(testCart as CartAdapter);
}

export const orderHeader = [
  '注文番号',
  '受注日時',
  '更新日時',
  '対応状況',
  '支払方法',
  'お名前',
  'カナ',
  '郵便番号',
  '住所',
  '電話番号',
  'メール',
];
const goodsHeader = ['注文番号', '商品名', '価格'];

export interface TestOrder {
  readonly number: string;
  readonly orderedAt?: string;
  readonly changedAt?: string;
  readonly status?: string;
  readonly payment?: string;
  readonly name?: string;
  readonly address?: string;
}

export const orderCells = (order: TestOrder): string[] => [
  order.number,
  order.orderedAt ?? new Date(Date.now() - 60_000).toISOString(),
  order.changedAt ?? '',
  order.status ?? '新規受付',
  order.payment ?? 'NP後払い',
  order.name ?? '山田 太郎',
  'ヤマダ タロウ',
  '107-0052',
  order.address ?? '東京都港区赤坂1-2-3',
  '03-1234-5678',
  'taro@example.com',
];

export const ordersFile = (orders: readonly TestOrder[], encoding: FileEncoding = 'cp932'): Buffer =>
  writeTable(encoding, orderHeader, orders.map(orderCells)).bytes;

export const goodsFile = (numbers: readonly string[], price = '1000'): Buffer =>
  writeTable(
    'cp932',
    goodsHeader,
    numbers.map((number) => [number, '靴下', price]),
  ).bytes;

export const parcelsFile = (slips: readonly (readonly [number: string, slip: string])[]): Buffer =>
  writeTable('cp932', null, slips).bytes;

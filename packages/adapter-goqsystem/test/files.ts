import { type FileOrder, type FileRow, inspectTable, readTable } from '@np-hub/kit';
import type { ColumnMap } from '@np-hub/kit';
import type { Order } from '@np-hub/model';
import { goqsystem } from '../src/index.js';

/** A row that says everything that an NP order has to say. */
export const plainRow: FileRow = {
  number: '183479',
  originNumber: '263105-20261120-0512345678',
  orderedAt: '2026-11-20 09:56:30',
  buyerName: '山田　花子',
  buyerPostalCode: '107-0052',
  buyerAddress: '東京都港区赤坂1-2-3',
  buyerPhone: '03-1234-5678',
  goodsName: '有機ほうじ茶 100g',
  quantity: '2',
  unitPrice: '1480',
  billed: '3755',
  payment: 'NP後払い',
  carrier: '佐川急便',
};

export const readingOf = (files: FileOrder, settings: object = {}) =>
  goqsystem.readOrder(files, goqsystem.settings.parse(settings));

export function orderOf(files: FileOrder, settings: object = {}): Order {
  const reading = readingOf(files, settings);
  if (reading.kind !== 'order') throw new Error(`not an order: ${JSON.stringify(reading)}`);
  return reading.order;
}

/** An order of one row. */
export const orderWith = (change: FileRow, settings: object = {}): Order =>
  orderOf({ orders: [{ ...plainRow, ...change }] }, settings);

export const layoutOf = (id: string) => {
  const layout = goqsystem.file?.layouts.find((each) => each.id === id);
  if (!layout) throw new Error(`no layout ${id}`);
  return layout;
};

/** The rows of a file through a layout. */
export async function rowsOf(bytes: Buffer, layoutId: string, map: ColumnMap = {}): Promise<FileRow[]> {
  const source = async function* () {
    yield bytes;
  };
  const head = await inspectTable(source(), layoutOf(layoutId), { map });
  const rows: FileRow[] = [];
  for await (const batch of readTable(source(), head)) rows.push(...batch.map(({ row }) => row));
  return rows;
}

import { type FileRow, type Told, cellText, writtenYen } from '@np-hub/kit';
import type { OrderLine } from '@np-hub/model';
import { charges } from './data/columns.js';
import { addedLines } from './data/results.js';

const sumOf = (lines: readonly OrderLine[]): number =>
  lines.reduce((sum, { unitPriceYen, quantity }) => sum + unitPriceYen * quantity, 0);

/** 合計金額 says that these are all the goods: in each row that of the whole order, or row by row. */
function isWhole(orders: readonly FileRow[], goodsYen: number): boolean {
  const totals = orders.map((row) => writtenYen(cellText(row, 'total')) ?? Number.NaN);
  const sum = totals.reduce((one, other) => one + other);
  return sum === goodsYen || totals.every((total) => total === goodsYen);
}

/**
 * Goods, then the amounts beside them. What is then missing to 請求額 (charges that the file has no column for) becomes a
 * line of its own only where the file proves that no goods are missing, or where it has no prices at all; any other
 * difference is left for the check of NP's ¥3,000.
 */
export function linesOf(orders: readonly FileRow[], told: Told, billedYen: number): OrderLine[] {
  const goods = orders.map((row) => ({
    name: cellText(row, 'goodsName'),
    unitPriceYen: writtenYen(cellText(row, 'unitPrice')) ?? 0,
    quantity: writtenYen(cellText(row, 'quantity')) ?? 0,
  }));
  const beside = charges.map(({ column, name, sign }) => {
    const amountYen = writtenYen(told(column)[0] ?? '') ?? 0;
    return { name, unitPriceYen: Math.abs(amountYen) * sign, quantity: 1 };
  });
  const amounts = beside.filter(({ unitPriceYen }) => unitPriceYen !== 0);
  const lines = [...goods.filter(({ quantity }) => quantity !== 0), ...amounts];
  const restYen = billedYen - sumOf(lines);
  const hasPrices = told('unitPrice').length > 0;
  if (restYen === 0 || (hasPrices && !isWhole(orders, sumOf(goods)))) return lines;
  const name = hasPrices ? addedLines.charges : addedLines.goods;
  return [...lines, { name, unitPriceYen: restYen, quantity: 1 }];
}

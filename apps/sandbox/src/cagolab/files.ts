import { japanCompact, japanDateTime } from '../japan-time.js';
import { readCsv, writeCsv } from '../offices/csv.js';
import type { OfficeFile, ResultLine } from '../offices/office.js';
import { type CagolabOrder, paymentTotalYenOf, subtotalYenOf, totalYenOf } from './order.js';
import { carriers } from './words.js';

/** EC-CUBE 2.13 exports: cp932, CRLF, quotes only where needed. */
const style = { encoding: 'cp932', quoteAll: false } as const;

const splitOf = (text: string): string[] => text.split('-');
const piece = (text: string, index: number): string => splitOf(text)[index] ?? '';

type Column = readonly [header: string, value: (order: CagolabOrder) => string | number];

const none = (): string => '';

/** 受注CSV: the columns that EC-CUBE 2.13 switches on by default, in its order, then カゴラボ's own (assumed). */
const orderColumns: readonly Column[] = [
  ['注文番号', ({ number }) => number],
  ['会員ID', ({ customerId }) => customerId],
  ['要望等', ({ message }) => message],
  ['お名前(姓)', ({ buyer }) => buyer.familyName],
  ['お名前(名)', ({ buyer }) => buyer.givenName],
  ['お名前(フリガナ・姓)', ({ buyer }) => buyer.familyKana],
  ['お名前(フリガナ名)', ({ buyer }) => buyer.givenKana],
  ['会社名', ({ buyer }) => buyer.company],
  ['メールアドレス', ({ buyer }) => buyer.email],
  ['電話番号1', ({ buyer }) => piece(buyer.phone, 0)],
  ['電話番号2', ({ buyer }) => piece(buyer.phone, 1)],
  ['電話番号3', ({ buyer }) => piece(buyer.phone, 2)],
  ['FAX1', none],
  ['FAX2', none],
  ['FAX3', none],
  ['郵便番号1', ({ buyer }) => piece(buyer.postalCode, 0)],
  ['郵便番号2', ({ buyer }) => piece(buyer.postalCode, 1)],
  ['都道府県', ({ buyer }) => buyer.prefecture],
  ['住所1', ({ buyer }) => buyer.street],
  ['住所2', ({ buyer }) => buyer.building],
  ['性別', none],
  ['生年月日', none],
  ['職種', none],
  ['小計', subtotalYenOf],
  ['値引き', ({ discountYen }) => discountYen],
  ['送料', ({ deliveryFeeYen }) => deliveryFeeYen],
  ['手数料', ({ chargeYen }) => chargeYen],
  ['使用ポイント', ({ usePoint }) => usePoint],
  ['加算ポイント', () => 0],
  ['税金', (order) => Math.floor((totalYenOf(order) * 10) / 110)],
  ['合計', totalYenOf],
  ['お支払い合計', paymentTotalYenOf],
  ['配送業者ID', ({ carrier }) => carriers.findIndex((name) => name === carrier) + 1],
  ['支払い方法', ({ payment }) => payment],
  ['SHOPメモ', ({ shopMemo }) => shopMemo],
  ['対応状況', ({ status }) => status],
  ['注文日時', ({ placedAtMs }) => japanDateTime(placedAtMs)],
  ['更新日時', ({ changedAtMs }) => japanDateTime(changedAtMs)],
  ['発送完了日時', ({ shippedAtMs }) => (shippedAtMs === null ? '' : japanDateTime(shippedAtMs))],
  ['端末種別ID', () => 10],
  ['配送情報ID', ({ destinations }) => destinations.map((_, index) => index).join(',')],
  ['NP後払いステータス', ({ npWord }) => npWord],
  ['請求書区分', ({ invoiceKind }) => invoiceKind],
  ['配送業者', ({ carrier }) => carrier],
  ['配送伝票番号', ({ slipNumber }) => slipNumber],
];

/** 配送先商品CSV: no public source has its columns; named after EC-CUBE's `dtb_shipping` and `dtb_shipment_item`. */
const itemHeaders = [
  '注文番号',
  '配送先ID',
  'お名前(姓)',
  'お名前(名)',
  'お名前(フリガナ・姓)',
  'お名前(フリガナ名)',
  '会社名',
  '電話番号1',
  '電話番号2',
  '電話番号3',
  '郵便番号1',
  '郵便番号2',
  '都道府県',
  '住所1',
  '住所2',
  '商品コード',
  '商品名',
  '規格名1',
  '規格名2',
  '販売価格(税込)',
  '数量',
];

const itemRowsOf = ({ number, destinations }: CagolabOrder): string[][] =>
  destinations.flatMap(({ party, items }, index) =>
    items.map((item) => {
      const name = [party.familyName, party.givenName, party.familyKana, party.givenKana, party.company];
      const address = [party.prefecture, party.street, party.building];
      const goods = [item.code, item.name, item.variation, '', String(item.priceYen), String(item.quantity)];
      const contact = [...splitOf(party.phone), ...splitOf(party.postalCode)];
      return [number, String(index), ...name, ...contact, ...address, ...goods];
    }),
  );

const nameAt = (head: string, atMs: number): string => {
  const compact = japanCompact(atMs);
  return `${head}_${compact.slice(2, 8)}_${compact.slice(8)}.csv`;
};

export function writeOrders(orders: readonly CagolabOrder[], atMs: number): OfficeFile {
  const rows = orders.map((order) => orderColumns.map(([, value]) => String(value(order))));
  const bytes = writeCsv([orderColumns.map(([header]) => header), ...rows], style);
  return { name: nameAt('order', atMs), bytes };
}

export function writeItems(orders: readonly CagolabOrder[], atMs: number): OfficeFile {
  const bytes = writeCsv([itemHeaders, ...orders.flatMap(itemRowsOf)], style);
  return { name: nameAt('shipping_item', atMs), bytes };
}

/** The result file: what NP has made of each order. */
export function readResults({ bytes }: OfficeFile): ResultLine<CagolabOrder>[] {
  return readCsv(bytes, 'cp932').map((row) => {
    const { 注文番号: number, NP後払いステータス: npWord } = row;
    if (number === undefined || npWord === undefined)
      throw new Error('注文番号・NP後払いステータスの列がありません');
    return {
      number,
      set: { npWord, npTransactionId: row['NP取引ID'] ?? '', npError: row['エラー情報'] ?? '' },
    };
  });
}

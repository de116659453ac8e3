import { japanCompact, japanDateTime } from '../japan-time.js';
import { readCsv, writeCsv } from '../offices/csv.js';
import type { OfficeFile, ResultLine } from '../offices/office.js';
import type { Person } from '../offices/people.js';
import { billedYenOf, type StoreDestination, type StoreOrder } from './order.js';
import { lineOf } from './results.js';

/** The encoding of its files is not public; as of carts of its kind: cp932, every field in quotes. */
const style = { encoding: 'cp932', quoteAll: true } as const;

type Line = { readonly order: StoreOrder; readonly destination: StoreDestination; readonly index: number };
type Column = readonly [header: string, value: (line: Line) => string | number];

const slashed = (day: string): string => day.replaceAll('-', '/');

const personColumns = (owner: string, of: (line: Line) => Person): Column[] => [
  [`${owner}氏名(姓)`, (line) => of(line).familyName],
  [`${owner}氏名(名)`, (line) => of(line).givenName],
  [`${owner}フリガナ(姓)`, (line) => of(line).familyKana],
  [`${owner}フリガナ(名)`, (line) => of(line).givenKana],
  [`${owner}郵便番号`, (line) => of(line).postalCode],
  [`${owner}都道府県`, (line) => of(line).prefecture],
  [`${owner}住所`, (line) => of(line).street],
  [`${owner}建物名`, (line) => of(line).building],
  [`${owner}電話番号`, (line) => of(line).phone],
];

/** 注文データ, one row for each line of goods. Its real headers are not public. */
const orderColumns: readonly Column[] = [
  ['注文番号', ({ order }) => order.number],
  ['注文日時', ({ order }) => japanDateTime(order.placedAtMs).replaceAll('-', '/')],
  ['更新日時', ({ order }) => japanDateTime(order.changedAtMs).replaceAll('-', '/')],
  ['注文状況', ({ order }) => order.orderStatus],
  ['決済状況', ({ order }) => order.creditStatus],
  ['支払い方法', ({ order }) => order.payment],
  ['NP取引ID', ({ order }) => order.npTransactionId],
  ['請求金額', ({ order }) => billedYenOf(order)],
  ['送料', ({ order }) => order.shippingYen],
  ['手数料', ({ order }) => order.feeYen],
  ['クーポン割引', ({ order }) => order.couponYen],
  ['利用ポイント', ({ order }) => order.pointsYen],
  ['商品名', ({ destination, index }) => destination.goods[index]?.name ?? ''],
  ['商品単価(税込)', ({ destination, index }) => destination.goods[index]?.priceYen ?? ''],
  ['数量', ({ destination, index }) => destination.goods[index]?.quantity ?? ''],
  ['発送予定日', ({ order }) => slashed(order.plannedShipOn)],
  ['配送方法', ({ order }) => order.shippingMethod],
  ['出荷番号', ({ order }) => order.slipNumber],
  ['発送日', ({ order }) => slashed(order.shippedOn)],
  ['コース注文番号', ({ order }) => order.course?.number ?? ''],
  ['定期回数', ({ order }) => order.course?.count ?? ''],
  ['生成区分', ({ order }) => order.course?.generation ?? ''],
  ...personColumns('注文者', ({ order }) => order.buyer),
  ['注文者メールアドレス', ({ order }) => order.buyer.email],
  ...personColumns('配送先', ({ destination }) => destination.person),
  ['備考', ({ order }) => order.note],
];

const linesOf = (order: StoreOrder): Line[] =>
  order.destinations.flatMap((destination) =>
    destination.goods.map((_, index) => ({ order, destination, index })),
  );

export function writeOrders(orders: readonly StoreOrder[], atMs: number): OfficeFile {
  const rows = orders.flatMap(linesOf).map((line) => orderColumns.map(([, value]) => String(value(line))));
  const bytes = writeCsv([orderColumns.map(([header]) => header), ...rows], style);
  return { name: `order_${japanCompact(atMs)}.csv`, bytes };
}

/** 出荷データ, by a 出荷ファイルレイアウト of the shop: four columns without a header row. */
export function writeShipments(orders: readonly StoreOrder[], atMs: number): OfficeFile {
  const sent = orders.filter(({ slipNumber }) => slipNumber !== '');
  const rows = sent.map((order) => [
    order.number,
    order.slipNumber,
    slashed(order.shippedOn),
    order.shippingMethod,
  ]);
  return { name: `shipment_${japanCompact(atMs)}.csv`, bytes: writeCsv(rows, style) };
}

/** The result file: 決済状況, and what the cart is asked to do. */
export function readResults({ bytes }: OfficeFile): ResultLine<StoreOrder>[] {
  return readCsv(bytes, 'cp932').map((row) => {
    const { 注文番号: number, 決済状況: creditStatus } = row;
    if (number === undefined || creditStatus === undefined)
      throw new Error('注文番号・決済状況の列がありません');
    return lineOf({
      number,
      creditStatus,
      npTransactionId: row['NP取引ID'] ?? '',
      npError: row['エラー内容'] ?? '',
      payment: row['支払方法変更'] ?? '',
      stopCourse: row['コース停止'] === '停止',
    });
  });
}

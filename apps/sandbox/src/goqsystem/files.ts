import { japanCompact, japanDate, japanDateTime } from '../japan-time.js';
import { readCsv, writeCsv } from '../offices/csv.js';
import type { OfficeFile, ResultLine } from '../offices/office.js';
import { billedYenOf, type GoqOrder, totalYenOf } from './order.js';
import { b2Carrier } from './words.js';

/** The template's sample quotes every field; Shift_JIS. */
const style = { encoding: 'cp932', quoteAll: true } as const;

type Line = GoqOrder['lines'][number];
type Column = readonly [header: string, value: (order: GoqOrder, line: Line) => string | number];

const fullName = ({ familyName, givenName }: GoqOrder['buyer']): string => `${familyName}　${givenName}`;
const fullAddress = ({ prefecture, street, building }: GoqOrder['buyer']): string =>
  `${prefecture}${street}${building === '' ? '' : ` ${building}`}`;

/**
 * This merchant's カスタムCSV. Headers from 注文日時 to 商品SKU as in a real export; those of the buyer's address, of amounts,
 * payment and status are made up, as every merchant chooses its own.
 */
const columns: readonly Column[] = [
  ['注文日時', ({ placedAtMs }) => japanDateTime(placedAtMs)],
  ['配送方法(複数配送先)', ({ carrier }) => carrier],
  ['チェック項目', ({ checkItems }) => checkItems],
  ['販売店舗', ({ mall }) => mall],
  ['GoQ管理番号', ({ number }) => number],
  ['お荷物伝票番号', ({ slipNumbers }) => slipNumbers[0] ?? ''],
  ['送付先郵便番号', (_, { receiver }) => receiver.postalCode],
  ['送付先住所（全て）', (_, { receiver }) => fullAddress(receiver)],
  ['送付先氏名', (_, { receiver }) => fullName(receiver)],
  ['送付先電話番号', (_, { receiver }) => receiver.phone],
  ['商品名', (_, { goods }) => `${goods.name} ${goods.variation}`.trim()],
  ['個数', (_, { goods }) => goods.quantity],
  ['単価', (_, { goods }) => goods.priceYen],
  ['JANコード', () => ''],
  ['合計金額', totalYenOf],
  ['請求額', billedYenOf],
  ['手数料', ({ feeYen }) => feeYen],
  ['お支払い方法', ({ payment }) => payment],
  ['受注番号', ({ mallNumber }) => mallNumber],
  ['注文者氏名', ({ buyer }) => fullName(buyer)],
  ['注文者氏名カナ', ({ buyer }) => `${buyer.familyKana}　${buyer.givenKana}`],
  ['注文者郵便番号', ({ buyer }) => buyer.postalCode],
  ['注文者住所（全て）', ({ buyer }) => fullAddress(buyer)],
  ['注文者電話番号', ({ buyer }) => buyer.phone],
  ['注文者メールアドレス', ({ buyer }) => buyer.email],
  ['商品コード', (_, { goods }) => goods.code],
  ['個口数', ({ pieces }) => pieces],
  ['出荷日', ({ shippedAtMs }) => (shippedAtMs === null ? '' : japanDate(shippedAtMs))],
  ['受注ステータス', ({ label }) => label],
  ['ひとことメモ', ({ memo }) => memo],
  ['備考', ({ note }) => note],
];

const nameAt = (head: string, atMs: number): string => {
  const compact = japanCompact(atMs);
  return `${head}_${compact.slice(0, 8)}_${compact.slice(8)}.csv`;
};

/** 受注データ(ユーザーカスタム): one row for each line. */
export function writeOrders(orders: readonly GoqOrder[], atMs: number): OfficeFile {
  const rows = orders.flatMap((order) =>
    order.lines.map((line) => columns.map(([, value]) => String(value(order, line)))),
  );
  return {
    name: nameAt('goq_custom', atMs),
    bytes: writeCsv([columns.map(([header]) => header), ...rows], style),
  };
}

const b2Width = 98;

/** One label: key with branch in column 1, slip number in 4, 出荷予定日 in 5, the goods' name in 28. */
function b2Row(order: GoqOrder, slipNumber: string, branch: number): string[] {
  const receiver = order.lines[0]?.receiver ?? order.buyer;
  const row = Array.from({ length: b2Width }, () => '');
  const cells: Readonly<Record<number, string>> = {
    1: `${order.number}-${branch}`,
    2: '0',
    4: slipNumber,
    5: japanDate(order.shippedAtMs ?? order.changedAtMs).replaceAll('-', '/'),
    9: receiver.phone,
    11: receiver.postalCode,
    12: fullAddress(receiver),
    16: fullName(receiver),
    28: order.lines[0]?.goods.name ?? '',
  };
  return row.map((empty, index) => cells[index + 1] ?? empty);
}

/** What B2クラウド gives back once the labels are printed: no header. No bytes where no label of Yamato's is among the orders. */
export function writeB2(orders: readonly GoqOrder[], atMs: number): OfficeFile {
  const rows = orders
    .filter(({ carrier }) => carrier === b2Carrier)
    .flatMap((order) => order.slipNumbers.map((slipNumber, index) => b2Row(order, slipNumber, index + 1)));
  return { name: nameAt('b2cloud', atMs), bytes: writeCsv(rows, style) };
}

/** The hub's result file, taken over as the tags that GoQ shows under the payment. */
export function readResults({ bytes }: OfficeFile): ResultLine<GoqOrder>[] {
  return readCsv(bytes, 'cp932').map((row) => {
    const { GoQ管理番号: number, 与信結果: npWord } = row;
    if (number === undefined || npWord === undefined)
      throw new Error('GoQ管理番号・与信結果の列がありません');
    const npSync = row['伝票番号同期'] ?? '';
    return {
      number,
      set: { npWord, npSync, npTransactionId: row['NP取引ID'] ?? '', npError: row['エラー内容'] ?? '' },
    };
  });
}

import { japanDateTime } from '../japan-time.js';
import type { Office, OfficePages } from '../offices/office.js';
import { actionForm, escaped, fieldTable, table } from '../offices/page.js';
import { billedYenOf, type GoqOrder, totalYenOf } from './order.js';
import { carriers, labels, malls, payments } from './words.js';

const options = (names: readonly string[], chosen: string): string =>
  names.map((name) => `<option${name === chosen ? ' selected' : ''}>${escaped(name)}</option>`).join('');
const select = (name: string, names: readonly string[], chosen: string): string =>
  `<select name="${name}">${options(names, chosen)}</select>`;
const input = (name: string, value: string | number): string =>
  `<input name="${name}" value="${escaped(value)}">`;

const shownAtMost = 200;
const yen = (amount: number): string => escaped(amount.toLocaleString('ja-JP'));
const person = ({ familyName, givenName }: GoqOrder['buyer']): string =>
  escaped(`${familyName} ${givenName}`);

const atTheHub = `<p class="note">与信を実行・与信結果確認・与信内容変更・与信キャンセル・伝票番号同期の5つのボタンは、ハブの取引画面(一覧でまとめて押すこともできます)にあります。GoQSystemとはファイルだけでつながっています。
  <span lang="en">The five buttons are pressed at the hub; GoQSystem is linked by files only.</span></p>`;

/** お支払い方法 with the tags below it, as in the list. */
function paymentCell({ payment, npWord, npSync, npError }: GoqOrder): string {
  const tags = [npWord, npSync].filter((word) => word !== '').map((word) => `[${word}]`);
  return [payment, ...tags, npError]
    .filter((text) => text !== '')
    .map(escaped)
    .join('<br>');
}

function carrierCell({ carrier, checkItems, slipNumbers, pieces }: GoqOrder): string {
  const tags = [slipNumbers.length > 0 ? '[伝票入力済]' : '', pieces > 1 ? `[${pieces}個口]` : ''];
  return [carrier, checkItems, ...tags]
    .filter((text) => text !== '')
    .map(escaped)
    .join('<br>');
}

function list(office: Office<GoqOrder>, query: Readonly<Record<string, string>>): string {
  const { number = '', mall = '', label = '' } = query;
  const found = office.book
    .all()
    .filter(
      (order) =>
        [order.number, order.mallNumber, ''].includes(number) &&
        [order.mall, ''].includes(mall) &&
        [order.label, ''].includes(label),
    )
    .reverse();
  const rows = found.slice(0, shownAtMost).map((order) => {
    const receiver = order.lines[0]?.receiver ?? order.buyer;
    return [
      `<a href="/offices/${office.id}/orders/${escaped(order.number)}">${escaped(order.number)}</a><br>${escaped(order.mallNumber)}<br>${escaped(japanDateTime(order.placedAtMs))}<br>${escaped(order.label)}`,
      `${person(order.buyer)}<br>${escaped(order.mall)}`,
      [order.memo, order.note]
        .filter((text) => text !== '')
        .map(escaped)
        .join('<br>'),
      paymentCell(order),
      yen(totalYenOf(order)),
      yen(billedYenOf(order)),
      `${person(receiver)}<br>${escaped(receiver.phone)}`,
      carrierCell(order),
    ];
  });
  const heads = [
    'GoQ管理番号/受注番号/注文日時/受注ステータス',
    '注文者氏名/販売店舗',
    'メモ/備考',
    'お支払い方法',
    '合計金額',
    '請求額',
    '送り先氏名/送り先電話番号',
    '配送業者',
  ];
  return `<section><h2>受注管理</h2>${atTheHub}
    <form><label>番号 ${input('number', number)}</label>
    <label>販売店舗 ${select('mall', ['', ...malls], mall)}</label>
    <label>受注ステータス ${select('label', ['', ...labels], label)}</label> <button>検索</button></form>
    <p>${found.length}件</p>${table(heads, rows)}</section>`;
}

function orderPage(office: Office<GoqOrder>, order: GoqOrder): string {
  const at = (action: string) => ({ office: office.id, number: order.number, action });
  const { buyer } = order;
  const save = '保存する';
  const goods = order.lines.map((line) => [
    escaped(`${line.goods.name} ${line.goods.variation}`),
    escaped(line.goods.quantity),
    yen(line.goods.priceYen),
    person(line.receiver),
  ]);
  return `<section><h2>受注詳細</h2>${atTheHub}${fieldTable([
    ['GoQ管理番号', escaped(order.number)],
    ['受注番号', escaped(`${order.mallNumber}(${order.mall})`)],
    ['受注ステータス', actionForm(at('status'), '変更', select('label', labels, order.label))],
    [
      '注文者',
      `${person(buyer)} 〒${escaped(`${buyer.postalCode} ${buyer.prefecture}${buyer.street} ${buyer.building}`)}<br>${escaped(buyer.phone)} ${escaped(buyer.email)}`,
    ],
    [
      'お支払い方法',
      `${paymentCell(order)}${actionForm(at('edit'), save, select('payment', payments, order.payment))}`,
    ],
    ['NP取引ID', escaped(order.npTransactionId)],
    ['合計金額 / 請求額', `${yen(totalYenOf(order))} / ${yen(billedYenOf(order))}`],
    ['手数料', actionForm(at('edit'), save, input('feeYen', order.feeYen))],
    ['配送業者', actionForm(at('edit'), save, select('carrier', carriers, order.carrier))],
    ['チェック項目', actionForm(at('edit'), save, input('checkItems', order.checkItems))],
    ['個口数', actionForm(at('edit'), save, input('pieces', order.pieces))],
    ['お荷物伝票番号', actionForm(at('ship'), save, input('slipNumber', order.slipNumbers.join(' ')))],
    ['ひとことメモ', actionForm(at('edit'), save, input('memo', order.memo))],
  ])}${table(['商品名', '個数', '単価', '送付先'], goods)}${actionForm(at('mirror'), '同じ注文をmakeshopにも置く(二重取り込みの練習)')}</section>`;
}

export const pages: OfficePages<GoqOrder> = { list, order: orderPage };

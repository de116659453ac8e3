import { japanDateTime } from '../japan-time.js';
import type { Office, OfficePages } from '../offices/office.js';
import { actionForm, escaped, fieldTable, table } from '../offices/page.js';
import { type CagolabOrder, paymentTotalYenOf } from './order.js';
import { carriers, invoiceKinds, npWords, orderStatuses, payments } from './words.js';

const statusName = (id: number): string => orderStatuses.find(([known]) => known === id)?.[1] ?? String(id);

const options = (names: readonly (readonly [value: string, label: string])[], chosen: string): string =>
  names
    .map(
      ([value, label]) =>
        `<option value="${escaped(value)}"${value === chosen ? ' selected' : ''}>${escaped(label)}</option>`,
    )
    .join('');
const same = (names: readonly string[]): [string, string][] => names.map((name) => [name, name]);
/** Fields on the edit screen have their label in the row's head, which is repeated for screen readers. */
const named = (name: string, label?: string): string =>
  `name="${name}"${label === undefined ? '' : ` aria-label="${label}"`}`;
interface Choice {
  readonly name: string;
  readonly label?: string;
  readonly names: readonly (readonly [string, string])[];
}
const select = ({ name, label, names }: Choice, chosen: string): string =>
  `<select ${named(name, label)}>${options(names, chosen)}</select>`;
const input = (name: string, value: string | number, label?: string): string =>
  `<input ${named(name, label)} value="${escaped(value)}">`;

const statuses = orderStatuses.map(([id, name]): [string, string] => [String(id), name]);

const shownAtMost = 200;

/** The search form's fields that this office has, and what each compares. */
const conditions: Readonly<Record<string, (order: CagolabOrder, wanted: string) => boolean>> = {
  number: (order, wanted) => order.number === wanted,
  status: (order, wanted) => String(order.status) === wanted,
  name: ({ buyer }, wanted) => `${buyer.familyName} ${buyer.givenName}`.includes(wanted),
  payment: (order, wanted) => order.payment === wanted,
  word: (order, wanted) => order.npWord === wanted,
  invoiceKind: (order, wanted) => order.invoiceKind === wanted,
};

function searched(office: Office<CagolabOrder>, query: Readonly<Record<string, string>>): CagolabOrder[] {
  const wanted = Object.entries(conditions).filter(([name]) => (query[name] ?? '') !== '');
  const fits = (order: CagolabOrder) => wanted.every(([name, compare]) => compare(order, query[name] ?? ''));
  return office.book.all().filter(fits).reverse();
}

function searchForm(query: Readonly<Record<string, string>>): string {
  const all: [string, string] = ['', 'すべて'];
  const choice = (label: string, name: string, names: readonly (readonly [string, string])[]) =>
    `<label>${label} ${select({ name, names: [all, ...names] }, query[name] ?? '')}</label>`;
  const typed = (label: string, name: string) => `<label>${label} ${input(name, query[name] ?? '')}</label>`;
  return `<form>${typed('注文番号', 'number')}${choice('対応状況', 'status', statuses)}${typed('お名前', 'name')}
    ${choice('支払方法', 'payment', same(payments))}${choice('NP後払いステータス', 'word', same(npWords))}
    ${choice('請求書区分', 'invoiceKind', same(invoiceKinds))}<button>この条件で検索する</button></form>`;
}

function list(office: Office<CagolabOrder>, query: Readonly<Record<string, string>>): string {
  const found = searched(office, query);
  const rows = found
    .slice(0, shownAtMost)
    .map((order) => [
      escaped(japanDateTime(order.placedAtMs).slice(0, 16).replaceAll('-', '/')),
      escaped(order.number),
      `${escaped(`${order.buyer.familyName} ${order.buyer.givenName}(${order.buyer.familyKana} ${order.buyer.givenKana})`)} <a href="/offices/${office.id}/orders/${escaped(order.number)}">[編集]</a>`,
      escaped(order.payment),
      escaped(paymentTotalYenOf(order).toLocaleString('ja-JP')),
      escaped(statusName(order.status)),
      escaped(order.npWord),
      escaped(order.invoiceKind),
    ]);
  return `<section><h2>受注管理</h2>
    ${searchForm(query)}
    <p>${found.length}件が該当しました。</p>
    ${table(['受注日', '注文番号', 'お名前(フリガナ)', '支払方法', '購入金額(円)', '対応状況', 'NP後払いステータス', '請求書区分'], rows)}</section>`;
}

/** What the edit screen lets people change of the buyer. */
const buyerFields: readonly (readonly [name: keyof CagolabOrder['buyer'], label: string])[] = [
  ['familyName', 'お名前(姓)'],
  ['givenName', 'お名前(名)'],
  ['familyKana', 'フリガナ(姓)'],
  ['givenKana', 'フリガナ(名)'],
  ['postalCode', '郵便番号'],
  ['prefecture', '都道府県'],
  ['street', '住所1'],
  ['building', '住所2'],
  ['phone', 'TEL'],
  ['email', 'メールアドレス'],
];

const buyerForm = ({ buyer }: CagolabOrder): string =>
  buyerFields.map(([name, label]) => `<label>${label} ${input(name, buyer[name])}</label>`).join('');

/** Folded up until somebody clicks, as on the edit screen. */
const errorOf = ({ npError }: CagolabOrder): string =>
  npError === '' ? '' : `<details><summary>エラー情報表示・非表示</summary>${escaped(npError)}</details>`;

function orderPage(office: Office<CagolabOrder>, order: CagolabOrder): string {
  const at = (action: string) => ({ office: office.id, number: order.number, action });
  const register = 'この内容で登録する';
  return `<section><h2>受注登録</h2>${fieldTable([
    ['注文番号', escaped(order.number)],
    ['受注日', escaped(japanDateTime(order.placedAtMs))],
    [
      '対応状況 必須',
      `${actionForm(at('status'), register, select({ name: 'status', label: '対応状況', names: statuses }, String(order.status)))}${actionForm(at('cancel'), 'キャンセル')}<span class="note">※キャンセルに変更時には、在庫数を手動で戻してください。</span>`,
    ],
    ['発送日', order.shippedAtMs === null ? '未発送' : escaped(japanDateTime(order.shippedAtMs))],
    ['お客様情報', actionForm(at('buyer'), register, buyerForm(order))],
    ['要望等', escaped(order.message)],
    ['お支払い合計', escaped(paymentTotalYenOf(order).toLocaleString('ja-JP'))],
  ])}</section><section><h2>配送とお支払い</h2>${fieldTable([
    [
      '配送業者 必須',
      `${actionForm(at('edit'), register, select({ name: 'carrier', label: '配送業者', names: same(carriers) }, order.carrier))}<span class="note">※配送業者の変更に伴う送料の変更は手動にてお願いします。</span>`,
    ],
    ['配送伝票番号', actionForm(at('ship'), register, input('slipNumber', order.slipNumber, '配送伝票番号'))],
    [
      'お支払方法 必須',
      `${actionForm(at('edit'), register, select({ name: 'payment', label: 'お支払方法', names: same(payments) }, order.payment))}<span class="note">※お支払方法の変更に伴う手数料の変更は手動にてお願いします。</span>`,
    ],
    ['送料', actionForm(at('edit'), register, input('deliveryFeeYen', order.deliveryFeeYen, '送料'))],
    ['手数料', actionForm(at('edit'), register, input('chargeYen', order.chargeYen, '手数料'))],
    ['NP後払いステータス', escaped(order.npWord)],
    ['NP取引ID', escaped(order.npTransactionId)],
    ['NP後払いエラー情報', errorOf(order)],
    [
      '請求書区分',
      actionForm(
        at('edit'),
        register,
        select({ name: 'invoiceKind', label: '請求書区分', names: same(invoiceKinds) }, order.invoiceKind),
      ),
    ],
    ['SHOPメモ', actionForm(at('edit'), register, input('shopMemo', order.shopMemo, 'SHOPメモ'))],
  ])}</section>`;
}

export const pages: OfficePages<CagolabOrder> = { list, order: orderPage };

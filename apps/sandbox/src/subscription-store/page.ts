import { japanDate, japanDateTime } from '../japan-time.js';
import type { Office, OfficePages } from '../offices/office.js';
import { actionForm, escaped, fieldTable, table } from '../offices/page.js';
import { apiClient } from './api.js';
import { type Course, type Courses, coursesOf } from './courses.js';
import { decisionChoice, homeOf, realTimeSections } from './real-time-page.js';
import { billedYenOf, type StoreOrder } from './order.js';
import { creditStatuses, orderStatuses, payments, realTimePayment, shippingMethods } from './words.js';

const inputLabels: Readonly<Record<string, string>> = {
  payment: '支払い方法',
  plannedShipOn: '発送予定日',
  shippingMethod: '配送方法',
  slipNumber: '出荷番号',
  shippedOn: '発送日',
  orderStatus: '注文状況',
  creditStatus: '決済状況',
  creditDaysBefore: '与信タイミング(発送予定日の何日前)',
  generateDaysBefore: '定期注文の生成日(発送予定日の何日前)',
  building: '建物名',
};
const labelOf = (name: string): string => escaped(inputLabels[name] ?? name);
const select = (name: string, names: readonly string[], chosen: string): string =>
  `<select name="${name}" aria-label="${labelOf(name)}">${names
    .map((each) => `<option${each === chosen ? ' selected' : ''}>${escaped(each)}</option>`)
    .join('')}</select>`;
const input = (name: string, value: string | number, type = 'text'): string =>
  `<input name="${name}" type="${type}" aria-label="${labelOf(name)}" value="${escaped(value)}">`;
const button = (at: string, label: string, fields = ''): string =>
  `<form method="post" action="${at}">${fields}<button>${escaped(label)}</button></form>`;

const shownAtMost = 200;

type Query = Readonly<Record<string, string>>;

/** The search of 注文一覧, by the three things that the manual searches by. */
function searched(office: Office<StoreOrder>, query: Query): StoreOrder[] {
  const { payment = '', orderStatus = '', creditStatus = '' } = query;
  const isWanted = (wanted: string, value: string): boolean => wanted === '' || wanted === value;
  return office.book
    .all()
    .filter(
      (order) =>
        isWanted(payment, order.payment) &&
        isWanted(creditStatus, order.creditStatus) &&
        (orderStatus === '' ? order.orderStatus !== '削除' : order.orderStatus === orderStatus),
    )
    .reverse();
}

const rowOf = (officeId: string, order: StoreOrder): string[] => [
  `<a href="${homeOf(officeId)}/orders/${escaped(order.number)}">${escaped(order.number)}</a>`,
  escaped(japanDateTime(order.placedAtMs).slice(0, 16).replaceAll('-', '/')),
  escaped(`${order.buyer.familyName} ${order.buyer.givenName}`),
  escaped(`${billedYenOf(order).toLocaleString('ja-JP')}円`),
  escaped(order.payment),
  escaped(order.orderStatus),
  escaped(order.creditStatus),
  escaped(order.plannedShipOn),
  escaped(order.shippingMethod),
  escaped(order.course ? `${order.course.number} ${order.course.count}回目` : '単品'),
];

function list(office: Office<StoreOrder>, query: Query): string {
  const found = searched(office, query);
  const filter = (label: string, name: string, names: readonly string[]): string =>
    `<label>${label} ${select(name, ['', ...names], query[name] ?? '')}</label>`;
  const heads = [
    '注文番号',
    '注文日時',
    '注文者',
    '請求金額',
    '支払い方法',
    '注文状況',
    '決済状況',
    '発送予定日',
    '配送方法',
    '定期回数',
  ];
  const courses = coursesOf(office.world, office.id);
  return `${realTimeSections(courses)}<section><h2>注文一覧</h2><form>${filter('支払い方法', 'payment', payments)}${filter('注文状況', 'orderStatus', orderStatuses)}${filter('決済状況', 'creditStatus', creditStatuses)}<button>検索</button></form>
    <p>${found.length}件</p>${table(
      heads,
      found.slice(0, shownAtMost).map((order) => rowOf(office.id, order)),
    )}</section>
    ${courseList(courses)}${noticeList(office)}${settingForm(courses)}`;
}

function courseRow(courses: Courses, course: Course): string[] {
  const at = (action: string): string =>
    `${homeOf(courses.officeId)}/courses/${escaped(course.number)}/${action}`;
  const isStopped = course.status === '停止';
  const asks = courses.store.isRealTime && course.payment === realTimePayment;
  return [
    escaped(course.number),
    escaped(course.status),
    escaped(`${course.count}回`),
    button(at('payment'), '変更', select('payment', payments, course.payment)),
    escaped(course.nextShipOn),
    isStopped ? '' : escaped(japanDateTime(courses.generatesAtMs(course)).slice(0, 16)),
    isStopped ? button(at('resume'), '再開') : button(at('stop'), '停止'),
    button(at('generate'), '子注文生成', asks ? decisionChoice() : ''),
  ];
}

const courseList = (courses: Courses): string => {
  const rows = courses.courses.all().slice(-shownAtMost).reverse();
  const heads = [
    'コース注文番号',
    'コース注文状況',
    '定期回数',
    '次回以降の支払い方法',
    '次回発送予定日',
    '自動生成',
    '',
    '',
  ];
  return `<section><h2>定期注文マスター</h2>${table(
    heads,
    rows.map((course) => courseRow(courses, course)),
  )}</section>`;
};

function noticeList(office: Office<StoreOrder>): string {
  const all = office.book.all().flatMap(({ notices }) => notices);
  const rows = all
    .sort((one, other) => other.atMs - one.atMs)
    .slice(0, 50)
    .map(({ atMs, text }) => [escaped(japanDateTime(atMs)), escaped(text)]);
  return `<section><h2>通知ログ</h2>${table(['日時', '内容'], rows)}</section>`;
}

function settingForm({ settings, officeId }: Courses): string {
  const { changeToCod, stopCourseOnError, generateDaysBefore, creditDaysBefore } = settings;
  const box = (name: string, label: string, on: boolean): string =>
    `<label class="check"><input type="checkbox" name="${name}" value="true"${on ? ' checked' : ''}> ${label}</label>`;
  const fields = [
    box('changeToCod', '与信NG時の処理: 自動で代引きに変更する', changeToCod),
    box('stopCourseOnError', '定期注文エラー発生時の処理: コース注文状況を停止に変更する', stopCourseOnError),
    `<label>定期注文の生成日(発送予定日の何日前) ${input('generateDaysBefore', generateDaysBefore, 'number')}</label>`,
    `<label>与信タイミング(発送予定日の何日前) ${input('creditDaysBefore', creditDaysBefore, 'number')}</label>`,
  ];
  return `<section><h2>設定</h2>${button(`${homeOf(officeId)}/settings`, '保存', fields.join(''))}
    <p class="note">与信と出荷報告はnp-hubが行います。ここの「自動で代引きに変更する」は、取り込んだ与信NGにカート自身が従う場合の設定です。</p>
    <p>API: <code>/subsc/api/v1</code> クライアントID <code>${apiClient.clientId}</code> シークレット <code>${apiClient.clientSecret}</code></p></section>`;
}

function orderPage(office: Office<StoreOrder>, order: StoreOrder): string {
  const at = (action: string) => ({ office: office.id, number: order.number, action });
  const { buyer, course } = order;
  const plain: [string, string][] = [
    ['注文番号', escaped(order.number)],
    ['注文状況', escaped(order.orderStatus)],
    ['決済状況', escaped(`${order.creditStatus} ${order.npError}`)],
    ['NP取引ID', escaped(order.npTransactionId)],
    [
      '注文者',
      escaped(
        `${buyer.familyName} ${buyer.givenName} 〒${buyer.postalCode} ${buyer.prefecture}${buyer.street} ${buyer.building} ${buyer.phone}`,
      ),
    ],
    [
      '請求金額',
      escaped(
        `${billedYenOf(order).toLocaleString('ja-JP')}円(送料${order.shippingYen}円・手数料${order.feeYen}円)`,
      ),
    ],
    ['定期', escaped(course ? `${course.number} ${course.count}回目 ${course.generation}` : '単品')],
  ];
  const today = japanDate(office.world.nowMs());
  const { store } = coursesOf(office.world, office.id);
  const asked = store.isRealTime ? decisionChoice() : '';
  const forms: [string, string][] = [
    ['支払い方法', actionForm(at('edit'), '変更', select('payment', payments, order.payment) + asked)],
    ['建物名', actionForm(at('edit'), '変更', input('building', buyer.building) + asked)],
    ['発送予定日', actionForm(at('edit'), '変更', input('plannedShipOn', order.plannedShipOn, 'date'))],
    [
      '配送方法',
      actionForm(at('edit'), '変更', select('shippingMethod', shippingMethods, order.shippingMethod)),
    ],
    ['出荷作業中', actionForm(at('work'), '出荷作業中にする')],
    [
      '出荷データ取り込み',
      actionForm(
        at('ship'),
        '出荷済みにする',
        `${input('slipNumber', order.slipNumber)}${input('shippedOn', order.shippedOn || today, 'date')}`,
      ),
    ],
    [
      '出荷停止',
      `${order.shipmentStopped ? 'チェックあり' : 'チェックなし'} ${actionForm(at('stop-shipment'), order.shipmentStopped ? 'チェックを外す' : 'チェックを入れる', `<input type="hidden" name="on" value="${!order.shipmentStopped}">`)}`,
    ],
    [
      '一括更新',
      `${actionForm(at('cancel'), 'キャンセル')}${actionForm(at('return'), '返品')}${actionForm(at('delete'), '削除')}`,
    ],
  ];
  const notices = order.notices.map(({ atMs, text }) => [escaped(japanDateTime(atMs)), escaped(text)]);
  return `<section><h2>注文詳細</h2>${fieldTable([...plain, ...forms])}</section>
    <section><h2>通知ログ</h2>${table(['日時', '内容'], notices)}</section>`;
}

export const pages: OfficePages<StoreOrder> = { list, order: orderPage };

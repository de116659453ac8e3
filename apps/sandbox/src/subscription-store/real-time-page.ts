import { japanDateTime } from '../japan-time.js';
import { escaped, fieldTable, table } from '../offices/page.js';
import type { Courses } from './courses.js';
import { decisions } from './decisions.js';
import { outcomes, type Question, screens } from './question.js';
import { services, visibilities } from './settings.js';
import { shippingMethods } from './words.js';

/** Parts of the pages that are about NP後払い(リアルタイム). */

export const homeOf = (officeId: string): string => `/offices/${officeId}`;

const choice = (
  name: string,
  label: string,
  options: readonly (readonly [string, string])[],
  chosen = '',
): string =>
  `<select name="${name}" aria-label="${escaped(label)}">${options
    .map(
      ([value, text]) =>
        `<option value="${escaped(value)}"${value === chosen ? ' selected' : ''}>${escaped(text)}</option>`,
    )
    .join('')}</select>`;
const named = (names: readonly string[]): [string, string][] => names.map((name) => [name, name]);

/** What NP is to say: nobody at a real cart is asked this. */
export const decisionChoice = (): string =>
  choice(
    'decision',
    'NPの判定(サンドボックス)',
    Object.entries(decisions).map(([name, { ja }]) => [name, ja]),
  );

const shownAtMost = 50;

/** What a buyer, a member of staff and the owner do here beside the lists; nothing for a store that only knows NP後払い. */
export function realTimeSections(courses: Courses): string {
  const service = serviceForm(courses);
  if (!courses.store.isRealTime) return service;
  const at = homeOf(courses.officeId);
  const form = (screen: 'checkout' | 'admin-create', label: string, more: string): string =>
    `<form method="post" action="${at}/checkout"><input type="hidden" name="screen" value="${screen}"><label>NPの判定(サンドボックス) ${decisionChoice()}</label><label>商品 ${choice(
      'course',
      '商品',
      [
        ['false', '単品'],
        ['true', '定期1回目'],
      ],
    )}</label>${more}<button>${label}</button></form>`;
  const leaves =
    '<label class="check"><input type="checkbox" name="leaves" value="true"> 結果のあと、完了画面の前に離脱する</label>';
  return `<section><h2>カート画面(購入者)</h2><p>確認画面から完了画面へ進むときに、ハブへ与信を問い合わせます。</p>${form('checkout', 'NP後払いで注文する', leaves)}</section>
    <section><h2>管理画面(注文登録)</h2>${form('admin-create', '注文を登録する', '')}</section>
    ${questionList(courses)}${service}`;
}

const questionRow = (courses: Courses, question: Question): string[] => {
  const { number, placedAtMs, screen, orderNumber, buyer, billedYen, answer, outcome, tookMs } = question;
  return [
    `<a href="${homeOf(courses.officeId)}/questions/${escaped(number)}">${escaped(number)}</a>`,
    escaped(japanDateTime(placedAtMs)),
    escaped(screens[screen]),
    escaped(orderNumber),
    escaped(buyer),
    escaped(`${billedYen.toLocaleString('ja-JP')}円`),
    escaped(answer?.result ?? ''),
    escaped(outcomes[outcome]),
    escaped(answer ? `${tookMs} ms` : ''),
  ];
};

function questionList(courses: Courses): string {
  const rows = courses.questions.all().slice(-shownAtMost).reverse();
  const heads = [
    '',
    '日時',
    '画面',
    '注文番号',
    '注文者',
    '請求金額',
    'ハブの答え',
    'カートがしたこと',
    '時間',
  ];
  return `<section><h2>リアルタイム与信の記録</h2>${table(
    heads,
    rows.map((question) => questionRow(courses, question)),
  )}</section>`;
}

/** One question: what the buyer or the staff see, and what the hub and the cart did. */
export function questionPage(courses: Courses, question: Question): string {
  const { screen, orderNumber, answer, outcome, shown } = question;
  const at = homeOf(courses.officeId);
  const isThere = courses.orders.get(orderNumber) !== undefined;
  const audience = answer?.message?.audience === 'buyer' ? '購入者への表示' : '管理画面への表示';
  const text = shown === '' ? '' : `<p role="status" style="white-space: pre-line">${escaped(shown)}</p>`;
  return `<section><h2>${escaped(screens[screen])}</h2>
    <p><strong>${escaped(outcomes[outcome])}</strong></p>${text === '' ? '' : `<h3>${audience}</h3>${text}`}
    ${fieldTable([
      [
        '注文番号',
        isThere
          ? `<a href="${at}/orders/${escaped(orderNumber)}">${escaped(orderNumber)}</a>`
          : escaped(orderNumber),
      ],
      ['ハブの答え', escaped(answer ? `${answer.status} ${answer.result} → ${answer.action}` : 'なし')],
      ['指示', escaped(answer?.instruction ?? '')],
      ['NP取引ID', escaped(answer?.npTransactionId ?? '')],
    ])}<p><a href="${at}">一覧へ戻る</a></p></section>`;
}

/** 【設定】>【重要項目設定】: 支払い方法設定 and 配送方法設定, and 後払い決済方法変更処理. */
function serviceForm({ settings, officeId }: Courses): string {
  const at = homeOf(officeId);
  const { service, merchantCode, spCode, visibility, feeYen, explanation, carrierCodes, hub } = settings;
  const field = (name: string, label: string, value: string | number): string =>
    `<label>${label} <input name="${name}" value="${escaped(value)}"></label>`;
  const form = (path: string, button: string, fields: string): string =>
    `<form method="post" action="${at}/${path}">${fields}<button>${button}</button></form>`;
  const sure =
    '<label class="check"><input type="checkbox" name="sure" value="true" required> 本当に変更してもよろしいでですか?この操作は元に戻せません。</label>';
  const replace = (target: string, label: string): string =>
    form(
      'replace-payment',
      '保存',
      `<input type="hidden" name="target" value="${target}">${label}: ${services[0]} → ${services[1]} ${sure}`,
    );
  const codes = shippingMethods.map((method) =>
    field(`carrier:${method}`, method, carrierCodes[method] ?? ''),
  );
  return `<section><h2>支払い方法設定 後払い</h2>
    ${form('service', '利用サービスを保存', `<label>利用サービス ${choice('service', '利用サービス', named(services), service)}</label>${field('merchantCode', '加盟店コード', merchantCode)}${field('spCode', 'SPコード', spCode)}`)}
    ${form('payment', '保存', `<label>表示 ${choice('visibility', '表示', named(visibilities), visibility)}</label>${field('feeYen', '手数料(円)', feeYen)}${field('explanation', '支払い方法の説明', explanation)}`)}
    <h3>配送方法設定 運送会社コード</h3>${form('carriers', '保存', codes.join(''))}
    <h3>後払い決済方法変更処理</h3><p>商品: ${escaped(settings.productPayment)}</p>${replace('products', '商品')}${replace('courses', '定期注文マスター')}
    ${form('landing-form', '保存', `<label class="check"><input type="checkbox" name="ticked" value="true"${settings.landingFormTicked ? ' checked' : ''}> LP一体型フォーム: NP後払い(リアルタイム)</label>`)}
    <p>問い合わせ先のハブ: ${hub ? `<code>${escaped(hub.url)}</code> ショップ <code>${escaped(hub.shopId)}</code>` : 'なし'}</p></section>`;
}

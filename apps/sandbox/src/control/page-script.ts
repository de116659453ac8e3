/** The page's script, as it is sent to the browser. It speaks to the control API only. */
export const pageScript = String.raw`
'use strict';
const $ = (id) => document.getElementById(id);
const pageSize = 20;
let ordersOffset = 0, npAfter = '', npFind = '';

const element = (tag, text, ...children) => {
  const node = document.createElement(tag);
  if (text !== undefined && text !== null) node.textContent = String(text);
  node.append(...children);
  return node;
};
const row = (...cells) => element('tr', null, ...cells.map((cell) => cell instanceof Node ? cell : element('td', cell)));
const say = (text) => { $('message').textContent = text; };

async function call(method, path, body) {
  const response = await fetch('/control' + path, body === undefined
    ? { method }
    : { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.message);
  return answer;
}
async function attempt(work, done) {
  try { await work(); say(done || ''); await refresh(); } catch (error) { say('できませんでした: ' + error.message); }
}
const onSubmit = (id, work, done) => $(id).addEventListener('submit', (event) => {
  event.preventDefault();
  attempt(() => work(new FormData(event.target), event.submitter), done);
});
const actionButton = (label, work, what) => {
  const button = element('button', label);
  button.type = 'button';
  button.setAttribute('aria-label', label + ' ' + what);
  button.addEventListener('click', () => attempt(work, label + ': ' + what));
  return button;
};
const number = (value) => value === null || value === '' ? undefined : Number(value);

const deliveryWords = { N: '未配送', Y: '配送完了', C: 'キャンセル', R: '返送' };
const stateWords = { 'not-reviewed': '審査前', reviewing: '審査中', approved: '審査OK', held: '保留', rejected: '審査NG', error: 'エラー(30)',
  reported: '出荷報告済み', paid: '入金済み', cancelled: 'キャンセル済み', lapsed: '失効' };

function orderRow(order) {
  const act = (label, name, body) => actionButton(label, () =>
    call('POST', '/makeshop/orders/' + order.displayOrderNumber + '/' + name, body || {}), order.displayOrderNumber);
  const buttons = order.isDeleted ? [act('元に戻す', 'restore')] : [
    actionButton('建物名を変更', () => {
      const address2 = prompt('新しい建物名など', order.sender.address2);
      return address2 === null ? Promise.resolve() : call('PATCH', '/makeshop/orders/' + order.displayOrderNumber, { sender: { address2 }, receiver: { address2 } });
    }, order.displayOrderNumber),
    actionButton('購入者名・部署名', () => {
      const name = prompt('購入者名', order.sender.name);
      const department = name === null ? null : prompt('部署名', order.sender.department);
      return department === null ? Promise.resolve() : call('PATCH', '/makeshop/orders/' + order.displayOrderNumber, { sender: { name, department } });
    }, order.displayOrderNumber),
    act('配送完了', 'ship', { slipNumber: '1234-5678-' + order.displayOrderNumber.slice(-4), deliveryCompanyCode: '002' }),
    act('未配送に戻す', 'withdraw-shipment'), act('代引きに変更', 'payment-method', { payMethod: 'R' }),
    act('要確認にする', 'open-for-edit'),
    actionButton('決済ステータスを変更', () => {
      const paymentStatus = prompt('表示する決済ステータス', order.paymentStatus);
      return paymentStatus === null ? Promise.resolve() : call('POST', '/makeshop/orders/' + order.displayOrderNumber + '/word', { paymentStatus });
    }, order.displayOrderNumber),
    act('キャンセル', 'cancel'), act('削除', 'delete')];
  const delivery = order.isDeleted ? '削除済み' : order.deliveries.map((one) => deliveryWords[one.status] + (one.slipNumber ? ' ' + one.slipNumber : '')).join(' / ');
  const operations = element('td', null, ...buttons);
  operations.className = 'wide';
  return row(order.displayOrderNumber, order.sender.name + (order.sender.department ? ' (' + order.sender.department + ')' : ''),
    order.totalYen.toLocaleString('ja-JP') + '円', order.payMethod === 'N' ? 'NP後払い' : order.payMethod, order.paymentStatus || '–', delivery, operations);
}

function transactionRow(one) {
  const act = (label, path) => actionButton(label, () => call('POST', '/np/' + path, { np_transaction_id: one.npTransactionId }), one.npTransactionId);
  const set = (label, outcome) => actionButton(label, () => call('POST', '/np/outcome', { np_transaction_id: one.npTransactionId, outcome }), one.npTransactionId);
  const operations = element('td', null, set('OKにする', { result: 'approve' }), set('保留にする', { result: 'hold', hold: ['RE009'] }),
    set('NGにする', { result: 'ng', ng: 'NG001' }), act('入金', 'pay'), act('失効', 'lapse'), act('NP側でキャンセル', 'cancel'),
    act('NP側で出荷報告', 'report'), act('キャンセルを取り消す', 'revive'), act('NPから消す', 'forget'));
  operations.className = 'wide';
  const reasons = [one.credit.ng, ...one.credit.holds].filter(Boolean).join(' ');
  return row(one.npTransactionId, one.shopTransactionId, stateWords[one.state], one.credit.result + (reasons ? ' ' + reasons : ''),
    one.billedAmount.toLocaleString('ja-JP') + '円', one.report ? one.report.slipNumber : '–', operations);
}

const purchaseWords = { requested: '結果待ち', approved: '審査OK', rejected: '審査NG', settled: '売上済み', cancelled: '取消済み', lapsed: '81日目に自動キャンセル', paid: '入金済み' };
function purchaseRow(one) {
  const act = (label, path, body) => actionButton(label, () => call('POST', '/sbps/' + path, { order_id: one.orderId, ...body }), one.orderId);
  const operations = element('td', null, act('入金', 'pay'), act('SBPS側で取消', 'cancel'), act('通知を再送', 'resend', { kind: 'purchase' }));
  operations.className = 'wide';
  const notices = one.notices.map((notice) => notice.kind + ' ' + notice.result + (notice.isAnswered ? '' : '(未達)')).join(' / ');
  return row(one.trackingId, one.orderId, purchaseWords[one.state], one.amountYen.toLocaleString('ja-JP') + '円',
    one.settled ? one.settled.slipNumber : '–', notices || '–', operations);
}

function showSbps(sbps) {
  $('purchases').replaceChildren(...(sbps.purchases.length ? sbps.purchases.map(purchaseRow) : [row('購入はまだありません。')]));
}

function showInfo(info) {
  const base = location.origin;
  const entries = [['NP (ベースアドレス)', base + '/np/v1'],
    ...info.merchants.map((one) => ['NP 加盟店 (' + (one.mode === 'real-time' ? 'リアルタイム' : '非同期') + ')',
      '加盟店コード ' + one.merchantCode + ' / SPコード ' + one.spCode + ' / 端末ID ' + one.terminalId]),
    ['makeshop (GraphQL)', base + '/makeshop/v1/graphql'],
    ['SBPS (API型)', base + '/sbps/api/xmlapi.do'],
    ['SBPS (リンク型)', base + '/sbps/f01/FepBuyInfoReceive.do'],
    ...info.sbpsServices.map((one) => ['SBPS サービス', 'マーチャントID ' + one.merchantId + ' / サービスID ' + one.serviceId + ' / Basic認証 ' + one.basicUser + ' / ' + one.basicPassword + ' / ハッシュキー ' + one.hashKey]),
    ...info.shops.map((one) => ['makeshop ショップ ' + one.shopId, 'token ' + one.token + ' / x-api-key ' + one.apiKey + ' / webhook secret ' + one.webhookSecret]),
    ['件数', '注文 ' + info.orders + ' / NP取引 ' + info.transactions + ' / 通知 送信 ' + info.webhooks.sent + ' 失敗 ' + info.webhooks.failed]];
  $('connect').replaceChildren(...entries.flatMap(([name, value]) => [element('dt', name), element('dd', value)]));
  $('life-state').textContent = info.life.on ? '自動運転中(進行中 ' + info.life.unfinished + '件)' : '停止中';
  $('faults').replaceChildren(...(info.faults.length ? info.faults.map((one) => element('li', one.target + ' ' + (one.operation || 'すべて') + ': ' + one.fault
    + ' / ' + one.every + '回に1回 / 発生 ' + one.fired + '回')) : [element('li', '障害はありません。')]));
  $('magic').replaceChildren(...info.magic.map((one) => row(element('td', null, element('code', one.value)), one.ja, one.en)),
    ...info.amounts.map((one) => row('請求額の下4桁 ' + one.ending, one.ja, one.en)));
  $('magic-values').replaceChildren(...info.magic.map((one) => { const option = element('option'); option.value = one.value; return option; }));
}
function fillForms(info) {
  $('settings').elements.reviewDelayMs.value = info.settings.reviewDelayMs;
  $('settings').elements.duplicateGuard.checked = info.settings.duplicateGuard;
  $('webhook').elements.webhookUrl.value = (info.shops[0] && info.shops[0].webhookUrl) || '';
}

async function refresh() {
  const info = await call('GET', '/info');
  showInfo(info);
  const orders = await call('GET', '/makeshop/orders?newestFirst=true&limit=' + pageSize + '&offset=' + ordersOffset);
  const sbps = await call('GET', '/sbps');
  const busy = document.activeElement && document.activeElement.closest('tbody');
  if (!busy || busy.id !== 'orders') $('orders').replaceChildren(...(orders.orders.length ? orders.orders.map(orderRow) : [row('注文はまだありません。')]));
  $('orders-count').textContent = orders.total + '件中 ' + (orders.total ? ordersOffset + 1 : 0) + '件目から';
  const query = new URLSearchParams({ limit: pageSize, ...(npAfter ? { after: npAfter } : {}), ...(npFind ? { shop_transaction_id: npFind } : {}) });
  const np = await call('GET', '/ledger/np?' + query);
  if (!busy || busy.id !== 'transactions') $('transactions').replaceChildren(...(np.transactions.length ? np.transactions.map(transactionRow) : [row('取引はまだありません。')]));
  if (!busy || busy.id !== 'purchases') showSbps(sbps);
  $('np-count').textContent = '全 ' + np.total + '件';
  lastNp = np.transactions.length ? np.transactions[np.transactions.length - 1].npTransactionId : npAfter;
  return info;
}
let lastNp = '';

onSubmit('create', (form) => {
  const sender = {};
  for (const name of ['name', 'department', 'address2']) if (form.get(name)) sender[name] = form.get(name);
  const priceYen = number(form.get('priceYen'));
  const goods = priceYen === undefined ? {} : { items: [{ productName: '見本の商品', priceYen }], shippingYen: 0, settlementFeeYen: 0, usePointYen: 0, couponDiscountYen: 0 };
  return call('POST', '/makeshop/orders', { sender, ...goods });
}, '注文を作りました。');
onSubmit('bulk', (form) => call('POST', '/makeshop/orders/bulk', { count: number(form.get('count')), seed: number(form.get('seed')),
  alive: form.get('alive') !== null, ...(form.get('mix') === 'demo' ? { mix: 'demo' } : {}) }), 'まとめて作りました。');
onSubmit('life', (form, button) => call('POST', '/life', { on: !button || button.value === 'true', ordersPerMinute: number(form.get('ordersPerMinute')) }));
onSubmit('fault', (form) => {
  const fault = { fault: form.get('fault'), target: form.get('target'), every: number(form.get('every')), delayMs: number(form.get('delayMs')), times: number(form.get('times')) };
  return call('POST', '/faults', form.get('operation') ? { ...fault, operation: form.get('operation') } : fault);
}, '障害を加えました。');
onSubmit('settings', (form) => call('PATCH', '/settings', { reviewDelayMs: number(form.get('reviewDelayMs')), duplicateGuard: form.get('duplicateGuard') !== null }), '保存しました。');
onSubmit('webhook', async (form) => {
  const info = await call('GET', '/info');
  await call('PATCH', '/shops/' + encodeURIComponent(info.shops[0].shopId), { webhookUrl: form.get('webhookUrl') || null });
}, '保存しました。');
onSubmit('sbps-notice', async (form) => {
  const { services } = await call('GET', '/sbps');
  await call('POST', '/sbps/services', { ...services[0], noticeUrl: form.get('noticeUrl') || null });
}, '保存しました。');
onSubmit('find', async (form) => { npFind = form.get('shopTransactionId').trim(); npAfter = ''; });
$('clear-faults').addEventListener('click', () => attempt(() => call('DELETE', '/faults'), '障害を解除しました。'));
$('orders-older').addEventListener('click', () => { ordersOffset += pageSize; attempt(async () => {}); });
$('orders-newer').addEventListener('click', () => { ordersOffset = Math.max(0, ordersOffset - pageSize); attempt(async () => {}); });
$('np-next').addEventListener('click', () => { npAfter = lastNp; attempt(async () => {}); });
$('np-first').addEventListener('click', () => { npAfter = ''; attempt(async () => {}); });

refresh().then(fillForms).catch((error) => say(error.message));
setInterval(() => { refresh().catch(() => say('サンドボックスに接続できません。')); }, 3000);
`;

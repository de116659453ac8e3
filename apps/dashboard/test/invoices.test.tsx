import type { InvoicePage, Role } from '@np-hub/model';
import { keys } from '../src/api/queries.js';
import { choiceOf, chosenRows, InvoiceRows } from '../src/pages/invoices/rows.js';
import { enDeskInvoices } from '../src/text/en-desk-invoices.js';
import { jaDeskInvoices } from '../src/text/ja-desk-invoices.js';
import { rendered } from './support/rendered.js';

jest.mock('react-router', () => ({ Link: 'a' }));

const row = (id: string): InvoicePage['rows'][number] => ({
  shopId: 'shop',
  shopName: '店舗',
  id,
  cart: { ja: 'カート', en: 'Cart' },
  orderNumber: `W-${id}`,
  originNumber: null,
  npTransactionId: null,
  buyerName: '見本 花子',
  billedYen: 3000,
  state: 'approved',
  cartWord: null,
  gate: 'wait',
  actor: 'shop',
  attentions: [],
  reasons: [],
  problems: [],
  deadline: null,
  actions: [],
  orderedAt: '2026-11-01T00:00:00.000Z',
  updatedAt: '2026-11-01T00:00:00.000Z',
  issuedOn: null,
  reportBy: null,
  since: '2026-11-01T00:00:00.000Z',
});
const shown = (role: Role) =>
  rendered(<InvoiceRows rows={[row('1'), row('2')]} step="to-print" />, [[keys.session, { user: { role } }]]);

test('every row can be left out, the button says how many go, and a viewer has neither', () => {
  const html = shown('support');
  expect(html.match(/type="checkbox"/gu)).toHaveLength(3);
  expect(html.match(/ checked=""/gu)).toHaveLength(3);
  expect(html).toContain('選んだ2件を印刷済みにする');
  expect(shown('viewer')).not.toMatch(/checkbox|印刷済みにする/u);
});

test('an order that comes while the list is looked at does not go along by itself', () => {
  const chosen = choiceOf([row('1'), row('2')]);
  expect(chosenRows([row('1'), row('2'), row('late')], chosen).map(({ id }) => id)).toEqual(['1', '2']);
});

test('who is asked is told the date, the count, that there is no way back, and afterwards what failed', () => {
  expect(jaDeskInvoices.markTitle(36)).toContain('36件');
  expect(jaDeskInvoices.markText('2026/11/30')).toMatch(/2026\/11\/30.*印刷待ちには戻せません/u);
  expect(jaDeskInvoices.markedOrders(['W-1', 'W-2'], 36)).toBe('W-1、W-2 ほか34件');
  expect(jaDeskInvoices.marked(36, 0)).toBe('36件を印刷済みにしました。');
  expect(jaDeskInvoices.marked(35, 1)).toContain('1件はできませんでした');
  expect(enDeskInvoices.marked(35, 1)).toContain('1 could not be');
});

import type { CodeCardView } from '@np-hub/model';
import { draftOf } from '../src/pages/desk/draft.js';

const card = (code: string, ask: string): CodeCardView => ({
  code,
  title: { ja: code, en: code },
  explanation: { ja: '', en: '' },
  actor: 'buyer',
  fields: [],
  fix: { ja: '', en: '' },
  example: null,
  buyerText: { ja: `挨拶\n${ask}\n結び`, en: '' },
  weight: 'observed',
  source: '',
});
const cards = [card('RE009', '番地をお知らせください。'), card('E0100065', '電話番号をお知らせください。')];
const order = {
  shopName: '店',
  orderNumber: 'A-1',
  originNumber: null,
  state: 'held' as const,
  actor: 'buyer' as const,
  buyer: { name: '東雲 あかり' },
  reasons: [{ code: 'RE009' }, { code: 'RE009' }, { code: 'RE999' }],
  problems: [{ npCode: 'E0100065' }, { npCode: null }],
};

test('each reason is asked once, in mail and phone script, with shop, order and name filled in', () => {
  const draft = draftOf(order, cards, null);
  expect(draft?.subject).toContain('A-1');
  for (const text of [draft?.body ?? '', draft?.phone ?? '']) {
    expect(text).toContain('東雲 あかり 様');
    expect(text.match(/番地をお知らせください/gu)).toHaveLength(1);
    expect(text).toContain('電話番号をお知らせください');
    expect(text).not.toMatch(/挨拶|結び|RE009/u);
  }
  expect(draft?.body).toContain('返信で');
});

test('with a link the mail leads to the page, until when, and asks for no reply', () => {
  const body = draftOf(order, cards, { url: 'https://hub.example.jp/fix#t', until: '12月1日' })?.body ?? '';
  expect(body).toContain('https://hub.example.jp/fix#t');
  expect(body).toContain('有効期限：12月1日');
  expect(body).not.toContain('返信で');
});

test('the number is the one that the buyer knows', () => {
  expect(draftOf({ ...order, originNumber: 'R-9' }, cards, null)?.subject).toContain('R-9');
});

test('after a refusal another payment method is asked for, without a reason; without codes there is nothing to say', () => {
  const refused = draftOf({ ...order, state: 'rejected' }, cards, null);
  expect(refused?.body).toContain('別のお支払方法');
  expect(refused?.body).not.toContain('番地');
  expect(draftOf({ ...order, reasons: [], problems: [] }, cards, null)).toBeNull();
  expect(draftOf({ ...order, state: 'cancelled' }, cards, null)).toBeNull();
});

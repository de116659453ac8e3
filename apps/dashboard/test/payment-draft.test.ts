import { paymentDraft } from '../src/pages/desk/payment-draft.js';

const order = {
  shopName: '店',
  orderNumber: 'A-1',
  originNumber: 'R-9',
  state: 'rejected' as const,
  buyer: { name: '東雲 あかり' },
  attempts: [{ reportedSlip: null }],
};
const proposal = { name: '代金引換', note: '配送員へお支払いください。', feeYen: 330, totalYen: 5_330 };

test('mail and phone name the method, the fee, the new total and the shop’s sentence', () => {
  const draft = paymentDraft(order, proposal);
  expect(draft.subject).toContain('R-9');
  for (const text of [draft.body, draft.phone]) {
    for (const part of ['東雲 あかり 様', '「代金引換」', '330円', '5,330円', proposal.note])
      expect(text).toContain(part);
    expect(text).toContain('NP後払いからのご請求はございません');
  }
  expect(draft.body).toContain('5,000円');
});

test('nobody is told why NP refused; an order that ended otherwise was not refused', () => {
  expect(paymentDraft(order, proposal).phone).toContain('お答えすることができません');
  const ended = paymentDraft({ ...order, state: 'cancelled' }, proposal);
  expect(ended.body).not.toMatch(/審査|ご利用いただくことができません/u);
});

test('an invoice that may be with the buyer is not to be paid', () => {
  const reported = { ...order, state: 'cancelled' as const, attempts: [{ reportedSlip: '1111' }] };
  expect(paymentDraft(reported, proposal).body).toContain('請求書がお手元に届いておりましたら');
});

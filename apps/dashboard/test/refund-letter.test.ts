import type { TransactionView } from '@np-hub/model';
import { refundLetter } from '../src/text/refund-letter.js';

const viewOf = (status: TransactionView['cartSays']['status'], toYen: number): TransactionView =>
  ({ orderNumber: 'A-1', cartSays: { status }, reissue: { toYen } }) as TransactionView;

const second = (view: TransactionView): string | undefined => refundLetter(view, 3_300).split('\n')[1];

test('the letter names what the buyer asked for', () => {
  expect(second(viewOf('returned', 0))).toBe('ご注文（A-1）のご返品を承りました。');
  expect(second(viewOf('cancelled', 0))).toBe('ご注文（A-1）のキャンセルを承りました。');
  expect(second(viewOf('shipped', 1_200))).toBe('ご注文（A-1）の内容の変更を承りました。');
});

test('all of the money goes back, or the difference', () => {
  expect(refundLetter(viewOf('cancelled', 0), 3_300)).toContain(
    '代金 3,300円 を当店より直接ご返金いたします。',
  );
  expect(refundLetter(viewOf('shipped', 1_200), 2_100)).toContain('差額 2,100円 を');
});

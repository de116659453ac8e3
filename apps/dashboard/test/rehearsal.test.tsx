import type { Rehearsal } from '@np-hub/model';
import { RehearsalResult } from '../src/pages/onboarding/rehearsal.js';
import { rendered } from './support/rendered.js';

const side = { ok: true, message: { ja: '確認する接続はありません。', en: '' }, fields: [] };
const of = (fields: Partial<Rehearsal>): string =>
  rendered(
    <RehearsalResult
      rehearsal={{
        cart: side,
        gateway: side,
        pulls: false,
        orders: [],
        more: false,
        words: [],
        outgoing: [],
        ...fields,
      }}
    />,
  );

test('a cart that is not asked for orders was not connected to: there is nothing to check', () => {
  expect(of({})).toContain('カート：接続の確認は不要です');
  expect(of({})).not.toContain('カート：接続できました');
  expect(of({ pulls: true })).toContain('カート：接続できました');
  expect(of({ cart: { ...side, ok: false } })).toContain('カート：接続できませんでした');
});

import type { BuyerMatch } from '@np-hub/model';
import { toggled } from '../src/components/chosen.js';
import { ErasedPersons, Matches } from '../src/pages/privacy/matches.js';
import { firstChoice, matchKey, personsOf } from '../src/pages/privacy/persons.js';
import { Going, shortened } from '../src/pages/privacy/retention.js';
import { rendered } from './support/rendered.js';

jest.mock('react-router', () => ({ useOutletContext: () => ({ user: { role: 'owner' } }) }));

const match = (id: string, fields: Partial<BuyerMatch> = {}): BuyerMatch => ({
  shopId: 'shop',
  shopName: '店舗',
  id,
  orderNumber: `T-${id}`,
  buyerName: '森　陽子',
  addressStart: '東京都港区六本木',
  phoneEnd: '1234',
  email: 'yoko@example.jp',
  buyer: 1,
  state: 'cancelled',
  orderedAt: '2026-11-01T00:00:00.000Z',
  erasable: true,
  ...fields,
});
const other = { buyer: 2, addressStart: '大阪府堺市', phoneEnd: '9876', email: null };
const namesakes = [match('1'), match('2', other), match('3')];
const checked = (html: string): number => html.split(' checked=""').length - 1;

test('among namesakes nothing is chosen at first; what is one buyer’s is', () => {
  expect(firstChoice(namesakes).size).toBe(0);
  expect([...firstChoice([match('1'), match('3')])]).toEqual(['shop 1', 'shop 3']);
  expect(personsOf(namesakes).map(({ matches }) => matches.map(({ id }) => id))).toEqual([['1', '3'], ['2']]);
});

test('rows tell namesakes apart, and nothing can be exported or erased before somebody has chosen', () => {
  const html = rendered(<Matches matches={namesakes} onErased={() => {}} />);
  for (const text of ['東京都港区六本木', '大阪府堺市', '1234', '9876', 'yoko@example.jp', '2人の購入者'])
    expect(html).toContain(text);
  expect(checked(html)).toBe(0);
  expect(html.match(/<button[^>]* disabled=""/gu)).toHaveLength(2);
  const one = rendered(
    <Matches matches={[match('1'), match('3', { erasable: false })]} onErased={() => {}} />,
  );
  expect(checked(one)).toBe(3);
  expect(one).toContain('選んだ2件を書き出す');
  expect(one).toContain('終わった取引1件の個人情報を消去');
});

test('the confirmation names the persons, each with what tells them apart and how much is theirs', () => {
  const html = rendered(<ErasedPersons matches={namesakes} />);
  expect(html.match(/<li/gu)).toHaveLength(2);
  expect(html).toMatch(/六本木…、電話番号の末尾 1234、yoko@example.jp、2件/u);
  expect(html).toMatch(/堺市…、電話番号の末尾 9876、1件/u);
});

test('a press takes in what it names, or out where all of it was in', () => {
  const keys = namesakes.map(matchKey);
  expect([...toggled(new Set(['shop 1']), ['shop 1', 'shop 3'])]).toEqual(['shop 1', 'shop 3']);
  expect([...toggled(new Set(keys), ['shop 2'])]).toEqual(['shop 1', 'shop 3']);
});

test('a shorter retention asks first, and says from when and how much goes; a longer one does not', () => {
  const saved = { buyers: 365, runs: 90, calls: null };
  expect(shortened(saved, { buyers: 400, runs: 90, calls: null })).toEqual([]);
  expect(shortened(saved, { buyers: null, runs: 120, calls: null })).toEqual([]);
  expect(shortened(saved, { buyers: 30, runs: 90, calls: 31 })).toEqual(['buyers', 'calls']);
  const going = { before: '2026-10-31T15:00:00.000Z', count: 1200 };
  const html = rendered(<Going kinds={['buyers']} going={{ buyers: going, runs: going, calls: null }} />);
  expect(html).toContain('2026/11/1 00:00 より前に終わった取引 1,200件');
  expect(html).not.toContain('読み取り記録');
});

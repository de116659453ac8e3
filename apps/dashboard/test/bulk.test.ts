import { bulkChoices } from '../src/pages/bulk-choice.js';
import { keysBetween } from '../src/pages/selection.js';

const label = (ja: string) => ({ ja, en: ja });
const shop = (
  id: string,
  adapter: string,
  buttons: { action: 'cancel' | 'correct'; label: ReturnType<typeof label> }[],
) => ({
  id,
  adapter,
  capabilities: { pull: false, files: true, push: false, buttons, instructions: [] },
});
const shops = [
  shop('g1', 'goqsystem', [
    { action: 'correct', label: label('与信内容変更') },
    { action: 'cancel', label: label('与信キャンセル') },
  ]),
  shop('m1', 'makeshop', []),
];

describe('what can be done to several transactions', () => {
  it('is what each of them allows', () => {
    const rows = [
      { shopId: 'm1', actions: ['cancel', 'report', 'correct'] },
      { shopId: 'm1', actions: ['cancel', 'retry'] },
    ];
    expect(bulkChoices(rows, shops)).toEqual([{ action: 'cancel', label: null }]);
  });

  it('bears the cart’s own names where all are of one cart', () => {
    const row = { shopId: 'g1', actions: ['cancel', 'correct', 'report'] };
    expect(bulkChoices([row], shops)).toEqual([
      { action: 'cancel', label: label('与信キャンセル') },
      { action: 'report', label: null },
    ]);
    const mixed = bulkChoices([row, { ...row, shopId: 'm1' }], shops);
    expect(mixed.map((choice) => choice.label)).toEqual([null, null]);
  });
});

describe('rows chosen with the shift key', () => {
  const shown = ['a', 'b', 'c', 'd'];

  it('are those between the last press and this one, either way', () => {
    expect(keysBetween(shown, 'b', 'd')).toEqual(['b', 'c', 'd']);
    expect(keysBetween(shown, 'd', 'b')).toEqual(['b', 'c', 'd']);
  });

  it('are this one alone where there was no press before', () => {
    expect(keysBetween(shown, null, 'c')).toEqual(['c']);
    expect(keysBetween(shown, 'gone', 'c')).toEqual(['c']);
  });
});

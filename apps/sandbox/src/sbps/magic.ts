import { outcomeSchema, type SbpsOutcome } from './ledger.js';

const operations = { 購入: 'purchase', 売上: 'settle', 取消: 'cancel' } as const;

/** The magic values in a buyer's texts, as the page shows them. */
export const sbpsMagic: readonly { readonly value: string; readonly ja: string; readonly en: string }[] = [
  { value: '審査NG', ja: '購入の結果通知がNG', en: 'the notice of the purchase says NG' },
  { value: '通知なし', ja: '結果通知が届かない', en: 'no notice ever comes' },
  {
    value: '購入エラー71005004',
    ja: '購入要求をその場で拒否',
    en: 'purchase refused at once with this code',
  },
  {
    value: '売上エラー71086999',
    ja: '売上の結果通知がこのコードのNG',
    en: 'the notice of the settlement says NG',
  },
  {
    value: '取消エラー71086999',
    ja: '取消の結果通知がこのコードのNG',
    en: 'the notice of the cancel says NG',
  },
];

/** What the buyer's texts ask for. Full-width letters and digits count as half-width. */
export function readSbpsMagic(texts: readonly string[]): SbpsOutcome {
  const text = texts.join('\n').normalize('NFKC');
  const outcome = outcomeSchema.parse({});
  if (text.includes('審査NG')) outcome.fail.purchase = '71084999';
  if (text.includes('通知なし')) outcome.silent = ['purchase', 'settle', 'cancel'];
  for (const [, word = '', code = ''] of text.matchAll(/(購入|売上|取消)エラー([0-9A-Z]{8})/g)) {
    const operation = operations[word as keyof typeof operations];
    if (operation === 'purchase') outcome.refuse.purchase = code;
    else outcome.fail[operation] = code;
  }
  return outcome;
}

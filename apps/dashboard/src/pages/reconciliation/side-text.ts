import type { FindingView } from '@np-hub/model';
import { formatYen } from '../../format.js';
import type { Speech } from '../../text/speech.js';
import { wordOr } from '../../words.js';

type Told = Pick<Speech, 'text' | 'language'>;

/** What the hub had and what the other side showed, in one line; a dash where the kind says it all. */
export function sideText({ kind, had, shown }: FindingView, speech: Told): string {
  if (had === null && shown === null) return '–';
  return `${sideOf(kind, had, speech)} → ${sideOf(kind, shown, speech)}`;
}

/** Amounts and our own words as people read them; the cart's words, numbers and codes as they are. */
function sideOf(kind: FindingView['kind'], side: string | null, { text, language }: Told): string {
  if (side === null || side === '') return '–';
  if (kind === 'np-amount' || kind === 'cart-amount') return formatYen(Number(side), language);
  if (kind === 'cart-word') return text.common.quoted(side);
  return wordOr(text.reconciliation.sides, side);
}

import { describeProblem, type CodeCardView, type Problem, type TransactionRow } from '@np-hub/model';
import type { Texts } from './text/texts.js';
import type { Language } from './text/language.js';

/** A word of the dictionary where there is one, else the raw word: what a newer hub says is shown, never hidden. */
export const wordOr = (words: Readonly<Record<string, string>>, raw: string): string =>
  Object.hasOwn(words, raw) ? (words[raw] ?? raw) : raw;

/** The cart's own word, to stand beside ours; null where it has none, or speaks in codes (`open`, `np`) that people need not read. */
export const ownWord = (raw: string | null, code: string): string | null =>
  raw === null || raw === '' || raw === code ? null : raw;

/** The same for words with more than a name. */
export const entryOf = <Entry>(words: Readonly<Record<string, Entry>>, raw: string): Entry | null =>
  Object.hasOwn(words, raw) ? (words[raw] ?? null) : null;

/** What people call a payload path such as `customer.phone`. */
export const fieldLabel = (path: string, language: Language): string =>
  describeProblem({ field: path, rule: '', npCode: null }, language).field;

/** What has to be corrected before anything is sent. Of an order that has left NP nothing is to be sent. */
export const problemsOf = (row: Pick<TransactionRow, 'state' | 'problems'>): readonly Problem[] =>
  row.state === 'released' || row.state === 'cancelled' ? [] : row.problems;

/** What to do now. While the checkout is open that is for the cart: whoever reads it here has nothing to do. */
export function nextOf(row: Pick<TransactionRow, 'state' | 'actor' | 'deadline'>, text: Texts): string {
  if (row.actor !== 'none' || row.deadline?.kind !== 'checkout-open') return text.states[row.state].next;
  return text.atCheckout[row.state === 'blocked' || row.state === 'rejected' ? 'correcting' : 'confirming'];
}

/** What to do about a row, in a few words; null where nobody has to do anything. */
export function shortTodo(
  row: Pick<TransactionRow, 'state' | 'actor' | 'attentions'>,
  text: Texts,
): string | null {
  if (row.actor === 'none' || row.actor === 'np') return null;
  if (row.attentions.includes('unmapped-word')) return text.list.explainWord;
  if (row.state === 'blocked' && row.attentions.includes('possible-duplicate'))
    return text.doubts.duplicate.todo;
  if (row.actor === 'nobody') return text.todos.rejected ?? null;
  return text.todos[row.state] ?? (row.attentions.length > 0 ? text.list.open : null);
}

/** Everything that stands in the way or has to be looked at, most telling first, each in a few words. */
export function shortReasons(
  row: Pick<TransactionRow, 'state' | 'problems' | 'reasons' | 'attentions'>,
  cards: readonly CodeCardView[],
  speech: { readonly text: Texts; readonly language: Language },
): readonly string[] {
  const { text, language } = speech;
  const titleOf = (code: string) => {
    const card = cards.find((one) => one.code === code);
    if (card) return card.title[language];
    // No cards at all: they are on their way, and nobody can say yet that this code has none.
    return cards.length === 0 ? code : `${code} ${text.detail.reasons.unknown}`;
  };
  return [
    ...row.attentions.map((name) => entryOf(text.attentions, name)?.label ?? name),
    ...problemsOf(row).map((problem) => describeProblem(problem, language).message),
    ...row.reasons.map(({ code }) => titleOf(code)),
  ];
}

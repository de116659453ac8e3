import { problemParts } from '@np-hub/kit';
import type { OpenOrderResult } from '@np-hub/model';
import type { TakenOrder } from '../intake/taken.js';

export type ItemError = OpenOrderResult['errors'][number];

const stale = {
  ja: 'この注文については、より新しい内容をすでに受け取っています。',
  en: 'Something newer is known of this order already.',
};
const unknown = {
  ja: 'この注文番号の注文は登録されていません。先に注文を送信してください。',
  en: 'No order of this number is known. Send the order first.',
};
const twice = {
  ja: '同じ注文番号が、この呼び出しの中に2回あります。',
  en: 'This order number comes twice in one call.',
};

/** `destinations[0].name` under `orders[3]` → `orders[3].destinations[0].name`. */
export const pathUnder = (place: string, path: string): string => [place, path].filter(Boolean).join('.');

export const refused = (orderNumber: string, errors: readonly ItemError[]): OpenOrderResult => ({
  orderNumber,
  ok: false,
  outcome: 'refused',
  errors: [...errors],
  newWords: [],
});

export const refusedAsUnknown = (orderNumber: string, field: string): OpenOrderResult =>
  refused(orderNumber, [{ field, code: 'unknown-order', message: unknown }]);

export const refusedAsTwice = (orderNumber: string, field: string): OpenOrderResult =>
  refused(orderNumber, [{ field, code: 'twice', message: twice }]);

/** What an adapter says of an unreadable order, by paths (`problemAt`), as errors of the item. */
export function unreadable(place: string, problems: readonly string[]): readonly ItemError[] {
  return problems.map((problem) => {
    const { place: path, text: message } = problemParts(problem);
    const field = path === 'order' ? place : pathUnder(place, path);
    return { field: field || 'order', code: 'invalid-input', message };
  });
}

/** How an order that could be read was taken. */
export function resultOf(taken: TakenOrder, place: string): OpenOrderResult {
  const { orderNumber, kind } = taken;
  if (kind === 'older')
    return refused(orderNumber, [{ field: pathUnder(place, 'changedAt'), code: 'stale', message: stale }]);
  const newWords = taken.newWords.map(({ axis, raw }) => ({ axis, raw }));
  return { orderNumber, ok: true, outcome: kind, errors: [], newWords };
}

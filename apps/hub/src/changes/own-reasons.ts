import type { LocalText } from '@np-hub/kit';

/** Reasons of the hub's own that are about the order as a whole: no code of a gateway, and no field that is wrong. */
export const ownReasons: ReadonlyMap<string, LocalText> = new Map([
  [
    'possible-duplicate',
    {
      ja: '同じ購入者・同じ請求金額の注文があります（重複の疑い）',
      en: 'There is another order of the same buyer over the same amount (possibly a duplicate)',
    },
  ],
]);

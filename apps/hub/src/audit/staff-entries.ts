import type { AuditEntry } from './audit.js';

interface StaffRow {
  readonly shop_id: string;
  readonly transaction_id: string;
  readonly sequence: number;
  readonly event: { readonly type: string };
  readonly outcome: string | null;
  readonly by_login: string | null;
}

/** What people did to transactions, as lines of the trail: they name the line of the history, which says the rest. */
export const staffEntries = (rows: readonly StaffRow[]): AuditEntry[] =>
  rows.flatMap(({ by_login: by, shop_id: shopId, transaction_id: id, event, sequence, outcome }) =>
    by === null
      ? []
      : [
          {
            by,
            action: `transaction/${event.type}` as const,
            object: `transaction:${id}`,
            shopId,
            details: { history: sequence, refused: outcome },
          },
        ],
  );

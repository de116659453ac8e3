import { bulkActionSchema, type BulkAction, type ShopView, type TransactionRow } from '@np-hub/model';
import type { LocalText } from '../api/types.js';

/** One button of the bulk bar; `label` null: under the hub's own name. */
export interface BulkChoice {
  readonly action: BulkAction;
  readonly label: LocalText | null;
}

type Shop = Pick<ShopView, 'id' | 'adapter' | 'capabilities'>;
type Row = Pick<TransactionRow, 'shopId'> & { readonly actions?: readonly string[] };

const isBulk = (action: string): action is BulkAction => bulkActionSchema.safeParse(action).success;

/**
 * What can be done to all chosen rows: the actions that each of them allows. Where they are all of one kind of cart, its
 * own buttons come first and lend their names.
 */
export function bulkChoices(rows: readonly Row[], shops: readonly Shop[]): readonly BulkChoice[] {
  const allowed = bulkActionSchema.options.filter((action) =>
    rows.every(({ actions }) => actions === undefined || actions.includes(action)),
  );
  const concerned = shops.filter(({ id }) => rows.some(({ shopId }) => shopId === id));
  const oneCart = new Set(concerned.map(({ adapter }) => adapter)).size === 1;
  const buttons = oneCart ? (concerned[0]?.capabilities.buttons ?? []) : [];
  const ofCart = buttons.flatMap(({ action, label }) =>
    isBulk(action) && allowed.includes(action) ? [{ action, label }] : [],
  );
  const others = allowed.filter((action) => !ofCart.some((button) => button.action === action));
  return [...ofCart, ...others.map((action) => ({ action, label: null }))];
}

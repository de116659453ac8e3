import { aliveAtNp, differences, impliedState } from '../../path/implied.js';
import type { CartOrder, NpTransaction } from './lives.js';
import type { HubRow } from './scene.js';

/** An order with all that the cart, NP and the hub have on record about it. */
export interface Case {
  readonly order: CartOrder;
  readonly lives: readonly NpTransaction[];
  readonly row: HubRow | undefined;
  /** Staff have cancelled it in the hub. */
  readonly cancelledInHub: boolean;
}

/** A person is asked: by name, or by a mark that the list can be filtered for. */
const isLoud = ({ actor, attentions }: HubRow): boolean => actor === 'shop' || attentions.length > 0;

function expectedState({ order, lives, cancelledInHub }: Case): string {
  const implied = impliedState(order, lives);
  const isClosed = implied === 'released' || implied === 'cancelled' || implied === 'cancel-refused-paid';
  if (!cancelledInHub || isClosed) return implied;
  return lives.at(-1)?.state === 'paid' ? 'cancel-refused-paid' : 'cancelled';
}

/** What is wrong about one order at rest, told from the records of the outside world; null where all is well. */
export function complaintAbout(one: Case): string | null {
  const { order, lives, row } = one;
  const name = `${order.displayOrderNumber} (${order.life?.script ?? 'done'})`;
  const isClosed = ['released', 'cancelled'].includes(impliedState(order, lives));
  if (!row) return isClosed && lives.length === 0 ? null : `${name} is not known to the hub`;
  if (row.state === 'in-doubt') return isLoud(row) ? null : `${name} is in doubt, and nobody is told`;
  const [alive] = aliveAtNp(lives);
  // A notice of deletion may have found no hub: then the next readings miss the order, and a person is asked.
  if (order.isDeleted && row.attentions.includes('order-missing')) return null;
  const expected = expectedState(one);
  if (row.state !== expected) return `${name} is ${row.state}; NP and the cart imply ${expected}`;
  if (isClosed && alive && alive.state !== 'paid') return `${name} is closed and alive at NP`;
  if (!alive || isClosed) return null;
  const fields = differences(order, alive);
  if (fields.length > 0 && !isLoud(row)) return `${name}: NP has other ${fields.join(', ')} than the cart`;
  const shipped = order.deliveries[0]?.status === 'Y';
  if (shipped && alive.state === 'approved') return `${name} has left, is approved, and NP was not told`;
  return null;
}

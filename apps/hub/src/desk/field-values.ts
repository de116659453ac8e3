import { cartValueOf, toNpPayload, type CorrectablePath, type Party } from '@np-hub/model';
import type { StoredOrder } from '../intake/stored-order.js';

/** What NP is to get for a field now, the corrections included; empty where there is nothing. */
export function valueOf({ order, corrections }: StoredOrder, path: CorrectablePath): string {
  if (path === 'settlementType') return corrections[path]?.value ?? '';
  if (path.startsWith('parcel.')) return corrections[path]?.value ?? cartValueOf(order, path) ?? '';
  const { customer, destination } = toNpPayload(order, corrections);
  const party: Partial<Party> = path.startsWith('destination.') ? (destination ?? {}) : customer;
  return party[path.slice(path.indexOf('.') + 1) as keyof Party] ?? '';
}

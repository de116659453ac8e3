import type { ShopView } from '@np-hub/model';

/** How a shop's system comes to show the status: the hub writes it, a file brings it, the system asks, a person sets it. */
export type WriteBack = 'push' | 'file' | 'feed' | 'hand';

/** A system that can neither be written to nor takes files has nothing to switch on: it follows the feed or webhooks. */
export function writeBackOf({
  capabilities,
  writeBack,
}: Pick<ShopView, 'capabilities' | 'writeBack'>): WriteBack {
  if (writeBack) return 'push';
  if (capabilities.files) return 'file';
  return capabilities.push ? 'hand' : 'feed';
}

import type { CartAdapter } from '@np-hub/kit';
import type { ShopView } from '@np-hub/model';

/** What the cart's adapter brings. */
export const capabilitiesOf = (adapter: CartAdapter): ShopView['capabilities'] => ({
  pull: adapter.pull !== undefined,
  files: adapter.file !== undefined,
  push: adapter.push !== undefined,
  buttons: (adapter.buttons ?? []).map(({ action, label }) => ({ action, label })),
  instructions: [...(adapter.instructions ?? [])],
});

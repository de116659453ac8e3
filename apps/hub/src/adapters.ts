import { anySystem } from '@np-hub/adapter-any-system';
import { cagolab } from '@np-hub/adapter-cagolab';
import { goqsystem } from '@np-hub/adapter-goqsystem';
import { makeshop } from '@np-hub/adapter-makeshop';
import { subscriptionStore } from '@np-hub/adapter-subscription-store';
import type { CartAdapter } from '@np-hub/kit';

/** The only list of installed carts. To add one: its line here, and its package in package.json. */
export const adapters: readonly CartAdapter[] = [
  makeshop as CartAdapter,
  cagolab as CartAdapter,
  goqsystem as CartAdapter,
  subscriptionStore as CartAdapter,
  anySystem as CartAdapter,
];

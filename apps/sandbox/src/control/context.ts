import type { Life } from '../life/life.js';
import type { Staff } from '../makeshop/staff.js';
import type { Webhooks } from '../makeshop/webhooks.js';
import type { World } from '../world.js';

export interface ControlContext {
  readonly world: World;
  readonly webhooks: Webhooks;
  readonly staff: Staff;
  readonly life: Life;
}

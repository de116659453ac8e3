import type { Actor, ShipGate, State } from '@np-hub/model';

/** Families of states: each has one colour and one sign everywhere, and never the colour alone. */
export type Tone = 'progress' | 'good' | 'attention' | 'bad' | 'ended';

export const stateTones: Readonly<Record<State, Tone>> = {
  received: 'progress',
  registering: 'progress',
  reviewing: 'progress',
  amending: 'progress',
  reporting: 'progress',
  cancelling: 'progress',
  reissuing: 'progress',
  approved: 'good',
  reported: 'good',
  paid: 'good',
  held: 'attention',
  'in-doubt': 'attention',
  blocked: 'bad',
  rejected: 'bad',
  'amendment-failed': 'bad',
  'report-failed': 'bad',
  'cancel-failed': 'bad',
  'cancel-refused-paid': 'bad',
  'reissue-failed': 'bad',
  lapsed: 'bad',
  cancelled: 'ended',
  released: 'ended',
};

export const gateTones: Readonly<Record<ShipGate, Tone>> = { ship: 'good', wait: 'attention', stop: 'bad' };

export const actorTones: Readonly<Record<Actor, Tone>> = {
  buyer: 'attention',
  shop: 'attention',
  np: 'progress',
  nobody: 'bad',
  none: 'ended',
};

import { z } from 'zod';

/** The states of model.md. A state names the facts; it is never set by itself. */
export const stateSchema = z.enum([
  'received',
  'blocked',
  'registering',
  'reviewing',
  'approved',
  'held',
  'rejected',
  'amending',
  'amendment-failed',
  'reporting',
  'report-failed',
  'reported',
  'cancelling',
  'cancel-failed',
  'cancelled',
  'cancel-refused-paid',
  'reissuing',
  'reissue-failed',
  'lapsed',
  'in-doubt',
  'paid',
  'released',
]);
export type State = z.infer<typeof stateSchema>;

/** States in which nothing is left to do at NP, with the events that can still re-open them. */
export const finalStates: Readonly<Partial<Record<State, readonly string[]>>> = {
  cancelled: [
    'drift-found',
    'order-received',
    'order-changed',
    'order-confirmed',
    'payment-method-changed',
    'retry-requested',
  ],
  released: ['drift-found', 'order-received', 'order-changed', 'payment-method-changed', 'adopt-requested'],
  paid: [
    'drift-found',
    'cancel-requested',
    'release-requested',
    'order-cancelled',
    'order-deleted',
    'payment-method-changed',
  ],
  'cancel-refused-paid': ['drift-found', 'retry-requested', 'order-received', 'order-changed'],
};

/**
 * What decides the word a cart shows: the state, split where carts have one word for "queued" and another
 * for "sent". A doubt shows the in-progress word of its operation.
 */
export type WordKey =
  | Exclude<State, 'registering' | 'amending' | 'reporting' | 'in-doubt'>
  | `${'registering' | 'amending' | 'reporting'}-${'queued' | 'sent'}`;

export const wordKeys: readonly WordKey[] = [
  ...stateSchema.options.filter(
    (state): state is Exclude<State, 'registering' | 'amending' | 'reporting' | 'in-doubt'> =>
      !['registering', 'amending', 'reporting', 'in-doubt'].includes(state),
  ),
  'registering-queued',
  'registering-sent',
  'amending-queued',
  'amending-sent',
  'reporting-queued',
  'reporting-sent',
];

/** Writing operations at a gateway; one at a time per transaction. */
export const operationSchema = z.enum(['register', 'amend', 'cancel', 'report', 'reissue']);
export type Operation = z.infer<typeof operationSchema>;

export const gateSchema = z.enum(['ship', 'wait', 'stop']);
/** Whether the warehouse may send the goods. */
export type ShipGate = z.infer<typeof gateSchema>;

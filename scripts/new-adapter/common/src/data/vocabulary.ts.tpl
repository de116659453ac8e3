import type { Carrier, CartStatus, PaymentRoute } from '@np-hub/model';

/**
 * The cart's own words, as they stand in its files or answers. Leave out what you do not know for sure: an unknown word
 * stays unmapped, and a person maps it once. Mark each table as confirmed, observed or assumed, with the source.
 */
export const statusWords: Readonly<Record<string, CartStatus>> = {
  'FILL_IN open': 'open', // an order being worked on
  'FILL_IN shipped': 'shipped',
  'FILL_IN cancelled': 'cancelled',
};

/** Every payment method that is NP後払い is `np`, the others that are known `other`. */
export const payments: Readonly<Record<string, PaymentRoute>> = {
  'FILL_IN NP': 'np',
  'FILL_IN other': 'other',
};

/** packages/model/src/carriers.ts has the names; a carrier that NP does not take is `unsupported`. */
export const carriers: Readonly<Record<string, Carrier>> = {
  'FILL_IN ヤマト': 'yamato',
};

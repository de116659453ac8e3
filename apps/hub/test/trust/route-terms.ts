import type { Role } from '@np-hub/model';

/** What another shop has, by the names of the parameters of a path. */
export interface Foreign {
  readonly shopId: string;
  readonly transactionId: string;
  readonly webhookId: string;
  readonly importId: string;
  readonly fileId: string;
  readonly runId: string;
  readonly findingId: string;
  readonly linkId: string;
  readonly connectionId: string;
  readonly userId: string;
  readonly keyId: string;
  readonly moveId: string;
  readonly orderNumber: string;
}

export interface Route {
  /** The least role; `public`: nobody has to sign in; `person`: whoever has signed in, but no key. */
  readonly least: Role | 'public';
  readonly people?: true;
  /** Only for whoever has every shop: others are refused whatever they name. */
  readonly everyShop?: true;
  readonly body?: (of: Foreign) => unknown;
  readonly query?: (of: Foreign) => string;
  /** The parameters of the path beside the shop. */
  readonly path?: (of: Foreign) => Readonly<Record<string, string>>;
  /** What is not one shop's own: everybody of that role gets it. */
  readonly shared?: true;
}

export const transaction = { path: (of: Foreign) => ({ id: of.transactionId }) };
export const webhook = { path: (of: Foreign) => ({ id: of.webhookId }) };
export const anImport = { path: (of: Foreign) => ({ importId: of.importId }) };
export const byShop = { query: (of: Foreign) => `?shopId=${of.shopId}` };
export const connection = { path: ({ connectionId }: Foreign) => ({ connectionId }) };
export const finding = { path: (of: Foreign) => ({ id: of.findingId }) };
export const keyOf = ({ shopId, transactionId }: Foreign) => ({ keys: [{ shopId, id: transactionId }] });
export const order = (of: Foreign) => ({ orderNumber: of.orderNumber });
export const move = { least: 'operator', path: (of: Foreign) => ({ moveId: of.moveId }) } as const;
export const word = { axis: 'carrier', raw: 'x' };

import type { CartKind, GatewayKind } from '@np-hub/model';

export interface LocalText {
  readonly ja: string;
  readonly en: string;
}

/** A kind of cart or gateway that can be connected; what belongs to carts only is left out for gateways. */
export type Choice = GatewayKind & Partial<CartKind>;

export type Settings = Readonly<Record<string, unknown>>;

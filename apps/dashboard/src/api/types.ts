import type { NpPayload, Problem, SettingField, ShopView } from '@np-hub/model';

/** Answers of the API that have no view type of their own in the model. */

export interface LocalText {
  readonly ja: string;
  readonly en: string;
}

/** A kind of cart or gateway that can be connected, with the form that its settings need. */
export interface Choice {
  readonly id: string;
  readonly label: LocalText;
  readonly fields: readonly SettingField[];
  /** Of carts only: what the adapter brings. */
  readonly capabilities?: ShopView['capabilities'];
  /** Of carts only: what a new shop starts with. */
  readonly policies?: Readonly<Record<string, unknown>>;
}

/** A contract with NP or SBPS. `settings` holds no secrets. */
export interface Connection {
  readonly id: string;
  readonly name: string;
  readonly gateway: string;
  readonly gatewayLabel: LocalText;
  readonly settings: Settings;
  /** How the last call failed as a whole: `kind: message`; null while calls go through. */
  readonly trouble: string | null;
  /** Where the gateway sends its notices; null where it sends none, or the hub has no public address. */
  readonly notificationUrl: string | null;
  readonly notifies: boolean;
}

export type Settings = Readonly<Record<string, unknown>>;

/** What NP would get, and what it would refuse; nothing is saved. */
export interface Preview {
  readonly payload: NpPayload;
  readonly problems: readonly Problem[];
}

export type Run = NonNullable<ShopView['lastRun']>;

import type { CartAdapter, HttpClient, WebhookRequest } from '@np-hub/kit';

/** What the suite needs to know of a cart. Samples are asked for by declared capability; none can be left out. */
export interface AdapterSubject<Settings> {
  readonly adapter: CartAdapter<Settings>;
  /** As a person would fill in the form; every secret field has a value that occurs nowhere else. */
  readonly settings: Readonly<Record<string, unknown>>;
  /**
   * The package's folder. It holds `src`, `package.json`, and `fixtures/<case>.in.json → <case>.out.json`; for files
   * `<case>.<layout>.in.csv`, with `.2`, `.3` behind the layout for later files, and a list of readings by order number.
   */
  readonly folder: string;
  /** Only where an order of the cart cannot hold more than one destination. */
  readonly oneDestination?: true;
  /** For `pull`: a stand-in for the cart that holds so many orders, whatever window it is asked for, and pages as the cart does. */
  readonly pull?: { cartHolding(orders: number): HttpClient };
  /** For `webhook`: the body of a good notice, and how the cart signs, with the headers that count and no others. */
  readonly webhook?: { readonly body: string; sign(body: string, at: Date): WebhookRequest };
  /** For `push`: a stand-in for the cart that accepts every status but those of one order. */
  readonly push?: { cartRefusing(orderNumber: string): HttpClient };
}

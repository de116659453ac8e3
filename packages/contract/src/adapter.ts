import type { CartAdapter, HttpClient, WebhookRequest } from '@np-hub/kit';
import { describeHouseRules } from './adapter-house.js';
import { describePull, describePush, describeWebhook } from './adapter-io.js';
import { describeReading } from './adapter-reading.js';
import { describeWords } from './adapter-words.js';

/** What the suite needs to know of a cart. Samples are asked for by declared capability; none can be left out. */
export interface AdapterSubject<Settings> {
  readonly adapter: CartAdapter<Settings>;
  /** As a person would fill in the form; every secret field has a value that occurs nowhere else. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** The package's folder. It holds `src`, `package.json`, and `fixtures/<case>.in.json → <case>.out.json`. */
  readonly folder: string;
  /** For `webhook`: the body of a good notice, and how the cart signs, with the headers that count and no others. */
  readonly webhook?: { readonly body: string; sign(body: string, at: Date): WebhookRequest };
  /** For `push`: a stand-in for the cart that accepts every status but those of one order. */
  readonly push?: { cartRefusing(orderNumber: string): HttpClient };
}

/**
 * The Jest suite that every cart adapter has to pass. Driven by the capabilities that the adapter declares;
 * there is no way to leave a part out.
 */
export function adapterContract<Settings>(subject: AdapterSubject<Settings>): void {
  const { adapter } = subject;
  const settings = adapter.settings.parse(subject.settings);
  describe(`adapter ${adapter.id}`, () => {
    describeHouseRules(subject);
    describeWords(adapter);
    describeReading(subject, settings);
    if (adapter.pull) describePull(subject, adapter.pull, settings);
    if (adapter.webhook) describeWebhook(subject, adapter.webhook, settings);
    if (adapter.push) describePush(subject, adapter.push, settings);
  });
}

import { describeHouseRules } from './adapter-house.js';
import { describePull, describePush, describeWebhook } from './adapter-io.js';
import { describeReading } from './adapter-reading.js';
import type { AdapterSubject } from './adapter-subject.js';
import { describeWords } from './adapter-words.js';

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

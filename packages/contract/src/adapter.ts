import { casesOf } from './adapter-cases.js';
import { fileChecks } from './adapter-files.js';
import { houseChecks } from './adapter-house.js';
import { describePull, describePush, describeWebhook } from './adapter-io.js';
import { orderChecks } from './adapter-orders.js';
import { readerOf, readingChecks } from './adapter-reading.js';
import { resultChecks } from './adapter-results.js';
import type { AdapterSubject } from './adapter-subject.js';
import { surfaceChecks } from './adapter-surface.js';
import { exchangeChecks } from './adapter-transports.js';
import { wordChecks } from './adapter-words.js';
import { type Check, describeChecks } from './check.js';

/** The checks of a part of the suite, in the order in which an author works. */
export function adapterChecks<Settings>(
  subject: AdapterSubject<Settings>,
  settings: Settings,
): Record<string, Check[]> {
  const { adapter } = subject;
  const cases = casesOf(subject, settings);
  const read = readerOf(subject, settings);
  const { file } = adapter;
  return {
    'house rules': houseChecks(subject),
    words: [...wordChecks(adapter), ...surfaceChecks(adapter, settings)],
    ...(file
      ? {
          files: fileChecks(subject, file, cases, { settings, read }),
          results: resultChecks(subject, file, settings),
        }
      : {}),
    readOrder: [...readingChecks(subject, cases, read), ...orderChecks(cases, read)],
    exchange: exchangeChecks(subject, settings),
  };
}

/**
 * The Jest suite that every cart adapter has to pass. Driven by the capabilities that the adapter declares;
 * there is no way to leave a part out. What fails says what to do next.
 */
export function adapterContract<Settings>(subject: AdapterSubject<Settings>): void {
  const { adapter } = subject;
  const settings = adapter.settings.parse(subject.settings);
  describe(`adapter ${adapter.id}`, () => {
    for (const [title, checks] of Object.entries(adapterChecks(subject, settings)))
      if (checks.length > 0) describeChecks(title, checks);
    if (adapter.pull) describePull(subject, adapter.pull, settings);
    if (adapter.webhook) describeWebhook(subject, adapter.webhook, settings);
    if (adapter.push) describePush(subject, adapter.push, settings);
  });
}

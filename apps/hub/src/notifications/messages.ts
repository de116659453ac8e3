import type { Topic } from '@np-hub/model';
import { noticeText } from '../changes/notice-texts.js';
import type { Alert } from './alerts.js';
import { findingTitle, outageTitles, words, type Language } from './texts.js';

/** A message before it is put into the form of its channel. */
export interface Message {
  readonly title: string;
  readonly lines: readonly string[];
}

/** So many are told one by one; the rest is a number with a link to the inbox. */
const mostLines = 20;
const topics: readonly Topic[] = ['ng', 'hold', 'stop', 'drift', 'outage', 'first-seen'];

/** One message about many alerts. `link` is the hub's address; null: nobody knows it, and there are no links. */
export function messageOf(
  alerts: readonly Alert[],
  {
    language,
    link,
    digest,
    more,
  }: {
    readonly language: Language;
    readonly link: string | null;
    readonly digest: boolean;
    /** Alerts beyond these. */
    readonly more: number;
  },
): Message {
  const text = words[language];
  const counts = topics.flatMap((topic) => {
    const count = alerts.filter((alert) => alert.topic === topic).length;
    return count === 0 ? [] : [text.count(text.topics[topic], count)];
  });
  const shown = alerts.slice(0, mostLines);
  const left = alerts.length - shown.length + more;
  return {
    title: `${digest ? text.digest : text.title}${counts.join(text.comma)}`,
    lines: [
      ...shown.map((alert) => lineOf(alert, language, link)),
      ...(left > 0 ? [text.rest(left)] : []),
      ...(link ? [`${text.inbox} ${link}/inbox`] : []),
    ],
  };
}

/** What a test sends. */
export const testMessage = (language: Language): Message => ({
  title: words[language].testTitle,
  lines: [words[language].testLine],
});

function lineOf(alert: Alert, language: Language, link: string | null): string {
  const text = words[language];
  const { body, shopId } = alert;
  const parts = [`【${text.topics[alert.topic]}】`];
  if (alert.shopName) parts.push(alert.shopName);
  if ('orderNumber' in body) parts.push(text.order(body.orderNumber));
  parts.push(whatOf(alert, language));
  if (link && shopId && 'transactionId' in body)
    parts.push(`${link}/transactions/${shopId}/${body.transactionId}`);
  return parts.join(' ');
}

function whatOf({ body }: Alert, language: Language): string {
  const text = words[language];
  switch (body.kind) {
    case 'order':
      return noticeText(body.notice, body.state, body.reasons)[language];
    case 'finding':
      return findingTitle(body.finding, language);
    case 'outage':
      return text.outage(body.name, outageTitles[body.failure]?.[language] ?? body.failure);
    case 'code':
      return text.firstSeen(body.code);
  }
}

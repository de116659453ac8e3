import { Button, Group, Text } from '@mantine/core';
import type { TimelineEntry, TransactionView } from '@np-hub/model';
import { useState } from 'react';
import { Section } from '../../components/section.js';
import { StateTag } from '../../components/tag.js';
import { formatExactMoment, formatMoment, formatYen } from '../../format.js';
import { usePersonName } from '../../components/person.js';
import { useSpeech, type Speech } from '../../text/speech.js';
import { wordOr } from '../../words.js';
import { leftUnanswered } from './calls.js';

const firstEntries = 20;

/** Everything that happened, newest first: events with the state after them, and calls with their details. */
export function History({ view }: { view: TransactionView }) {
  const { detail, common } = useSpeech().text;
  const { timeline } = detail;
  const [all, setAll] = useState(false);
  const [calls, setCalls] = useState(true);
  const newestFirst = [...view.timeline].sort((left, right) => right.at.localeCompare(left.at));
  const wanted = newestFirst.filter((entry) => calls || entry.kind === 'event');
  const shown = all ? wanted : wanted.slice(0, firstEntries);
  return (
    <Section
      title={timeline.title}
      aside={
        <Button size="compact-xs" variant="default" aria-pressed={!calls} onClick={() => setCalls(!calls)}>
          {timeline.onlyEvents}
        </Button>
      }
    >
      <Text size="sm" c="dimmed">
        {timeline.lead}
      </Text>
      {shown.length === 0 && <Text size="sm">{timeline.empty}</Text>}
      <ol className="timeline">
        {shown.map((entry) => (
          <Entry key={entry.id} entry={entry} unanswered={leftUnanswered(entry, view.timeline)} />
        ))}
      </ol>
      {wanted.length > shown.length && (
        <Group justify="center">
          <Button size="compact-sm" variant="default" onClick={() => setAll(true)}>
            {timeline.all}
            {common.aside(String(wanted.length))}
          </Button>
        </Group>
      )}
    </Section>
  );
}

function Entry({ entry, unanswered }: { entry: TimelineEntry; unanswered: boolean }) {
  const { text, language } = useSpeech();
  const nameOf = usePersonName();
  const { timeline } = text.detail;
  const title =
    entry.kind === 'event'
      ? wordOr(text.events, entry.name)
      : timeline.callOf(wordOr(text.operations, entry.name));
  const outcomes: Readonly<Record<string, string>> = { ...timeline.outcomes, ...text.refusals };
  return (
    <li className={`entry entry-${entry.kind}`}>
      <div className="entry-head">
        <span className="entry-title">{title}</span>
        {entry.state && <StateTag state={entry.state} />}
      </div>
      <div className="entry-meta">
        <time dateTime={entry.at} title={formatExactMoment(entry.at, language)}>
          {formatMoment(entry.at, language)}
        </time>
        {entry.attempt !== null && <span>{timeline.attempt(entry.attempt)}</span>}
        {entry.by !== null && <span>{timeline.by(nameOf(entry.by))}</span>}
        {entry.outcome !== null && (
          <span>{unanswered ? timeline.outcomes.unanswered : wordOr(outcomes, entry.outcome)}</span>
        )}
        {entry.reasons.map((reason) => (
          <span key={reason.code} className="mono">
            {reason.code}
          </span>
        ))}
      </div>
      <EntryDetails details={entry.details} />
    </li>
  );
}

function EntryDetails({ details }: { details: TimelineEntry['details'] }) {
  const { text, language } = useSpeech();
  const entries = Object.entries(details).filter(([key, value]) => key !== 'sequence' && value !== null);
  if (entries.length === 0) return null;
  return (
    <details className="entry-details">
      <summary>{text.common.details}</summary>
      <dl>
        {entries.map(([key, value]) => (
          <div key={key}>
            <dt>{wordOr(text.detail.timeline.keys, key)}</dt>
            <dd>{detailText(key, String(value), { text, language })}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

/** Our own words, amounts and moments as people read them; everything else as it is. */
function detailText(
  key: string,
  value: string,
  { text, language }: Pick<Speech, 'text' | 'language'>,
): string {
  switch (key) {
    case 'operation':
      return wordOr(text.operations, value);
    case 'deadline':
      return wordOr(text.deadlines, value);
    case 'found':
      return wordOr(text.foundAtNp, value);
    case 'billedYen':
      return formatYen(Number(value), language);
    case 'fixedAt':
      return formatMoment(value, language);
    default:
      return value;
  }
}

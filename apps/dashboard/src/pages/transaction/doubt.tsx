import { Anchor, List, Stack, Text, Title } from '@mantine/core';
import type { DoubtView, TransactionView } from '@np-hub/model';
import { Link } from 'react-router';
import { Moment, useNow } from '../../components/moment.js';
import { Pair, Section } from '../../components/section.js';
import { formatMoment } from '../../format.js';
import { useSpeech } from '../../text/speech.js';
import { wordOr } from '../../words.js';
import { DoubtForms } from './doubt-forms.js';

/** A lost answer: what it may mean, what the hub does about it and when, and what a person may do. */
export function Doubt({ view }: { view: TransactionView }) {
  const { text, language } = useSpeech();
  const words = text.doubts.doubt;
  const { doubt } = view;
  if (doubt === null) return null;
  const operation = wordOr(text.operations, doubt.operation);
  return (
    <Section title={words.title}>
      <Stack gap="sm">
        <Text size="sm">
          {words.sent(operation, formatMoment(doubt.sentAt, language))}{' '}
          {doubt.arrived ? text.detail.doubt.arrived : words.lost[doubt.operation]}
          {doubt.losses > 1 && <span className="quiet"> {words.losses(doubt.losses)}</span>}
        </Text>
        <ByHub doubt={doubt} />
        <ByPerson view={view} doubt={doubt} />
      </Stack>
    </Section>
  );
}

function ByHub({ doubt }: { doubt: DoubtView }) {
  const words = useSpeech().text.doubts.doubt;
  return (
    <div>
      <Title order={3} size="h6">
        {words.hubTitle}
      </Title>
      <Text size="sm">
        {doubt.way === 'person'
          ? words.nothing[idleReason(doubt)]
          : doubt.by !== null && doubt.by !== doubt.operation
            ? words.instead
            : words.hub[doubt.operation]}
      </Text>
      {doubt.way === 'hub' && (
        <dl className="pairs">
          <Pair label={words.nextAt}>
            {doubt.nextAt === null ? words.onItsWay : <Moment at={doubt.nextAt} exact />}
          </Pair>
        </dl>
      )}
      {doubt.way === 'hub' && doubt.paused && <Text size="sm">{words.paused}</Text>}
    </div>
  );
}

/** Why nothing goes out by itself. */
function idleReason({
  operation,
  arrived,
  guarded,
}: DoubtView): 'guarded' | 'late' | 'unguarded' | 'reissue' {
  if (operation === 'reissue') return 'reissue';
  if (arrived) return 'guarded';
  return guarded ? 'late' : 'unguarded';
}

function ByPerson({ view, doubt }: { view: TransactionView; doubt: DoubtView }) {
  const { text, language } = useSpeech();
  const words = text.doubts.doubt;
  const nowMs = useNow();
  const canEnter = view.actions.includes('enter-np-id');
  const canDeny = view.actions.includes('confirm-absence');
  const begins = doubt.operation === 'register' || doubt.operation === 'reissue';
  if (!begins) {
    return (
      <div>
        <Title order={3} size="h6">
          {words.personTitle}
        </Title>
        <Text size="sm">{words.personNone}</Text>
      </div>
    );
  }
  const later = doubt.absenceFrom !== null && Date.parse(doubt.absenceFrom) > nowMs;
  const from = doubt.absenceFrom === null ? '' : formatMoment(doubt.absenceFrom, language);
  return (
    <div>
      <Title order={3} size="h6">
        {words.personTitle}
      </Title>
      <List size="sm" spacing={4}>
        <List.Item>{words.enter}</List.Item>
        <List.Item>
          {words.list}{' '}
          {canEnter && (
            <Anchor
              component={Link}
              size="sm"
              underline="always"
              to={`/np-lists?connection=${encodeURIComponent(doubt.connectionId)}`}
            >
              {words.openList}
            </Anchor>
          )}
        </List.Item>
        <List.Item>
          {doubt.arrived ? words.denyNever : words.deny} {later && words.denyFrom(from)}
        </List.Item>
      </List>
      {(canEnter || canDeny) && (
        <DoubtForms view={view} searched={doubt.shopTransactionId} canEnter={canEnter} canDeny={canDeny} />
      )}
    </div>
  );
}

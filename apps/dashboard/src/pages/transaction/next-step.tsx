import { Alert, Anchor, Group, List, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconClock } from '@tabler/icons-react';
import type { TransactionView } from '@np-hub/model';
import { Link } from 'react-router';
import { useNow } from '../../components/moment.js';
import { Section } from '../../components/section.js';
import { ActorTag } from '../../components/tag.js';
import { formatMoment, formatRelative } from '../../format.js';
import { useSpeech } from '../../text/speech.js';
import type { Texts } from '../../text/texts.js';
import { entryOf, nextOf, wordOr } from '../../words.js';
import { ActionButtons } from './action-buttons.js';
import { Instruction, Reminders } from './instruction.js';

/** Who has to act, what to do, until when, and the buttons to do it with. */
export function NextStep({ view, viewer }: { view: TransactionView; viewer: boolean }) {
  const { text } = useSpeech();
  const { detail } = text;
  return (
    <Section title={detail.next} aside={<ActorTag actor={view.actor} />}>
      <Stack gap="sm">
        <div>
          <Text size="sm">
            {view.duplicate?.waits ? text.doubts.duplicate.waits : text.states[view.state].meaning}
          </Text>
          {nextLines(view, text).map((line) => (
            <Text key={line} fw={600}>
              {line}
            </Text>
          ))}
        </div>
        {view.attentions.length > 0 && (
          <Alert
            color="orange"
            variant="outline"
            icon={<IconAlertTriangle aria-hidden />}
            title={detail.attentions}
            className="attentions"
          >
            <List size="sm">
              {view.attentions.map((name) => {
                const entry = entryOf(text.attentions, name);
                return (
                  <List.Item key={name}>
                    <strong>{entry?.label ?? name}</strong> {entry?.todo}
                    {name === 'unmapped-word' && (
                      <Anchor
                        component={Link}
                        size="sm"
                        display="block"
                        to={`/words?shop=${encodeURIComponent(view.shopId)}`}
                      >
                        {text.files.result.toWords}
                      </Anchor>
                    )}
                  </List.Item>
                );
              })}
            </List>
          </Alert>
        )}
        <Instruction view={view} />
        <Reminders view={view} />
        <Deadline deadline={view.deadline} />
        <ActionButtons view={view} viewer={viewer} />
      </Stack>
    </Section>
  );
}

/** The reasons may know better than the state: nothing to correct where NP is thinking, or where nothing helps. */
function nextLines(view: TransactionView, text: Texts): readonly string[] {
  const next = nextOf(view, text);
  if (view.state === 'in-doubt' && view.actor === 'none') {
    return [text.detail.doubt.automatic(wordOr(text.operations, view.inFlight?.operation ?? ''))];
  }
  if (view.state === 'released' && !view.actions.includes('adopt')) return [text.detail.releasedNext];
  if (view.duplicate?.waits && view.problems.length === 0) return [text.doubts.duplicate.next];
  if (view.attentions.includes('unmapped-word')) return [text.list.explainWord];
  // The attentions below say what to do where the state itself asks for nothing.
  if (view.actor === 'shop' && view.attentions.length > 0 && !text.todos[view.state]) return [];
  if (view.actor === 'nobody' || (view.actor === 'np' && view.state !== 'reviewing')) {
    return [text.actors[view.actor].todo];
  }
  return view.actor === 'buyer' && view.state !== 'rejected' ? [text.actors.buyer.todo, next] : [next];
}

function Deadline({ deadline }: { deadline: TransactionView['deadline'] }) {
  const { text, language } = useSpeech();
  const nowMs = useNow();
  if (!deadline) return null;
  const passed = Date.parse(deadline.at) < nowMs;
  return (
    <Group
      gap={6}
      wrap="nowrap"
      align="flex-start"
      className={passed ? 'deadline deadline-passed' : 'deadline'}
    >
      <IconClock size={17} aria-hidden className="fixed-icon" />
      <Text size="sm" component="span">
        {text.detail.deadline}
        {text.common.colon}
        {wordOr(text.deadlines, deadline.kind)}{' '}
        <time dateTime={deadline.at}>{formatMoment(deadline.at, language)}</time>
        <strong>
          {passed
            ? ` ${text.detail.overdue}`
            : text.detail.remaining(formatRelative(deadline.at, nowMs, language))}
        </strong>
      </Text>
    </Group>
  );
}

import { Badge, Button, Group, Text } from '@mantine/core';
import type { MoveStepView, MoveView } from '@np-hub/model';
import { useState } from 'react';
import { useMoveAct } from '../../api/moves.js';
import { Confirm } from '../../components/confirm.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { formatDay, formatMoment, toJapaneseInput } from '../../format.js';
import { usePersonName } from '../../components/person.js';
import { useSpeech } from '../../text/speech.js';

/** One step: what to do by when, what the hub sees of it, and its tick. */
export function Step({ move, step }: { move: MoveView; step: MoveStepView }) {
  const { text, language } = useSpeech();
  const nameOf = usePersonName();
  const words = text.moves;
  const act = useMoveAct(move);
  const [asking, setAsking] = useState(false);
  const isDone = step.done !== null;
  const needsAccept = step.irreversible || step.seen === false;
  const tick = (done: boolean, accept: boolean) =>
    act.mutate(
      { act: 'steps', body: { step: step.id, done, accept } },
      { onSuccess: () => setAsking(false) },
    );
  const titleOf = (id: string) => move.steps.find((one) => one.id === id)?.title[language] ?? id;
  return (
    <li>
      <Group gap="xs">
        <Text fw={600} td={isDone ? 'line-through' : undefined}>
          {step.title[language]}
        </Text>
        {step.irreversible && (
          <Badge color="red" variant="outline">
            {words.irreversible}
          </Badge>
        )}
      </Group>
      <Text size="sm">
        {words.due(formatDay(step.dueOn, language))}
        {!isDone && step.dueOn < toJapaneseInput(new Date()).slice(0, 10) && (
          <strong className="late"> {words.overdue}</strong>
        )}
        {step.open !== null && ` ${words.open(step.open)}`}
        {step.open === null && step.seen !== null && ` ${step.seen ? words.seen : words.notSeen}`}
      </Text>
      <Text size="sm">{step.help[language]}</Text>
      {isDone && step.undo && move.state === 'planned' && (
        <Text size="sm" c="dimmed">
          {words.undo(step.undo[language])}
        </Text>
      )}
      {step.done && (
        <Text size="sm" role="status">
          {words.doneBy(
            step.done.by === 'system' ? words.bySystem : nameOf(step.done.by),
            formatMoment(step.done.at, language),
          )}
        </Text>
      )}
      {!isDone && step.missing.length > 0 && (
        <Text size="sm" c="dimmed">
          {words.waits(step.missing.map(titleOf).join(text.common.listComma))}
        </Text>
      )}
      {act.isError && !asking && <ErrorNotice error={act.error} title={words.failed} />}
      {step.by === 'person' && (
        <Group mt={4}>
          {!isDone && (
            <Button
              size="compact-sm"
              variant="default"
              loading={act.isPending}
              disabled={step.missing.length > 0}
              aria-label={`${words.tick}: ${step.title[language]}`}
              onClick={() => (needsAccept ? setAsking(true) : tick(true, false))}
            >
              {words.tick}
            </Button>
          )}
          {isDone && !step.irreversible && (
            <Button
              size="compact-sm"
              variant="subtle"
              loading={act.isPending}
              aria-label={`${words.untick}: ${step.title[language]}`}
              onClick={() => tick(false, false)}
            >
              {words.untick}
            </Button>
          )}
        </Group>
      )}
      {asking && (
        <Confirm
          title={words.acceptTitle}
          text={step.irreversible ? words.acceptIrreversible : words.acceptOpen}
          confirm={words.acceptYes}
          running={act.isPending}
          error={act.error}
          onConfirm={() => tick(true, true)}
          onClose={() => {
            act.reset();
            setAsking(false);
          }}
        />
      )}
    </li>
  );
}

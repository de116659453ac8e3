import { Button, Group, NativeSelect } from '@mantine/core';
import type { InboxShow } from '@np-hub/model';
import { useState } from 'react';
import type { TransactionKey } from '../../api/bulk.js';
import { useColleagues, useMark, type Mark } from '../../api/desk.js';
import { useNotices } from '../../components/notices.js';
import { useText } from '../../text/speech.js';
import { snoozeChoices, snoozeUntil, type SnoozeChoice } from './snooze.js';

interface Props {
  readonly keys: readonly TransactionKey[];
  readonly show: InboxShow;
  readonly assignee: string | null;
  readonly onDone?: () => void;
}

/** Who looks after it, put away until when, done: for one transaction or for several. */
export function MarkBar({ keys, show, assignee, onDone }: Props) {
  const { inbox } = useText().desk;
  const colleagues = useColleagues().data ?? [];
  const mark = useMark();
  const notices = useNotices();
  const [chosen, setChosen] = useState('');
  const put = (given: Mark, message: (count: number) => string) =>
    mark.mutate(
      { keys, mark: given },
      {
        onSuccess: (answer) => {
          if (!answer) return;
          notices.done(message(answer.marked));
          onDone?.();
        },
        onError: (error) => notices.failed(error),
      },
    );
  return (
    <Group gap="xs" align="flex-end">
      <NativeSelect
        size="xs"
        label={inbox.assignee}
        value={assignee ?? ''}
        data={[
          { value: '', label: inbox.nobody },
          ...colleagues.map(({ login, name }) => ({ value: login, label: name })),
          // Somebody who cannot be asked any more is still shown.
          ...(assignee !== null && !colleagues.some(({ login }) => login === assignee)
            ? [{ value: assignee, label: assignee }]
            : []),
        ]}
        disabled={mark.isPending}
        onChange={(event) =>
          put({ kind: 'assign', assignee: event.currentTarget.value || null }, inbox.assigned)
        }
      />
      {show === 'open' ? (
        <>
          <NativeSelect
            size="xs"
            label={inbox.snooze}
            value={chosen}
            data={[
              { value: '', label: inbox.snoozeChoose },
              ...snoozeChoices.map((choice) => ({ value: choice, label: inbox.snoozeUntil[choice] })),
            ]}
            disabled={mark.isPending}
            onChange={(event) => {
              const choice = event.currentTarget.value as SnoozeChoice | '';
              setChosen('');
              if (choice) put({ kind: 'snooze', until: snoozeUntil(choice, Date.now()) }, inbox.snoozed);
            }}
          />
          <Button size="xs" loading={mark.isPending} onClick={() => put({ kind: 'done' }, inbox.markedDone)}>
            {inbox.done}
          </Button>
        </>
      ) : (
        <Button
          size="xs"
          variant="default"
          loading={mark.isPending}
          onClick={() => put({ kind: 'reopen' }, inbox.reopened)}
        >
          {inbox.reopen}
        </Button>
      )}
    </Group>
  );
}

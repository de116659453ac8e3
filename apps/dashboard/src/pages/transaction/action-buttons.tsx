import { Button, Group, Text } from '@mantine/core';
import type { Action, TransactionView } from '@np-hub/model';
import { useState } from 'react';
import { useAction } from '../../api/writes.js';
import { useSpeech } from '../../text/speech.js';
import { ActionDialog } from './action-dialog.js';
import { correctFormId } from './correct-section.js';
import { offendingFields } from './fields.js';
import { useNotices } from '../../components/notices.js';

/** Red: money or goods may be lost. */
const dangerous: readonly Action[] = ['reissue', 'cancel', 'release'];
/** Asked for where they belong, beside the field of the NP id; and a failed report is repeated by "report". */
const isElsewhere = (name: Action, offered: readonly Action[]): boolean =>
  name === 'enter-np-id' || name === 'confirm-absence' || (name === 'retry' && offered.includes('report'));

/** One button for each action that the state allows; harmful ones stand apart, in red, behind a confirmation. */
export function ActionButtons({ view, viewer }: { view: TransactionView; viewer: boolean }) {
  const { text } = useSpeech();
  const [open, setOpen] = useState<Action | null>(null);
  const notices = useNotices();
  const action = useAction(view.shopId, view.id);
  const offered = viewer ? [] : inOrder(view).filter((name) => !isElsewhere(name, view.actions));

  const press = (name: Action) => {
    if (name === 'correct') return goToForm();
    if (name !== 'check-credit') return setOpen(name);
    action.mutate(
      { action: name, body: {} },
      {
        onSuccess: (answer) => {
          if (answer) notices.done(text.detail.actions.done(text.actions[name].label));
        },
        onError: (error) => notices.failed(error),
      },
    );
  };

  if (offered.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {viewer ? text.detail.actions.viewer : text.detail.actions.none}
      </Text>
    );
  }
  const [harmless, harmful] = [
    offered.filter((name) => !dangerous.includes(name)),
    dangerous.filter((name) => offered.includes(name)),
  ];
  return (
    <div role="group" aria-label={text.detail.actions.title} className="actions">
      <Group gap="xs">
        {harmless.map((name, index) => (
          <Button
            key={name}
            size="sm"
            variant={index === 0 && isLikely(view) ? 'filled' : 'default'}
            loading={name === 'check-credit' && action.isPending}
            onClick={() => press(name)}
          >
            {text.actions[name].label}
          </Button>
        ))}
      </Group>
      <Group gap="xs">
        {harmful.map((name) => (
          <Button key={name} size="sm" variant="outline" color="red" onClick={() => press(name)}>
            {text.actions[name].label}
          </Button>
        ))}
      </Group>
      {open && (
        <ActionDialog
          view={view}
          action={open}
          danger={dangerous.includes(open)}
          onClose={() => setOpen(null)}
        />
      )}
    </div>
  );
}

/** A button stands out where pressing it is what is to be done: not where NP has to be looked at, or the buyer paid back. */
const isLikely = ({ actor, state }: TransactionView): boolean =>
  (actor === 'shop' || actor === 'buyer') && state !== 'in-doubt' && state !== 'cancel-refused-paid';

/** What most likely helps comes first: the correction where a field is known to be wrong. */
function inOrder(view: TransactionView): readonly Action[] {
  const first: readonly Action[] = offendingFields(view).length > 0 ? ['correct'] : [];
  const order: readonly Action[] = [...first, 'report', 'adopt', 'retry', 'check-credit', 'correct'];
  const rank = (action: Action) => (order.includes(action) ? order.indexOf(action) : order.length);
  return [...view.actions].sort((left, right) => rank(left) - rank(right));
}

function goToForm(): void {
  const form = document.getElementById(correctFormId);
  form?.scrollIntoView({ block: 'start' });
  form?.querySelector<HTMLElement>('[data-open-form]')?.click();
  requestAnimationFrame(() => form?.querySelector<HTMLElement>('input, select, textarea')?.focus());
}

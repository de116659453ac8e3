import { Button, Group, Text, Tooltip } from '@mantine/core';
import type { Action, TransactionView } from '@np-hub/model';
import { useState } from 'react';
import { useAction } from '../../api/writes.js';
import { useSpeech } from '../../text/speech.js';
import { ActionDialog } from './action-dialog.js';
import { actionWords } from './action-words.js';
import { correctFormId } from './correct-section.js';
import { offendingFields } from './fields.js';
import { useNotices } from '../../components/notices.js';

/** Red: money or goods may be lost. */
const dangerous: readonly Action[] = ['reissue', 'cancel', 'release'];
/** Asked for where they belong, beside the field of the NP id; and a failed report is repeated by "report". */
const isElsewhere = (name: Action, offered: readonly Action[]): boolean =>
  name === 'enter-np-id' ||
  name === 'confirm-absence' ||
  name === 'confirm-repeat' ||
  name === 'end-second-id' ||
  (name === 'retry' && offered.includes('report'));

interface Choice {
  readonly action: Action;
  readonly label: string;
}

/**
 * One button for each action that the state allows; harmful ones stand apart, in red, behind a confirmation. Where the
 * cart has buttons of its own, these come first, under the cart's names, and are not offered twice.
 */
export function ActionButtons({ view, viewer }: { view: TransactionView; viewer: boolean }) {
  const { text, language } = useSpeech();
  const { actions: words } = text.detail;
  const [open, setOpen] = useState<Choice | null>(null);
  const notices = useNotices();
  const action = useAction(view.shopId, view.id);
  const offered = viewer ? [] : inOrder(view).filter((name) => !isElsewhere(name, view.actions));
  if (offered.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {viewer ? words.viewer : words.none}
      </Text>
    );
  }

  const press = (choice: Choice) => {
    if (choice.action === 'correct') return goToForm();
    if (choice.action !== 'check-credit') return setOpen(choice);
    action.mutate(
      { action: choice.action, body: {} },
      {
        onSuccess: (answer) => {
          if (answer) notices.done(words.done(choice.label));
        },
        onError: (error) => notices.failed(error),
      },
    );
  };
  const buttons = view.buttons.map(({ action: name, label }) => ({ action: name, label: label[language] }));
  const others = offered
    .filter((name) => !buttons.some((button) => button.action === name))
    .map((name) => ({ action: name, label: actionWords(view, name, text).label }));
  const draw = (choice: Choice, standsOut: boolean) => (
    <ActionButton
      key={`${choice.action} ${choice.label}`}
      view={view}
      choice={choice}
      standsOut={standsOut}
      running={choice.action === 'check-credit' && action.isPending}
      onPress={() => press(choice)}
    />
  );
  const harmless = others.filter((choice) => !dangerous.includes(choice.action));
  const harmful = dangerous.flatMap((name) => others.filter((choice) => choice.action === name));
  return (
    <div role="group" aria-label={words.title} className="actions">
      {buttons.length > 0 && (
        <div role="group" aria-label={words.ofCart(view.cart[language])} className="cart-buttons">
          <Text size="xs" c="dimmed" aria-hidden>
            {words.ofCart(view.cart[language])}
          </Text>
          <Group gap="xs">{buttons.map((choice) => draw(choice, false))}</Group>
        </div>
      )}
      <Group gap="xs">
        {harmless.map((choice, index) => draw(choice, index === 0 && buttons.length === 0 && isLikely(view)))}
      </Group>
      <Group gap="xs">{harmful.map((choice) => draw(choice, false))}</Group>
      {open && (
        <ActionDialog
          view={view}
          action={open.action}
          label={open.label}
          danger={dangerous.includes(open.action)}
          onClose={() => setOpen(null)}
        />
      )}
    </div>
  );
}

interface ButtonProps {
  readonly view: TransactionView;
  readonly choice: Choice;
  readonly standsOut: boolean;
  readonly running: boolean;
  readonly onPress: () => void;
}

/** A button that says what will happen at NP before it is pressed. */
function ActionButton({ view, choice, standsOut, running, onPress }: ButtonProps) {
  const { text } = useSpeech();
  const look = dangerous.includes(choice.action)
    ? ({ variant: 'outline', color: 'red' } as const)
    : ({ variant: standsOut ? 'filled' : 'default' } as const);
  return (
    <Tooltip
      label={actionWords(view, choice.action, text).atNp}
      multiline
      maw={320}
      withArrow
      events={{ hover: true, focus: true, touch: false }}
    >
      <Button size="sm" {...look} loading={running} onClick={onPress}>
        {choice.label}
      </Button>
    </Tooltip>
  );
}

/**
 * A button stands out where pressing it is what is to be done: not where NP has to be looked at, the buyer paid back, or
 * another method of payment found.
 */
const isLikely = ({ actor, state, duplicate }: TransactionView): boolean =>
  !duplicate?.waits &&
  (actor === 'shop' || actor === 'buyer') &&
  state !== 'in-doubt' &&
  state !== 'cancel-refused-paid' &&
  state !== 'rejected';

/** What most likely helps comes first: the correction where a field is known to be wrong. */
function inOrder(view: TransactionView): readonly Action[] {
  const first: readonly Action[] =
    offendingFields(view).length > 0 || view.state === 'rejected' ? ['correct'] : [];
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

import { Button, Checkbox, Divider, Group, List, Stack, Text } from '@mantine/core';
import type { TransactionView } from '@np-hub/model';
import { useRef, useState, type FormEvent } from 'react';
import { useAction } from '../../api/writes.js';
import { Copy } from '../../components/copy.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { NpIdField } from '../../components/np-id-field.js';
import { useNotices } from '../../components/notices.js';
import { npIdFault, readNpId } from '../../np-id.js';
import { useSpeech } from '../../text/speech.js';
import { Consequences } from './action-dialog.js';

interface Props {
  readonly view: TransactionView;
  /** The shop transaction id to look for at NP. */
  readonly searched: string;
  readonly canEnter: boolean;
  readonly canDeny: boolean;
}

/** How to look a lost registration up at NP, and the two ways to say what was found. */
export function DoubtForms({ view, searched, canEnter, canDeny }: Props) {
  const { text } = useSpeech();
  const { doubt } = text.detail;
  return (
    <Stack gap="sm" mt="sm">
      <List type="ordered" size="sm" spacing={4}>
        {[...doubt.steps, canDeny ? doubt.stepAbsent : doubt.stepLater].map((step) => (
          <List.Item key={step}>{step}</List.Item>
        ))}
      </List>
      <Group gap="xs" className="search-key">
        <Text size="sm" span>
          {doubt.shopTransactionId}
        </Text>
        <strong className="mono">{searched}</strong>
        <Copy value={searched} of={doubt.shopTransactionId} />
      </Group>
      {canEnter && <EnterNpId view={view} />}
      {canDeny && <DenyForm view={view} searched={searched} />}
    </Stack>
  );
}

function EnterNpId({ view }: { view: TransactionView }) {
  const { text } = useSpeech();
  const words = text.actions['enter-np-id'];
  const notices = useNotices();
  const run = useAction(view.shopId, view.id);
  const [typed, setTyped] = useState('');
  const [tried, setTried] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const id = readNpId(typed, view.idForm);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (npIdFault(id, view.idForm) !== null) return field.current?.focus();
    run.mutate(
      { action: 'enter-np-id', body: { npTransactionId: id } },
      {
        onSuccess: (answer) => {
          if (answer) notices.done(text.detail.actions.done(words.label));
        },
      },
    );
  };

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="xs">
        <NpIdField
          label={text.detail.doubt.field}
          value={typed}
          onChange={setTyped}
          tried={tried}
          form={view.idForm}
          fieldRef={field}
        />
        <Text size="sm">{words.caution}</Text>
        {run.isError && <ErrorNotice error={run.error} title={text.detail.actions.failed} />}
        <Group>
          <Button type="submit" loading={run.isPending}>
            {words.confirm}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function DenyForm({ view, searched }: { view: TransactionView; searched: string }) {
  const { text } = useSpeech();
  const words = text.actions['confirm-absence'];
  const notices = useNotices();
  const run = useAction(view.shopId, view.id);
  const [open, setOpen] = useState(false);
  const [checked, setChecked] = useState(false);

  return (
    <>
      <Divider />
      <Group>
        <Button variant="outline" color="red" aria-expanded={open} onClick={() => setOpen(!open)}>
          {words.label}
        </Button>
      </Group>
      {open && (
        <Stack gap="sm" className="danger-box">
          <Consequences words={text.actions['confirm-absence']} danger />
          <Checkbox
            label={text.detail.doubt.checked(searched)}
            checked={checked}
            onChange={(event) => setChecked(event.currentTarget.checked)}
          />
          {run.isError && <ErrorNotice error={run.error} title={text.detail.actions.failed} />}
          <Group>
            <Button variant="default" onClick={() => setOpen(false)}>
              {text.common.cancel}
            </Button>
            <Button
              color="red"
              disabled={!checked}
              loading={run.isPending}
              onClick={() =>
                run.mutate(
                  { action: 'confirm-absence', body: {} },
                  { onSuccess: () => notices.done(text.detail.actions.done(words.label)) },
                )
              }
            >
              {words.confirm}
            </Button>
          </Group>
        </Stack>
      )}
    </>
  );
}

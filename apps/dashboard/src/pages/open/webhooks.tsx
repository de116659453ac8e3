import { Button, Group, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import type { NewWebhookView, WebhookView } from '@np-hub/model';
import { useState, type FormEvent } from 'react';
import { AddButton } from '../../components/add-button.js';
import { useCreateWebhook, useWebhooks, useWebhookStep, type WebhookStep } from '../../api/open.js';
import { Confirm } from '../../components/confirm.js';
import { Dialog } from '../../components/dialog.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { Loaded } from '../../components/load.js';
import { Moment } from '../../components/moment.js';
import { useNotices } from '../../components/notices.js';
import { SecretOnce } from '../../components/secret-once.js';
import { Section } from '../../components/section.js';
import { Tag } from '../../components/tag.js';
import { useSpeech } from '../../text/speech.js';
import { wordOr } from '../../words.js';
import { Deliveries } from './deliveries.js';
import { ReplayDialog } from './replay.js';

/** Where a shop's changes are sent. */
export function Webhooks({ shopId }: { shopId: string }) {
  const { webhooks: words } = useSpeech().text.open;
  const webhooks = useWebhooks(shopId);
  const [creating, setCreating] = useState(false);
  const [created, setCreated] = useState<NewWebhookView | null>(null);
  return (
    <Section title={words.title} aside={<AddButton label={words.create} onClick={() => setCreating(true)} />}>
      <Text size="sm" c="dimmed" mb="sm">
        {words.lead}
      </Text>
      <Loaded query={webhooks} rows={2}>
        {(data) =>
          data.length === 0 ? (
            <Text size="sm">{words.empty}</Text>
          ) : (
            <Stack gap="sm">
              {data.map((webhook) => (
                <Endpoint key={webhook.id} webhook={webhook} />
              ))}
            </Stack>
          )
        }
      </Loaded>
      {creating && (
        <NewDialog
          shopId={shopId}
          onClose={() => setCreating(false)}
          onCreated={(webhook) => {
            setCreating(false);
            setCreated(webhook);
          }}
        />
      )}
      {created && (
        <SecretOnce
          title={words.secretTitle}
          text={words.secretText}
          label={words.secretLabel}
          value={created.secret}
          kept={words.kept}
          onClose={() => setCreated(null)}
        />
      )}
    </Section>
  );
}

function StateOf({ webhook: { paused, trouble } }: { webhook: WebhookView }) {
  const { states } = useSpeech().text.open.webhooks;
  if (paused) return <Tag tone="attention">{states.paused}</Tag>;
  return trouble === null ? <Tag tone="good">{states.fine}</Tag> : <Tag tone="bad">{states.failing}</Tag>;
}

function Endpoint({ webhook }: { webhook: WebhookView }) {
  const { webhooks: words } = useSpeech().text.open;
  const notices = useNotices();
  const run = useWebhookStep(webhook.shopId, webhook.id);
  const [dialog, setDialog] = useState<'replay' | 'remove' | null>(null);
  const [open, setOpen] = useState(false);
  const press = (step: WebhookStep) =>
    run.mutate(step, {
      onSuccess: (answer) => {
        if (answer === null) return;
        notices.done(answer && 'outcome' in answer ? testText(answer, words) : words.changed);
      },
      onError: (error) => notices.failed(error),
    });
  return (
    <Paper withBorder p="sm" component="article">
      <div className="section-head">
        <Title order={3} size="h6">
          {webhook.name}
        </Title>
        <StateOf webhook={webhook} />
      </div>
      <Text size="sm" className="mono breakable">
        {webhook.url}
      </Text>
      <Text size="sm" c="dimmed">
        {words.waiting(webhook.waiting)}
        {webhook.failures > 0 && ` ・ ${words.failures(webhook.failures)}`}
        {webhook.nextTryAt && (
          <>
            {' ・ '}
            {words.nextTry} <Moment at={webhook.nextTryAt} ahead />
          </>
        )}
      </Text>
      {webhook.trouble !== null && (
        <Text size="sm" className="run-error">
          {wordOr(words.outcomes, webhook.trouble)}
        </Text>
      )}
      <Group gap="xs" mt="xs">
        <Button
          size="compact-sm"
          variant="default"
          loading={run.isPending && run.variables.step === 'test'}
          onClick={() => press({ step: 'test' })}
        >
          {words.test}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => press({ step: 'change', body: { paused: !webhook.paused } })}
        >
          {webhook.paused ? words.resume : words.pause}
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => setDialog('replay')}>
          {words.replay}
        </Button>
        <Button size="compact-sm" variant="default" aria-expanded={open} onClick={() => setOpen(!open)}>
          {words.deliveries}
        </Button>
        <Button size="compact-sm" variant="outline" color="red" onClick={() => setDialog('remove')}>
          {words.remove}
        </Button>
      </Group>
      {open && <Deliveries webhook={webhook} />}
      {dialog === 'replay' && <ReplayDialog webhook={webhook} onClose={() => setDialog(null)} />}
      {dialog === 'remove' && <RemoveDialog webhook={webhook} onClose={() => setDialog(null)} />}
    </Paper>
  );
}

interface TestWords {
  readonly testDone: (status: number | null) => string;
  readonly testFailed: (outcome: string) => string;
  readonly outcomes: Readonly<Record<string, string>>;
}

const testText = (answer: { outcome: string; status: number | null }, words: TestWords): string =>
  answer.outcome === 'done'
    ? words.testDone(answer.status)
    : words.testFailed(wordOr(words.outcomes, answer.outcome));

function RemoveDialog({ webhook, onClose }: { webhook: WebhookView; onClose: () => void }) {
  const { webhooks: words } = useSpeech().text.open;
  const notices = useNotices();
  const run = useWebhookStep(webhook.shopId, webhook.id);
  return (
    <Confirm
      title={words.removeTitle(webhook.name)}
      text={words.removeText}
      confirm={words.remove}
      running={run.isPending}
      error={run.error}
      onClose={onClose}
      onConfirm={() =>
        run.mutate(
          { step: 'delete' },
          {
            onSuccess: (answer) => {
              if (answer === null) return;
              notices.done(words.removed);
              onClose();
            },
          },
        )
      }
    />
  );
}

interface NewProps {
  readonly shopId: string;
  readonly onClose: () => void;
  readonly onCreated: (webhook: NewWebhookView) => void;
}

function NewDialog({ shopId, onClose, onCreated }: NewProps) {
  const { text } = useSpeech();
  const { webhooks: words, keys } = text.open;
  const create = useCreateWebhook(shopId);
  const [name, setName] = useState('');
  const [url, setUrl] = useState('');
  const [tried, setTried] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!name.trim() || !url.trim()) return;
    create.mutate(
      { name: name.trim(), url: url.trim() },
      {
        onSuccess: (webhook) => {
          if (webhook) onCreated(webhook);
        },
      },
    );
  };
  return (
    <Dialog title={words.create} onClose={onClose} leavable={!create.isPending}>
      <form onSubmit={submit} noValidate autoComplete="off">
        <Stack gap="sm">
          <TextInput
            label={words.name}
            description={words.nameHelp}
            required
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={tried && !name.trim() ? keys.missing : null}
          />
          <TextInput
            label={words.url}
            description={words.urlHelp}
            required
            inputMode="url"
            value={url}
            onChange={(event) => setUrl(event.currentTarget.value)}
            error={tried && !url.trim() ? keys.missing : null}
          />
          {create.isError && <ErrorNotice error={create.error} title={text.detail.actions.failed} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {text.common.cancel}
            </Button>
            <Button type="submit" loading={create.isPending}>
              {words.create}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

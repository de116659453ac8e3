import { Alert, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { ChannelView } from '@np-hub/model';
import { useState } from 'react';
import { useChannels, useChannelStep } from '../../api/operators.js';
import { useShops } from '../../api/queries.js';
import { AddButton } from '../../components/add-button.js';
import { Confirm } from '../../components/confirm.js';
import { Loaded } from '../../components/load.js';
import { Moment } from '../../components/moment.js';
import { useNotices } from '../../components/notices.js';
import { PageHead } from '../../components/page-title.js';
import { SecretOnce } from '../../components/secret-once.js';
import { Pair } from '../../components/section.js';
import { useShopNames } from '../../components/shop-choice.js';
import { Tag } from '../../components/tag.js';
import { useText } from '../../text/speech.js';
import { ChannelForm } from './channel-form.js';
import { clockOf } from './day-minutes.js';

/** One's own channels: what is told where, and when. */
export function NotificationsPage() {
  const { operators, common, open } = useText();
  const words = operators.notifications;
  const channels = useChannels();
  const [form, setForm] = useState<ChannelView | 'new' | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  return (
    <Stack gap="md">
      <PageHead title={words.title} lead={words.lead} />
      <Loaded query={channels} rows={3}>
        {(data) => (
          <>
            <Group>
              <AddButton label={words.add} onClick={() => setForm('new')} />
            </Group>
            {data.channels.length === 0 && (
              <Alert variant="outline" color="gray">
                {words.empty}
              </Alert>
            )}
            <div className="card-grid">
              {data.channels.map((channel) => (
                <Card key={channel.id} channel={channel} onEdit={() => setForm(channel)} />
              ))}
            </div>
            {form && (
              <ChannelForm
                saved={form === 'new' ? null : form}
                mail={data.mail}
                onClose={() => setForm(null)}
                onSecret={setSecret}
              />
            )}
          </>
        )}
      </Loaded>
      {secret && (
        <SecretOnce
          title={words.secretTitle}
          text={open.webhooks.secretText}
          label={words.secretTitle}
          value={secret}
          kept={common.close}
          onClose={() => setSecret(null)}
        />
      )}
    </Stack>
  );
}

function Card({ channel, onEdit }: { channel: ChannelView; onEdit: () => void }) {
  const { operators, common } = useText();
  const words = operators.notifications;
  const notices = useNotices();
  const step = useChannelStep(channel.id);
  const shops = useShops().data ?? [];
  const namesOf = useShopNames(shops, words.everyShop);
  const [asking, setAsking] = useState(false);
  const [tested, setTested] = useState<string | null>(null);
  const onError = (error: Error) => notices.failed(error);
  const test = () =>
    step.mutate(
      { step: 'test' },
      {
        onError,
        onSuccess: (answer) => {
          if (answer && 'ok' in answer)
            setTested(answer.ok ? words.testOk : words.testFailed(answer.message));
        },
      },
    );
  return (
    <Paper component="article" withBorder p="md">
      <div className="section-head">
        <Title order={2} size="h5">
          {channel.name}
        </Title>
        <Tag tone={channel.paused ? 'attention' : 'good'}>{channel.paused ? words.paused : words.active}</Tag>
      </div>
      {channel.trouble && (
        <Text size="sm" className="run-error">
          {words.trouble(channel.trouble, channel.failures)}
        </Text>
      )}
      <dl className="pairs">
        <Pair label={words.kinds[channel.kind]}>{channel.target}</Pair>
        <Pair label={words.what}>
          {channel.topics.map((topic) => words.topics[topic]).join(common.listComma)}
        </Pair>
        <Pair label={words.shops}>{namesOf(channel.shopIds)}</Pair>
        <Pair label={words.when}>
          {channel.digestAt === null ? words.atOnce : `${words.daily} ${clockOf(channel.digestAt)}`}
        </Pair>
        {channel.quietFrom !== null && channel.quietTo !== null && (
          <Pair label={words.quiet}>{`${clockOf(channel.quietFrom)}–${clockOf(channel.quietTo)}`}</Pair>
        )}
        <Pair label={words.sentAt}>
          {channel.sentAt ? <Moment at={channel.sentAt} /> : words.never}{' '}
          {channel.waiting > 0 && <span className="quiet">{words.waiting(channel.waiting)}</span>}
        </Pair>
      </dl>
      <Group gap="xs" mt="sm">
        <Button
          size="compact-sm"
          loading={step.isPending && step.variables.step === 'test'}
          aria-label={`${words.test} ${channel.name}`}
          onClick={test}
        >
          {words.test}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          onClick={onEdit}
          aria-label={`${words.edit} ${channel.name}`}
        >
          {words.edit}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          aria-label={`${channel.paused ? words.resume : words.pause} ${channel.name}`}
          onClick={() => step.mutate({ step: 'change', body: { paused: !channel.paused } }, { onError })}
        >
          {channel.paused ? words.resume : words.pause}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          aria-label={`${words.remove} ${channel.name}`}
          onClick={() => setAsking(true)}
        >
          {words.remove}
        </Button>
      </Group>
      <Text size="sm" mt={4} role="status">
        {tested}
      </Text>
      {asking && (
        <Confirm
          title={words.removeTitle(channel.name)}
          text={words.removeText}
          confirm={words.remove}
          running={step.isPending}
          error={step.error}
          onConfirm={() => step.mutate({ step: 'delete' }, { onSuccess: () => notices.done(words.removed) })}
          onClose={() => setAsking(false)}
        />
      )}
    </Paper>
  );
}

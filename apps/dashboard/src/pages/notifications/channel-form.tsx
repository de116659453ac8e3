import { Button, Checkbox, Group, NativeSelect, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import {
  channelKindSchema,
  topicSchema,
  type ChannelKind,
  type ChannelView,
  type Topic,
} from '@np-hub/model';
import { useState, type FormEvent } from 'react';
import { ApiError } from '../../api/client.js';
import { useChannelStep, useCreateChannel, type ChannelInput } from '../../api/operators.js';
import { useShops } from '../../api/queries.js';
import { Dialog } from '../../components/dialog.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { useNotices } from '../../components/notices.js';
import { ShopChoice } from '../../components/shop-choice.js';
import { useSpeech } from '../../text/speech.js';
import { clockOf, minuteOf } from './day-minutes.js';

interface Props {
  readonly saved: ChannelView | null;
  readonly mail: boolean;
  readonly onClose: () => void;
  readonly onSecret: (secret: string | null) => void;
}

const targetFields: Readonly<Record<ChannelKind, readonly ('address' | 'url' | 'token' | 'room')[]>> = {
  mail: ['address'],
  slack: ['url'],
  webhook: ['url'],
  chatwork: ['room', 'token'],
};

/** A new channel, or what is told when by one that is there; where it leads to cannot be changed. */
export function ChannelForm({ saved, mail, onClose, onSecret }: Props) {
  const { text, language } = useSpeech();
  const words = text.operators.notifications;
  const { form } = text.shopsPage;
  const notices = useNotices();
  const shops = useShops().data ?? [];
  const create = useCreateChannel();
  const change = useChannelStep(saved?.id ?? '');
  const [name, setName] = useState(saved?.name ?? '');
  const [kind, setKind] = useState<ChannelKind>(saved?.kind ?? (mail ? 'mail' : 'slack'));
  const [target, setTarget] = useState<Readonly<Record<string, string>>>({});
  const [topics, setTopics] = useState<readonly Topic[]>(saved?.topics ?? topicSchema.options);
  const [shopIds, setShopIds] = useState<readonly string[]>(saved?.shopIds ?? []);
  const [digest, setDigest] = useState(clockOf(saved?.digestAt ?? null));
  const [isDaily, setIsDaily] = useState(saved !== null && saved.digestAt !== null);
  const [quiet, setQuiet] = useState({
    from: clockOf(saved?.quietFrom ?? null),
    to: clockOf(saved?.quietTo ?? null),
  });
  const [told, setTold] = useState(saved?.language ?? language);
  const [tried, setTried] = useState(false);
  const error = saved ? change.error : create.error;
  const wrongOf = (field: string): string | null =>
    (error instanceof ApiError && error.view.fields.find((one) => one.field === field)?.message[language]) ||
    null;
  const fields = saved ? [] : targetFields[kind];
  const isComplete =
    name.trim() !== '' && topics.length > 0 && fields.every((field) => target[field]?.trim());

  const save = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!isComplete) return;
    const quietFrom = minuteOf(quiet.from);
    const quietTo = minuteOf(quiet.to);
    const isQuiet = quietFrom !== null && quietTo !== null;
    const input: ChannelInput = {
      name: name.trim(),
      topics,
      shopIds: shopIds.length === 0 ? null : shopIds,
      language: told,
      quietFrom: isQuiet ? quietFrom : null,
      quietTo: isQuiet ? quietTo : null,
      digestAt: isDaily ? (minuteOf(digest) ?? 9 * 60) : null,
    };
    const done = () => {
      notices.done(words.saved);
      onClose();
    };
    if (saved) return change.mutate({ step: 'change', body: input }, { onSuccess: done });
    const given = Object.fromEntries(fields.map((field) => [field, target[field]?.trim() ?? '']));
    create.mutate(
      { ...input, target: { kind, ...given } },
      {
        onSuccess: (answer) => {
          onSecret(answer?.secret ?? null);
          done();
        },
      },
    );
  };

  return (
    <Dialog title={saved ? saved.name : words.add} onClose={onClose} size="lg">
      <form onSubmit={save} noValidate autoComplete="off">
        <Stack gap="sm">
          <TextInput
            label={words.name}
            required
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={tried && !name.trim() ? form.missing : null}
          />
          {!saved && (
            <NativeSelect
              label={words.kind}
              description={mail ? null : words.noMail}
              value={kind}
              data={channelKindSchema.options
                .filter((one) => mail || one !== 'mail')
                .map((one) => ({ value: one, label: words.kinds[one] }))}
              onChange={(event) =>
                setKind(channelKindSchema.options.find((one) => one === event.currentTarget.value) ?? kind)
              }
            />
          )}
          {fields.map((field) => {
            const Input = field === 'token' ? PasswordInput : TextInput;
            return (
              <Input
                key={field}
                label={words[field]}
                description={field === 'token' || field === 'url' ? words.secretHelp : null}
                required
                autoComplete="off"
                value={target[field] ?? ''}
                onChange={(event) => setTarget({ ...target, [field]: event.currentTarget.value })}
                error={tried && !target[field]?.trim() ? form.missing : wrongOf(`target.${field}`)}
              />
            );
          })}
          <Checkbox.Group
            label={words.what}
            value={[...topics]}
            onChange={(chosen) => setTopics(topicSchema.options.filter((one) => chosen.includes(one)))}
            error={topics.length === 0 ? words.oneTopic : null}
          >
            <Stack gap={6} mt={6}>
              {topicSchema.options.map((topic) => (
                <Checkbox key={topic} value={topic} label={words.topics[topic]} />
              ))}
            </Stack>
          </Checkbox.Group>
          <ShopChoice
            shops={shops}
            label={words.shops}
            help={words.everyShop}
            value={shopIds}
            onChange={setShopIds}
          />
          <NativeSelect
            label={words.when}
            value={isDaily ? 'daily' : 'now'}
            data={[
              { value: 'now', label: words.atOnce },
              { value: 'daily', label: words.daily },
            ]}
            onChange={(event) => setIsDaily(event.currentTarget.value === 'daily')}
          />
          {isDaily && (
            <TextInput
              type="time"
              label={words.digestAt}
              value={digest || '09:00'}
              onChange={(event) => setDigest(event.currentTarget.value)}
            />
          )}
          <div>
            <Text size="sm" fw={500}>
              {words.quiet}
            </Text>
            <Text size="xs" c="dimmed">
              {words.quietHelp}
            </Text>
            <Group gap="sm" grow>
              <TextInput
                type="time"
                label={words.from}
                value={quiet.from}
                onChange={(event) => setQuiet({ ...quiet, from: event.currentTarget.value })}
              />
              <TextInput
                type="time"
                label={words.to}
                value={quiet.to}
                onChange={(event) => setQuiet({ ...quiet, to: event.currentTarget.value })}
              />
            </Group>
          </div>
          <NativeSelect
            label={words.language}
            value={told}
            data={[
              { value: 'ja', label: '日本語' },
              { value: 'en', label: 'English' },
            ]}
            onChange={(event) => setTold(event.currentTarget.value === 'en' ? 'en' : 'ja')}
          />
          {error !== null && <ErrorNotice error={error} title={text.detail.actions.failed} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {text.common.cancel}
            </Button>
            <Button type="submit" loading={create.isPending || change.isPending}>
              {text.common.save}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

import { Button, Group, PasswordInput, Stack, Text, VisuallyHidden } from '@mantine/core';
import type { AccountView, DeviceView } from '@np-hub/model';
import { useState, type FormEvent } from 'react';
import { useAccount, useChangePassword, useEndSession } from '../../api/trust.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { Loaded } from '../../components/load.js';
import { Moment } from '../../components/moment.js';
import { useNotices } from '../../components/notices.js';
import { PageTitle } from '../../components/page-title.js';
import { Section } from '../../components/section.js';
import { StackTable } from '../../components/stack-table.js';
import { Tag } from '../../components/tag.js';
import { deviceName } from '../../device-name.js';
import { useSpeech, useText } from '../../text/speech.js';
import { SecondFactorSection } from './second-factor.js';

/** One's own access: password, second factor, and where one is signed in. */
export function AccountPage() {
  const { account: words } = useText().trust;
  const account = useAccount();
  return (
    <Stack gap="md">
      <PageTitle>{words.title}</PageTitle>
      <Loaded query={account} rows={4}>
        {(data) => (
          <>
            <Who account={data} />
            <PasswordSection />
            <SecondFactorSection account={data} />
            <Devices devices={data.devices} />
          </>
        )}
      </Loaded>
    </Stack>
  );
}

function Who({ account }: { account: AccountView }) {
  const { text } = useSpeech();
  return (
    <Text size="sm">
      {text.trust.account.who}
      {text.common.colon}
      <strong>{account.name}</strong> <span className="mono">{account.login}</span> (
      {text.roles[account.role]})
    </Text>
  );
}

function PasswordSection() {
  const { text } = useSpeech();
  const { account: words } = text.trust;
  const notices = useNotices();
  const change = useChangePassword();
  const [present, setPresent] = useState('');
  const [fresh, setFresh] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!present || !fresh || change.isPending) return;
    change.mutate(
      { password: present, fresh },
      {
        onSuccess: () => {
          setPresent('');
          setFresh('');
          notices.done(words.changed);
        },
      },
    );
  };
  const show = { 'aria-label': text.common.show };
  return (
    <Section title={words.password}>
      <form onSubmit={submit} noValidate>
        <Stack gap="sm" maw={420}>
          <PasswordInput
            label={words.present}
            autoComplete="current-password"
            value={present}
            onChange={(event) => setPresent(event.currentTarget.value)}
            visibilityToggleButtonProps={show}
          />
          <PasswordInput
            label={words.fresh}
            description={words.freshHelp}
            autoComplete="new-password"
            value={fresh}
            onChange={(event) => setFresh(event.currentTarget.value)}
            visibilityToggleButtonProps={show}
          />
          {change.isError && <ErrorNotice error={change.error} title={text.detail.actions.failed} />}
          <Group>
            <Button type="submit" loading={change.isPending} disabled={!present || !fresh}>
              {words.change}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}

function Devices({ devices }: { devices: readonly DeviceView[] }) {
  const { account: words } = useText().trust;
  return (
    <Section title={words.devices}>
      <StackTable
        label={words.devices}
        columns={[
          { key: 'device', head: words.device },
          { key: 'address', head: words.address },
          { key: 'since', head: words.since },
          { key: 'seen', head: words.seen },
          { key: 'end', head: words.signOut },
        ]}
        rows={devices.map((device) => ({
          key: device.id,
          cells: {
            device: <Device device={device} />,
            address: <span className="mono">{device.address}</span>,
            since: <Moment at={device.createdAt} exact />,
            seen: <Moment at={device.seenAt} />,
            end: device.current ? <Tag tone="good">{words.current}</Tag> : <EndSession device={device} />,
          },
        }))}
      />
    </Section>
  );
}

/** In words; what the browser calls itself in full is there for whoever points at it. */
function Device({ device: { userAgent } }: { device: DeviceView }) {
  const { account: words } = useText().trust;
  return (
    <span className="breakable" title={userAgent}>
      {deviceName(userAgent) || words.unknownDevice}
    </span>
  );
}

function EndSession({ device }: { device: DeviceView }) {
  const { account: words } = useText().trust;
  const notices = useNotices();
  const end = useEndSession();
  return (
    <Button
      size="compact-xs"
      variant="outline"
      color="red"
      loading={end.isPending}
      onClick={() =>
        end.mutate(device.id, {
          onSuccess: () => notices.done(words.signedOut),
          onError: (error) => notices.failed(error),
        })
      }
    >
      {words.signOut}
      <VisuallyHidden> {deviceName(device.userAgent)}</VisuallyHidden>
    </Button>
  );
}

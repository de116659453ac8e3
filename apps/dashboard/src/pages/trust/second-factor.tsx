import { Anchor, Button, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import type { AccountView, TotpView } from '@np-hub/model';
import { useState, type FormEvent } from 'react';
import { useBeginFactor, useConfirmFactor, useEndFactor } from '../../api/trust.js';
import { Copy } from '../../components/copy.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { useNotices } from '../../components/notices.js';
import { SecretOnce } from '../../components/secret-once.js';
import { Section } from '../../components/section.js';
import { Tag } from '../../components/tag.js';
import { useSpeech, useText } from '../../text/speech.js';

/** Turning the second factor on (password, key, first code, recovery codes) and off (password); `onDone`: the codes were kept. */
export function SecondFactorSection({ account, onDone }: { account: AccountView; onDone?: () => void }) {
  const { account: words } = useText().trust;
  const notices = useNotices();
  const begin = useBeginFactor();
  const end = useEndFactor();
  const [totp, setTotp] = useState<TotpView | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  return (
    <Section title={words.factor}>
      <Stack gap="sm">
        <Text size="sm">{words.factorLead}</Text>
        <Group gap="sm">
          <Tag tone={account.secondFactor ? 'good' : 'ended'}>
            {account.secondFactor ? words.factorOn : words.factorOff}
          </Tag>
          {account.secondFactor && <Text size="sm">{words.codesLeft(account.recoveryCodes)}</Text>}
        </Group>
        {totp ? (
          <ConfirmForm
            totp={totp}
            onCodes={(fresh) => {
              setTotp(null);
              setCodes(fresh);
            }}
          />
        ) : account.secondFactor && account.secondFactorDemanded ? (
          <Text size="sm">{words.demanded}</Text>
        ) : account.secondFactor ? (
          <PasswordForm
            text={words.endText}
            submit={words.end}
            running={end.isPending}
            error={end.error}
            onSubmit={(password) =>
              end.mutate(password, { onSuccess: () => notices.done(words.factorEnded) })
            }
          />
        ) : (
          <PasswordForm
            submit={words.begin}
            running={begin.isPending}
            error={begin.error}
            onSubmit={(password) => begin.mutate(password, { onSuccess: (made) => setTotp(made ?? null) })}
          />
        )}
      </Stack>
      {codes && (
        <SecretOnce
          title={words.codesTitle}
          text={words.codesText}
          label={words.codesLabel}
          value={codes.join('\n')}
          kept={words.kept}
          onClose={() => {
            setCodes(null);
            onDone?.();
          }}
        />
      )}
    </Section>
  );
}

interface PasswordFormProps {
  readonly text?: string;
  readonly submit: string;
  readonly running: boolean;
  readonly error: unknown;
  readonly onSubmit: (password: string) => void;
}

function PasswordForm({ text, submit, running, error, onSubmit }: PasswordFormProps) {
  const words = useText();
  const [password, setPassword] = useState('');
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!password || running) return;
    setPassword('');
    onSubmit(password);
  };
  return (
    <form onSubmit={send} noValidate>
      <Stack gap="sm" maw={420}>
        {text && <Text size="sm">{text}</Text>}
        <PasswordInput
          label={words.trust.account.present}
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': words.common.show }}
        />
        {error !== null && <ErrorNotice error={error} title={words.detail.actions.failed} />}
        <Group>
          <Button type="submit" variant="light" loading={running} disabled={!password}>
            {submit}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function ConfirmForm({ totp, onCodes }: { totp: TotpView; onCodes: (codes: readonly string[]) => void }) {
  const { text } = useSpeech();
  const { account: words } = text.trust;
  const confirm = useConfirmFactor();
  const [code, setCode] = useState('');
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!code || confirm.isPending) return;
    confirm.mutate(code, { onSuccess: (made) => onCodes(made?.codes ?? []) });
  };
  const grouped = totp.secret.replace(/(.{4})(?=.)/gu, '$1 ');
  return (
    <form onSubmit={send} noValidate>
      <Stack gap="sm" maw={520}>
        <Text size="sm">{words.scan}</Text>
        <Group gap="sm">
          <code className="mono breakable" data-testid="totp-key" aria-label={words.key}>
            {grouped}
          </code>
          <Copy value={totp.secret} of={words.key} />
          <Anchor size="sm" href={totp.uri}>
            {words.openApp}
          </Anchor>
        </Group>
        <TextInput
          label={words.code}
          inputMode="numeric"
          autoComplete="one-time-code"
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        {confirm.isError && <ErrorNotice error={confirm.error} title={text.detail.actions.failed} />}
        <Group>
          <Button type="submit" loading={confirm.isPending} disabled={!code}>
            {words.confirm}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

import { Alert, Anchor, Button, Paper, PasswordInput, Stack, Text, Title } from '@mantine/core';
import type { LinkOwnerView } from '@np-hub/model';
import { useEffect, useState, type FormEvent } from 'react';
import { useAcceptLink, useLinkOwner } from '../../api/trust.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { PageSkeleton } from '../../components/load.js';
import { useSpeech } from '../../text/speech.js';

/** Where the link of an invitation or a reset leads: whoever has it sets the password. Its token stands behind `#`. */
export function WelcomePage() {
  const { text } = useSpeech();
  const { welcome: words } = text.trust;
  const [token] = useState(() => window.location.hash.slice(1));
  const owner = useLinkOwner(token);
  useEffect(() => {
    document.title = `${words.title} | ${text.app.name}`;
    // The address stays in the history of the browser: the token does not.
    window.history.replaceState(null, '', '/welcome');
  }, [words, text]);
  return (
    <main className="login">
      <Paper withBorder shadow="sm" p="xl" radius="md" className="login-card">
        <Title order={1} size="h3" mb="md">
          {words.title}
        </Title>
        {owner.isPending && <PageSkeleton rows={2} />}
        {owner.isError && (
          <Alert color="orange" variant="outline" role="alert">
            {words.gone}
          </Alert>
        )}
        {owner.data && <PasswordForm owner={owner.data} token={token} />}
      </Paper>
    </main>
  );
}

function PasswordForm({ owner, token }: { owner: LinkOwnerView; token: string }) {
  const { text } = useSpeech();
  const { welcome: words, account } = text.trust;
  const accept = useAcceptLink();
  const [password, setPassword] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (password && !accept.isPending) accept.mutate({ token, password });
  };
  if (accept.isSuccess) {
    return (
      <Stack>
        <Alert color="green" variant="outline" role="status">
          {words.done}
        </Alert>
        <Anchor href="/">{words.toLogin}</Anchor>
      </Stack>
    );
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Text size="sm">{words[owner.kind](owner.name)}</Text>
        <Text size="sm">
          {words.login}
          {text.common.colon}
          <strong className="mono">{owner.login}</strong>
        </Text>
        <input type="hidden" name="login" autoComplete="username" value={owner.login} readOnly />
        <PasswordInput
          label={account.fresh}
          description={account.freshHelp}
          autoComplete="new-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': text.common.show }}
        />
        {accept.isError && <ErrorNotice error={accept.error} title={text.detail.actions.failed} />}
        <Button type="submit" loading={accept.isPending} disabled={!password} fullWidth>
          {words.submit}
        </Button>
      </Stack>
    </form>
  );
}

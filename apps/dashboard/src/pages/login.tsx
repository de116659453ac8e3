import { Alert, Button, Group, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { errorText } from '../components/load.js';
import { ApiError } from '../api/client.js';
import { keys } from '../api/queries.js';
import { useSignIn } from '../api/writes.js';
import { useSpeech } from '../text/speech.js';

/** The password was right, and a second factor is on. */
const codeErrors = new Set(['code-needed', 'wrong-code']);

/** Stands at every address while nobody is signed in; afterwards the address shows its own page. */
export function LoginPage() {
  const { text, language, setLanguage } = useSpeech();
  const signIn = useSignIn();
  const ended = useQueryClient().getQueryData(keys.sessionEnded) === true;
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [tried, setTried] = useState(false);
  const failure = useRef<HTMLDivElement>(null);
  useEffect(() => {
    document.title = `${text.login.title} | ${text.app.name}`;
  }, [text]);
  useEffect(() => {
    if (signIn.isError) failure.current?.focus();
  }, [signIn.isError]);

  const needsCode = signIn.error instanceof ApiError && codeErrors.has(signIn.error.view.error);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (login && password && !signIn.isPending) signIn.mutate({ login, password, ...(code ? { code } : {}) });
  };

  return (
    <main className="login">
      <Paper withBorder shadow="sm" p="xl" radius="md" className="login-card">
        <Group justify="space-between" align="flex-start" mb="lg" wrap="nowrap">
          <div>
            <Text fw={700} size="lg">
              {text.app.name}
            </Text>
            <Text size="sm" c="dimmed">
              {text.app.tagline}
            </Text>
          </div>
          <Button
            variant="subtle"
            color="dark"
            size="compact-sm"
            lang={language === 'ja' ? 'en' : 'ja'}
            onClick={() => setLanguage(language === 'ja' ? 'en' : 'ja')}
          >
            {text.app.switchTo}
          </Button>
        </Group>
        <Title order={1} size="h3" mb="md">
          {text.login.title}
        </Title>
        <form onSubmit={submit} noValidate>
          <Stack>
            {ended && !signIn.isError && (
              <Alert color="gray" variant="outline" role="status">
                {text.login.ended}
              </Alert>
            )}
            {signIn.isError && (
              <Alert color="red" variant="outline" role="alert" tabIndex={-1} ref={failure}>
                {errorText(signIn.error, language)}
              </Alert>
            )}
            <TextInput
              label={text.login.login}
              name="login"
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              autoFocus
              value={login}
              onChange={(event) => setLogin(event.currentTarget.value)}
              error={tried && !login ? text.login.missing : null}
            />
            <PasswordInput
              label={text.login.password}
              name="password"
              autoComplete="current-password"
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
              error={tried && !password ? text.login.missing : null}
              visibilityToggleButtonProps={{ 'aria-label': text.common.show }}
            />
            {(needsCode || code !== '') && (
              <TextInput
                label={text.trust.login.code}
                description={text.trust.login.codeHelp}
                name="code"
                autoComplete="one-time-code"
                inputMode="text"
                value={code}
                onChange={(event) => setCode(event.currentTarget.value)}
              />
            )}
            <Button type="submit" loading={signIn.isPending} fullWidth mt="xs">
              {text.login.submit}
            </Button>
          </Stack>
        </form>
      </Paper>
    </main>
  );
}

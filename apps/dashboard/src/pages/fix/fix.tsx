import { Alert, Button, Paper, Stack, Text, TextInput, Textarea, Title } from '@mantine/core';
import type { BuyerPage } from '@np-hub/model';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { ApiError, call } from '../../api/client.js';
import { LoadFailed, PageSkeleton } from '../../components/load.js';
import { formatMoment } from '../../format.js';
import { useSpeech } from '../../text/speech.js';
import { wordOr } from '../../words.js';

/**
 * The buyer's page: no login, no menu, only the fields that are to be put right. The secret stands behind the hash
 * sign of the address, which browsers send to nobody.
 */
export function FixPage() {
  const { text, language, setLanguage } = useSpeech();
  const { fix } = text.desk;
  const [token] = useState(() => window.location.hash.slice(1));
  const page = useQuery({
    queryKey: ['buyer-link', token],
    retry: false,
    refetchOnWindowFocus: false,
    queryFn: ({ signal }) => call<BuyerPage>('POST', '/buyer-link/read', { body: { token }, signal }),
  });
  useEffect(() => {
    document.title = fix.title;
  }, [fix]);
  return (
    <main className="fix" id="main">
      <Paper withBorder radius="md" p="lg" className="fix-card">
        <Button
          variant="subtle"
          color="dark"
          size="compact-sm"
          lang={language === 'ja' ? 'en' : 'ja'}
          className="fix-language"
          onClick={() => setLanguage(language === 'ja' ? 'en' : 'ja')}
        >
          {text.app.switchTo}
        </Button>
        <Title order={1} size="h3">
          {fix.title}
        </Title>
        {page.isPending ? (
          <PageSkeleton rows={3} />
        ) : page.isError ? (
          page.error instanceof ApiError && page.error.status === 404 ? (
            <Alert variant="outline" color="gray" mt="md" title={fix.closed}>
              {page.error.view.message[language]}
            </Alert>
          ) : (
            <LoadFailed error={page.error} onAgain={() => void page.refetch()} />
          )
        ) : (
          <FixForm token={token} page={page.data} />
        )}
      </Paper>
    </main>
  );
}

function FixForm({ token, page }: { token: string; page: BuyerPage }) {
  const { text, language } = useSpeech();
  const { fix } = text.desk;
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const send = useMutation({
    mutationFn: (fields: Readonly<Record<string, string>>) =>
      call<undefined>('POST', '/buyer-link/correct', { body: { token, fields } }),
  });
  const notice = useRef<HTMLDivElement>(null);
  const failedTimes = send.failureCount;
  useEffect(() => {
    if (send.isError || send.isSuccess) notice.current?.focus();
  }, [send.isError, send.isSuccess, failedTimes]);
  if (send.isSuccess) {
    return (
      <Alert
        ref={notice}
        tabIndex={-1}
        variant="outline"
        color="green"
        mt="md"
        title={fix.thanks}
        role="status"
      >
        {fix.thanksHelp}
      </Alert>
    );
  }
  const { error } = send;
  const wrong = error instanceof ApiError ? error.view.fields : [];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!send.isPending)
      send.mutate(Object.fromEntries(page.fields.map(({ path, value }) => [path, values[path] ?? value])));
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md" mt="md">
        <Text>{fix.lead(page.shopName)}</Text>
        {error && (
          <Alert ref={notice} tabIndex={-1} color="red" variant="outline" role="alert" title={fix.failed}>
            {error instanceof ApiError ? error.view.message[language] : fix.failed}
          </Alert>
        )}
        {page.fields.map(({ path, value, limit }) => {
          const name = path.slice(path.indexOf('.') + 1);
          const given = values[path] ?? value;
          const properties = {
            label: fix.label(wordOr(fix.fields, name), path.startsWith('destination.')),
            description: [wordOr(fix.hints, name), limit === null ? '' : fix.count([...given].length, limit)]
              .filter((part) => part !== name && part !== '')
              .join(' '),
            error: wrong.find(({ field }) => field.endsWith(path))?.message[language],
            value: given,
            size: 'md',
          };
          const change = (next: string) => setValues({ ...values, [path]: next });
          return name === 'address' ? (
            <Textarea
              key={path}
              {...properties}
              autosize
              minRows={2}
              autoComplete="street-address"
              onChange={(event) => change(event.currentTarget.value)}
            />
          ) : (
            <TextInput
              key={path}
              {...properties}
              {...inputOf(name)}
              onChange={(event) => change(event.currentTarget.value)}
            />
          );
        })}
        <Button type="submit" size="md" loading={send.isPending} fullWidth>
          {fix.send}
        </Button>
        <Text size="sm" c="dimmed">
          {fix.once(formatMoment(page.expiresAt, language))}
        </Text>
      </Stack>
    </form>
  );
}

/** The right keyboard on a telephone, and what the browser knows already (WCAG 1.3.5). */
function inputOf(name: string): {
  type?: string;
  inputMode?: 'numeric' | 'tel' | 'email';
  autoComplete?: string;
} {
  if (name === 'phone') return { type: 'tel', inputMode: 'tel', autoComplete: 'tel' };
  if (name === 'email') return { type: 'email', inputMode: 'email', autoComplete: 'email' };
  if (name === 'postalCode') return { inputMode: 'numeric', autoComplete: 'postal-code' };
  return name === 'name' ? { autoComplete: 'name' } : {};
}

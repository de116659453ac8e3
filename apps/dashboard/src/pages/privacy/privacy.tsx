import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useFindBuyer } from '../../api/privacy.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { OperatorOnly } from '../../components/operator-only.js';
import { PageHead } from '../../components/page-title.js';
import { Section } from '../../components/section.js';
import { useSpeech, useText } from '../../text/speech.js';
import { Matches } from './matches.js';
import { RetentionSection } from './retention.js';

/** What buyers may ask for, and how long data is kept. */
export function PrivacyPage() {
  const { privacy } = useText();
  return (
    <Stack gap="md">
      <PageHead title={privacy.title} lead={privacy.lead} />
      <OperatorOnly>
        <BuyerSection />
        <RetentionSection />
      </OperatorOnly>
    </Stack>
  );
}

function BuyerSection() {
  const { text } = useSpeech();
  const { privacy: words } = text;
  const find = useFindBuyer();
  const [q, setQ] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (q.trim() && !find.isPending) find.mutate(q.trim());
  };
  return (
    <Section title={words.search}>
      <Stack gap="sm">
        <form onSubmit={submit} noValidate autoComplete="off">
          <Group align="flex-end" gap="sm">
            <TextInput
              label={words.search}
              description={words.searchHelp}
              value={q}
              onChange={(event) => setQ(event.currentTarget.value)}
              style={{ flex: '1 1 280px' }}
            />
            <Button type="submit" loading={find.isPending}>
              {words.find}
            </Button>
          </Group>
        </form>
        {find.isError && <ErrorNotice error={find.error} title={text.detail.actions.failed} />}
        {find.data?.matches.length === 0 && <Text size="sm">{words.none}</Text>}
        {find.data?.more && <Text size="sm">{words.more}</Text>}
        {find.data && find.data.matches.length > 0 && (
          <Matches
            key={find.submittedAt}
            matches={find.data.matches}
            onErased={() => find.mutate(find.variables)}
          />
        )}
      </Stack>
    </Section>
  );
}

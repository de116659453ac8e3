import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import type { RetentionView, SessionView } from '@np-hub/model';
import { useState, type FormEvent } from 'react';
import { useOutletContext } from 'react-router';
import { useChangeRetention, useRetention } from '../../api/privacy.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { Loaded } from '../../components/load.js';
import { useNotices } from '../../components/notices.js';
import { Section } from '../../components/section.js';
import { useSpeech, useText } from '../../text/speech.js';

const kinds = ['buyers', 'runs', 'calls'] as const;
type Typed = Readonly<Record<(typeof kinds)[number], string>>;

export function RetentionSection() {
  const { privacy: words } = useText();
  const retention = useRetention();
  return (
    <Section title={words.retention}>
      <Stack gap="sm">
        <Text size="sm">{words.retentionLead}</Text>
        <Loaded query={retention} rows={2}>
          {(data) => <RetentionForm retention={data} />}
        </Loaded>
      </Stack>
    </Section>
  );
}

const typedOf = (view: RetentionView): Typed => ({
  buyers: view.buyers?.toString() ?? '',
  runs: view.runs?.toString() ?? '',
  calls: view.calls?.toString() ?? '',
});
const daysOf = (text: string): number | null => (text.trim() === '' ? null : Number(text.normalize('NFKC')));

function RetentionForm({ retention }: { retention: RetentionView }) {
  const { text } = useSpeech();
  const { privacy: words } = text;
  const isOwner = useOutletContext<SessionView>().user.role === 'owner';
  const notices = useNotices();
  const change = useChangeRetention();
  const [typed, setTyped] = useState<Typed>(typedOf(retention));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { buyers, runs, calls } = typed;
    change.mutate(
      { buyers: daysOf(buyers), runs: daysOf(runs), calls: daysOf(calls) },
      { onSuccess: () => notices.done(words.saved) },
    );
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm" maw={420}>
        {kinds.map((kind) => (
          <TextInput
            key={kind}
            label={words.kinds[kind]}
            inputMode="numeric"
            disabled={!isOwner}
            value={typed[kind]}
            onChange={(event) => setTyped({ ...typed, [kind]: event.currentTarget.value })}
          />
        ))}
        {change.isError && <ErrorNotice error={change.error} title={text.detail.actions.failed} />}
        {isOwner && (
          <Group>
            <Button type="submit" loading={change.isPending}>
              {words.save}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}

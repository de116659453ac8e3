import { Button, Group, Stack, Text } from '@mantine/core';
import type { RetentionView, SessionView } from '@np-hub/model';
import { useRef, useState, type FormEvent } from 'react';
import { useOutletContext } from 'react-router';
import { useChangeRetention, useRetention } from '../../api/privacy.js';
import { isMistyped, wholeWithin, type Amount } from '../../components/amount.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { Loaded } from '../../components/load.js';
import { showMistake } from '../../components/mistake.js';
import { useNotices } from '../../components/notices.js';
import { NumberField } from '../../components/number-field.js';
import { Section } from '../../components/section.js';
import { useSpeech, useText } from '../../text/speech.js';

const kinds = ['buyers', 'runs', 'calls'] as const;
/** Not shorter than what the hub itself needs. */
const limits = {
  buyers: wholeWithin(30, 36_500),
  runs: wholeWithin(7, 36_500),
  calls: wholeWithin(31, 36_500),
};
type Typed = Readonly<Record<(typeof kinds)[number], Amount>>;

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
  buyers: view.buyers ?? '',
  runs: view.runs ?? '',
  calls: view.calls ?? '',
});
const daysOf = (typed: Amount): number | null => (typeof typed === 'number' ? typed : null);

function RetentionForm({ retention }: { retention: RetentionView }) {
  const { text } = useSpeech();
  const { privacy: words } = text;
  const isOwner = useOutletContext<SessionView>().user.role === 'owner';
  const notices = useNotices();
  const change = useChangeRetention();
  const [typed, setTyped] = useState<Typed>(typedOf(retention));
  const body = useRef<HTMLFormElement>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (kinds.some((kind) => isMistyped(typed[kind]))) return showMistake(body.current);
    const { buyers, runs, calls } = typed;
    change.mutate(
      { buyers: daysOf(buyers), runs: daysOf(runs), calls: daysOf(calls) },
      { onSuccess: () => notices.done(words.saved) },
    );
  };
  return (
    <form onSubmit={submit} noValidate ref={body}>
      <Stack gap="sm" maw={420}>
        {kinds.map((kind) => (
          <NumberField
            key={kind}
            label={words.kinds[kind]}
            limits={limits[kind]}
            disabled={!isOwner}
            value={typed[kind]}
            onChange={(days) => setTyped({ ...typed, [kind]: days })}
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

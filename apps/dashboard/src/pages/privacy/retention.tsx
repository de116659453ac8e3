import { Button, Group, List, Stack, Text } from '@mantine/core';
import type { RetentionPreview, RetentionView, SessionView } from '@np-hub/model';
import { useRef, useState, type FormEvent } from 'react';
import { useOutletContext } from 'react-router';
import { useChangeRetention, usePreviewRetention, useRetention } from '../../api/privacy.js';
import { isMistyped, wholeWithin, type Amount } from '../../components/amount.js';
import { Confirm } from '../../components/confirm.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { Loaded } from '../../components/load.js';
import { showMistake } from '../../components/mistake.js';
import { useNotices } from '../../components/notices.js';
import { NumberField } from '../../components/number-field.js';
import { Section } from '../../components/section.js';
import { formatMoment } from '../../format.js';
import { useSpeech, useText } from '../../text/speech.js';

const kinds = ['buyers', 'runs', 'calls'] as const;
/** Not shorter than what the hub itself needs. */
const limits = {
  buyers: wholeWithin(30, 36_500),
  runs: wholeWithin(7, 36_500),
  calls: wholeWithin(31, 36_500),
};
type Typed = Readonly<Record<(typeof kinds)[number], Amount>>;

interface Shorter {
  readonly wanted: RetentionView;
  readonly kinds: readonly (typeof kinds)[number][];
  readonly going: RetentionPreview;
}

/** What is to be kept for less time than before: only that erases more than is erased anyway. */
export const shortened = (saved: RetentionView, wanted: RetentionView): Shorter['kinds'] =>
  kinds.filter((kind) => {
    const [before, after] = [saved[kind], wanted[kind]];
    return after !== null && (before === null || after < before);
  });

/** How long each kind of data is kept; who shortens that is asked first. */
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
  const preview = usePreviewRetention();
  const [typed, setTyped] = useState<Typed>(typedOf(retention));
  const body = useRef<HTMLFormElement>(null);
  const [asked, setAsked] = useState<Shorter | null>(null);
  const save = (wanted: RetentionView) =>
    change.mutate(wanted, {
      onSuccess: () => {
        setAsked(null);
        notices.done(words.saved);
      },
    });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (kinds.some((kind) => isMistyped(typed[kind]))) return showMistake(body.current);
    change.reset();
    const { buyers, runs, calls } = typed;
    const wanted = { buyers: daysOf(buyers), runs: daysOf(runs), calls: daysOf(calls) };
    const shorter = shortened(retention, wanted);
    if (shorter.length === 0) save(wanted);
    else preview.mutate(wanted, { onSuccess: (going) => setAsked({ wanted, kinds: shorter, going }) });
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
        {change.isError && !asked && <ErrorNotice error={change.error} title={text.detail.actions.failed} />}
        {preview.isError && <ErrorNotice error={preview.error} title={text.detail.actions.failed} />}
        {isOwner && (
          <Group>
            <Button type="submit" loading={change.isPending || preview.isPending}>
              {words.save}
            </Button>
          </Group>
        )}
      </Stack>
      {asked && (
        <Confirm
          title={words.shortenTitle}
          text={words.shortenText}
          confirm={words.shortenConfirm}
          running={change.isPending}
          error={change.error}
          onClose={() => setAsked(null)}
          onConfirm={() => save(asked.wanted)}
        >
          <Going kinds={asked.kinds} going={asked.going} />
        </Confirm>
      )}
    </form>
  );
}

/** How much goes at the next run, of each kind that is to be kept for less time than before. */
export function Going({ kinds, going }: Pick<Shorter, 'kinds' | 'going'>) {
  const { text, language } = useSpeech();
  return (
    <List size="sm">
      {kinds.map((kind) => {
        const of = going[kind];
        return (
          of && (
            <List.Item key={kind}>
              {text.privacy.going[kind](formatMoment(of.before, language), of.count)}
            </List.Item>
          )
        );
      })}
    </List>
  );
}

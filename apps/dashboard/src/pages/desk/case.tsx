import { Alert, Anchor, Button, Group, Stack, Text, Textarea } from '@mantine/core';
import type { DeskEntry, DeskView, TransactionView } from '@np-hub/model';
import { useState, type FormEvent } from 'react';
import { Link } from 'react-router';
import { useDesk, useDeskWrite } from '../../api/desk.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { Loaded } from '../../components/load.js';
import { Moment } from '../../components/moment.js';
import { Section } from '../../components/section.js';
import { formatMoment } from '../../format.js';
import { usePersonName } from '../../components/person.js';
import { useSpeech, useText } from '../../text/speech.js';
import { fieldLabel } from '../../words.js';
import { payloadPathOf } from '../transaction/fields.js';
import { Contact } from './contact.js';
import { MarkBar } from './mark-bar.js';

/** The desk's part of a transaction: who looks after it, notes, and how to reach the buyer. */
export function DeskCase({ view, viewer }: { view: TransactionView; viewer: boolean }) {
  const { desk } = useText();
  const query = useDesk(view.shopId, view.id);
  return (
    <>
      {!viewer && query.data && <Contact view={view} desk={query.data} />}
      <Section
        title={desk.case.title}
        aside={
          <Anchor
            component={Link}
            size="sm"
            to={`/transactions/${encodeURIComponent(view.shopId)}/${encodeURIComponent(view.id)}/sheet`}
          >
            {desk.sheet.link}
          </Anchor>
        }
      >
        <Loaded query={query} rows={2}>
          {(data) => <Notes view={view} data={data} viewer={viewer} />}
        </Loaded>
      </Section>
    </>
  );
}

function Notes({ view, data, viewer }: { view: TransactionView; data: DeskView; viewer: boolean }) {
  const { desk } = useText();
  const nameOf = usePersonName();
  const { mark } = data;
  return (
    <Stack gap="sm">
      {mark.snoozedUntil !== null && (
        <Alert variant="outline" color="gray" title={desk.case.isSnoozed}>
          {desk.inbox.snoozedUntil} <Moment at={mark.snoozedUntil} exact ahead />
        </Alert>
      )}
      {mark.doneAt !== null && (
        <Alert variant="outline" color="gray" title={desk.case.isDone}>
          <Moment at={mark.doneAt} exact />
        </Alert>
      )}
      {viewer ? (
        <Text size="sm">{mark.assignee === null ? desk.inbox.nobody : nameOf(mark.assignee)}</Text>
      ) : (
        <>
          <MarkBar
            keys={[{ shopId: view.shopId, id: view.id }]}
            show={mark.doneAt !== null ? 'done' : mark.snoozedUntil !== null ? 'snoozed' : 'open'}
            assignee={mark.assignee}
          />
          <NoteForm view={view} />
        </>
      )}
      {data.entries.length === 0 ? (
        <Text size="sm" c="dimmed">
          {desk.case.empty}
        </Text>
      ) : (
        <ol className="timeline">
          {data.entries.map((entry) => (
            <Entry key={entry.id} entry={entry} />
          ))}
        </ol>
      )}
    </Stack>
  );
}

function NoteForm({ view }: { view: TransactionView }) {
  const { desk, common } = useText();
  const [text, setText] = useState('');
  const write = useDeskWrite<undefined>(view.shopId, view.id, 'POST');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === '') return;
    write.mutate({ path: 'notes', body: { text } }, { onSuccess: () => setText('') });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="xs" align="stretch">
        <Textarea
          label={desk.case.note}
          description={desk.case.noteHint}
          autosize
          minRows={2}
          maxLength={4_000}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {write.isError && <ErrorNotice error={write.error} title={common.failed} />}
        <Group>
          <Button type="submit" size="xs" variant="default" loading={write.isPending} disabled={!text.trim()}>
            {desk.case.addNote}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Entry({ entry }: { entry: DeskEntry }) {
  const { text, language } = useSpeech();
  const words = text.desk.case;
  const nameOf = usePersonName();
  const detail = () => {
    if (entry.kind === 'assigned')
      return entry.detail === null ? text.desk.inbox.nobody : nameOf(entry.detail);
    if (entry.kind === 'snoozed') return formatMoment(entry.detail ?? '', language);
    if (entry.kind.startsWith('link') && entry.detail) {
      const labels = entry.detail.split(',').map((path) => fieldLabel(payloadPathOf(path), language));
      return labels.join(text.common.listComma);
    }
    return null;
  };
  return (
    <li className="entry entry-event">
      <div className="entry-head">
        <span className="entry-title">{words.kinds[entry.kind]}</span>
        {detail()}
      </div>
      {entry.text !== null && <div className="note-text">{entry.text}</div>}
      <div className="entry-meta">
        <time dateTime={entry.at}>{formatMoment(entry.at, language)}</time>
        <span>{nameOf(entry.by)}</span>
      </div>
    </li>
  );
}

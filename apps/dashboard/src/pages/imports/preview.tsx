import { Alert, Button, Checkbox, Group, NativeSelect, Stack, Text } from '@mantine/core';
import type { FileLayoutView, ImportPreview, ImportView } from '@np-hub/model';
import { useState } from 'react';
import { useImportStep, useShopFiles, type Reading } from '../../api/files.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { useNotices } from '../../components/notices.js';
import { Section } from '../../components/section.js';
import { StackTable } from '../../components/stack-table.js';
import { useSpeech } from '../../text/speech.js';
import { chosenOf, headerChoices, placeAt } from './columns.js';
import { usePreview } from './use-preview.js';

interface Props {
  readonly view: ImportView;
  /** Null while nobody knows what kind of file it is. */
  readonly preview: ImportPreview | null;
  readonly operator: boolean;
}

/** How the file is read, before anything is imported: every change asks the hub how it then reads it. */
export function Preview({ view, preview, operator }: Props) {
  const { text } = useSpeech();
  const { preview: words } = text.files;
  const notices = useNotices();
  const layouts = useShopFiles(view.shopId).data?.layouts ?? [];
  const { reading, change, pending, error } = usePreview(view);
  const [remember, setRemember] = useState(false);
  const start = useImportStep(view.shopId);
  const begin = () =>
    start.mutate(
      { importId: view.id, step: 'start', body: { ...reading, ...(remember ? { remember } : {}) } },
      {
        onSuccess: (answer) => {
          if (answer) notices.done(words.started);
        },
      },
    );
  const chosen = Object.keys(reading.columns ?? {}).length > 0;
  const understood = view.layout !== null && preview !== null && preview.missing.length === 0;
  return (
    <Section title={words.title}>
      <Stack gap="sm">
        <Text size="sm">{words.lead}</Text>
        <HowRead reading={reading} preview={preview} layouts={layouts} onChange={change} />
        {preview !== null && (
          <>
            <Findings preview={preview} />
            <Columns
              preview={preview}
              chosen={reading.columns ?? {}}
              onPlace={(name, place) =>
                change({ ...reading, columns: { ...reading.columns, [name]: place } })
              }
            />
          </>
        )}
        <div role="status" className="preview-status">
          {pending && <Text size="sm">{words.reading}</Text>}
        </div>
        {error !== null && <ErrorNotice error={error} title={text.detail.actions.failed} />}
        {start.isError && <ErrorNotice error={start.error} title={text.detail.actions.failed} />}
        {chosen &&
          (operator ? (
            <Checkbox
              label={words.remember}
              checked={remember}
              onChange={(event) => setRemember(event.currentTarget.checked)}
            />
          ) : (
            <Text size="sm" c="dimmed">
              {words.rememberOperator}
            </Text>
          ))}
        <Group>
          <Button
            disabled={!understood || pending || error !== null}
            loading={start.isPending}
            onClick={begin}
          >
            {words.start}
          </Button>
        </Group>
      </Stack>
    </Section>
  );
}

interface ReadProps {
  readonly reading: Reading;
  readonly preview: ImportPreview | null;
  readonly layouts: readonly FileLayoutView[];
  readonly onChange: (next: Reading) => void;
}

/** Kind, encoding and header of the file. Another kind forgets the columns chosen for the one before. */
function HowRead({ reading, preview, layouts, onChange }: ReadProps) {
  const { text, language } = useSpeech();
  const { preview: words } = text.files;
  const layout = reading.layout ?? '';
  return (
    <Group gap="md" align="flex-end">
      <NativeSelect
        label={words.layout}
        value={layout}
        error={layout === '' ? words.layoutUnclear : null}
        data={[
          ...(layout === '' ? [{ value: '', label: words.chooseLayout }] : []),
          ...layouts.map(({ id, label }) => ({ value: id, label: label[language] })),
        ]}
        onChange={(event) => {
          if (event.currentTarget.value) onChange({ layout: event.currentTarget.value });
        }}
      />
      {preview !== null && layout !== '' && (
        <HowWritten
          encoding={reading.encoding ?? preview.encoding}
          header={reading.header ?? preview.header}
          onChange={(next) => onChange({ ...next, layout })}
        />
      )}
    </Group>
  );
}

interface WrittenProps extends Pick<ImportPreview, 'encoding' | 'header'> {
  readonly onChange: (next: Reading) => void;
}

function HowWritten({ encoding, header, onChange }: WrittenProps) {
  const { preview: words, encodings } = useSpeech().text.files;
  return (
    <>
      <NativeSelect
        label={words.encoding}
        value={encoding}
        data={(['cp932', 'utf8'] as const).map((value) => ({ value, label: encodings[value] }))}
        onChange={(event) =>
          onChange({ header, encoding: event.currentTarget.value === 'utf8' ? 'utf8' : 'cp932' })
        }
      />
      <Checkbox
        className="filter-check"
        label={words.header}
        checked={header}
        onChange={(event) => onChange({ encoding, header: event.currentTarget.checked })}
      />
    </>
  );
}

/** What is missing, what was found, and what is merely kept. */
function Findings({ preview }: { preview: ImportPreview }) {
  const { text, language } = useSpeech();
  const { preview: words } = text.files;
  const labelOf = (name: string) =>
    preview.columns.find((column) => column.name === name)?.label[language] ?? name;
  const found = preview.columns.filter(({ position }) => position !== null).length;
  return (
    <Stack gap={6}>
      {preview.missing.length > 0 && (
        <Alert
          color="red"
          variant="outline"
          role="alert"
          title={words.missing(preview.missing.map(labelOf).join(text.common.listComma))}
        >
          {words.missingHelp}
        </Alert>
      )}
      <Text size="sm">{words.matched(found, preview.columns.length)}</Text>
      {preview.unknown.length > 0 && (
        <details className="entry-details">
          <summary>{words.unknown(preview.unknown.length)}</summary>
          <Text size="sm">{words.unknownHelp}</Text>
          <Text size="sm">{preview.unknown.join(text.common.listComma)}</Text>
        </details>
      )}
    </Stack>
  );
}

interface ColumnsProps {
  readonly preview: ImportPreview;
  /** Places that a person has just chosen. */
  readonly chosen: NonNullable<Reading['columns']>;
  readonly onPlace: (name: string, place: string | number | null) => void;
}

function Columns({ preview, chosen, onPlace }: ColumnsProps) {
  const { text, language } = useSpeech();
  const { preview: words } = text.files;
  const choices = headerChoices(preview, words.position);
  return (
    <StackTable
      label={words.tableLabel}
      columns={[
        { key: 'column', head: words.column },
        { key: 'from', head: words.from },
        { key: 'sample', head: words.sample },
      ]}
      rows={preview.columns.map((column) => ({
        key: column.name,
        cells: {
          column: (
            <>
              {column.label[language]}
              {column.required && (
                <span className={preview.missing.includes(column.name) ? 'column-missing' : 'quiet'}>
                  {text.common.aside(words.required)}
                </span>
              )}
            </>
          ),
          from: (
            <NativeSelect
              size="xs"
              aria-label={words.fromOf(column.label[language])}
              value={chosenOf(preview, column, chosen)}
              error={preview.missing.includes(column.name)}
              data={[{ value: '', label: words.none }, ...choices]}
              onChange={(event) => onPlace(column.name, placeAt(preview, event.currentTarget.value))}
            />
          ),
          sample: column.sample.slice(0, 3).map((cell, index) => (
            <span key={index} className="sample-line">
              {cell || words.empty}
            </span>
          )),
        },
      }))}
    />
  );
}

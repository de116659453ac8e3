import { Alert, Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { ImportRowKind, ImportView } from '@np-hub/model';
import { useState } from 'react';
import { Link } from 'react-router';
import { More } from '../../components/more.js';
import { refusedRowsAddress, useImportRows } from '../../api/files.js';
import { LoadFailed, PageSkeleton } from '../../components/load.js';
import { Section } from '../../components/section.js';
import { StackTable } from '../../components/stack-table.js';
import { Tag } from '../../components/tag.js';
import type { Tone } from '../../components/tones.js';
import { useSpeech } from '../../text/speech.js';
import { rowKinds } from './outcome.js';

const kindTones: Readonly<Record<ImportRowKind, Tone>> = {
  taken: 'good',
  unchanged: 'ended',
  waiting: 'attention',
  older: 'attention',
  refused: 'bad',
  ignored: 'ended',
};

/** What became of the rows: figures first, each a filter of the table below; what can be done about the rest. */
export function Result({ view }: { view: ImportView }) {
  const { text } = useSpeech();
  const { result } = text.files;
  const { counts } = view;
  const [kind, setKind] = useState<ImportRowKind | null>(counts.refused > 0 ? 'refused' : null);
  const total = rowKinds.reduce((sum, one) => sum + counts[one], 0);
  const choices = [
    { kind: null, count: total },
    ...rowKinds.map((one) => ({ kind: one, count: counts[one] })),
  ];
  return (
    <Section title={result.title}>
      <Stack gap="sm">
        <div role="group" aria-label={result.filter} className="count-grid">
          {choices.map((choice) => (
            <button
              key={choice.kind ?? 'all'}
              type="button"
              className={`segment edge-${choice.kind === null ? 'all' : kindTones[choice.kind]}`}
              aria-pressed={kind === choice.kind}
              onClick={() => setKind(choice.kind)}
              title={choice.kind === null ? undefined : result.kindHelp[choice.kind]}
            >
              <span className="segment-label">
                {choice.kind === null ? result.all : result.kinds[choice.kind]}
              </span>
              <span className="segment-count">{result.count(choice.count)}</span>
            </button>
          ))}
        </div>
        {counts.newWords > 0 && (
          <Alert color="orange" variant="outline" title={result.newWords(counts.newWords)}>
            <Text size="sm">{result.newWordsHelp}</Text>
            <Text size="sm">{view.newWords.map(({ raw }) => text.common.quoted(raw)).join(' ')}</Text>
            <Anchor component={Link} to="/words" size="sm">
              {result.toWords}
            </Anchor>
          </Alert>
        )}
        {counts.refused > 0 && (
          <Group gap="sm">
            <Button
              component="a"
              href={refusedRowsAddress(view.shopId, view.id)}
              download
              size="compact-sm"
              variant="default"
              leftSection={<IconDownload size={15} aria-hidden />}
            >
              {result.refused}
            </Button>
            <Text size="sm" c="dimmed">
              {result.refusedHelp}
            </Text>
          </Group>
        )}
        {kind !== null && (
          <Text size="sm" c="dimmed">
            {result.kindHelp[kind]}
          </Text>
        )}
        <Rows view={view} kind={kind} />
      </Stack>
    </Section>
  );
}

function Rows({ view, kind }: { view: ImportView; kind: ImportRowKind | null }) {
  const { text, language } = useSpeech();
  const { result } = text.files;
  const query = useImportRows(view, kind, `${view.state} ${Math.floor(view.progress.rows / 2_000)}`);
  if (query.isPending) return <PageSkeleton rows={3} />;
  if (query.isError) return <LoadFailed error={query.error} onAgain={() => void query.refetch()} />;
  const rows = query.data.pages.flatMap((page) => page.rows);
  if (rows.length === 0) return <Text size="sm">{result.noRows}</Text>;
  return (
    <>
      <StackTable
        label={result.rowsLabel}
        columns={[
          { key: 'line', head: result.line, number: true },
          { key: 'order', head: result.order },
          { key: 'kind', head: result.kind },
          { key: 'reasons', head: result.reasons },
        ]}
        rows={rows.map((row) => ({
          key: String(row.line),
          cells: {
            line: row.line,
            order: row.orderNumber ? (
              <Anchor
                component={Link}
                size="sm"
                to={`/?shopId=${encodeURIComponent(view.shopId)}&q=${encodeURIComponent(row.orderNumber)}`}
              >
                {row.orderNumber}
              </Anchor>
            ) : (
              '–'
            ),
            kind: <Tag tone={kindTones[row.kind]}>{result.kinds[row.kind]}</Tag>,
            reasons: row.reasons.map((reason) => <div key={reason.en}>{reason[language]}</div>),
          },
        }))}
      />
      <More query={query} label={result.more} />
    </>
  );
}

import { Alert, Anchor, Button, Group, Stack, Text } from '@mantine/core';
import type { ImportView } from '@np-hub/model';
import { useState } from 'react';
import { Link } from 'react-router';
import { More } from '../../components/more.js';
import { useImports, useImportStep, useShopFiles } from '../../api/files.js';
import { LoadFailed, PageSkeleton } from '../../components/load.js';
import { Moment } from '../../components/moment.js';
import { useNotices } from '../../components/notices.js';
import { Section } from '../../components/section.js';
import { StackTable } from '../../components/stack-table.js';
import { usePersonName } from '../../components/person.js';
import { useSpeech } from '../../text/speech.js';
import { readyToStart } from './ready.js';
import { countsText, ImportTag } from './import-parts.js';

/** The imports of a shop, newest first; those that only wait for a yes can be started together. */
export function ImportList({ shopId }: { shopId: string }) {
  const { text, language } = useSpeech();
  const nameOf = usePersonName();
  const { list } = text.files;
  const imports = useImports(shopId);
  const layouts = useShopFiles(shopId).data?.layouts ?? [];
  const rows = imports.data?.pages.flatMap((page) => page.rows) ?? [];
  const labelOf = (layout: string | null) => layouts.find(({ id }) => id === layout)?.label[language];
  return (
    <Section title={list.title}>
      {imports.isPending ? (
        <PageSkeleton rows={3} />
      ) : imports.isError && rows.length === 0 ? (
        <LoadFailed error={imports.error} onAgain={() => void imports.refetch()} />
      ) : rows.length === 0 ? (
        <Text size="sm">{list.empty}</Text>
      ) : (
        <Stack gap="sm">
          <StartAll shopId={shopId} rows={rows} />
          <StackTable
            label={list.title}
            columns={[
              { key: 'name', head: list.name },
              { key: 'state', head: list.state },
              { key: 'result', head: list.result },
              { key: 'at', head: list.at },
              { key: 'by', head: list.by },
            ]}
            rows={rows.map((row) => ({
              key: row.id,
              cells: {
                name: (
                  <>
                    <Anchor
                      component={Link}
                      to={`/imports/${encodeURIComponent(shopId)}/${encodeURIComponent(row.id)}`}
                      size="sm"
                      fw={600}
                    >
                      {row.name}
                    </Anchor>
                    <span className="cell-small">{labelOf(row.layout)}</span>
                  </>
                ),
                state: <ImportTag view={row} />,
                result: row.error ? row.error[language] : countsText(row, text) || '–',
                at: <Moment at={row.uploadedAt} />,
                by: nameOf(row.by),
              },
            }))}
          />
          <More query={imports} label={list.more} />
        </Stack>
      )}
    </Section>
  );
}

function StartAll({ shopId, rows }: { shopId: string; rows: readonly ImportView[] }) {
  const { list } = useSpeech().text.files;
  const notices = useNotices();
  const { mutateAsync } = useImportStep(shopId);
  const [running, setRunning] = useState(false);
  const ready = readyToStart(rows);
  if (ready.length < 2 && !running) return null;
  const start = async () => {
    setRunning(true);
    let started = 0;
    // One that cannot be started stays where it is, and the others go on.
    for (const { id } of ready) {
      try {
        await mutateAsync({ importId: id, step: 'start', body: {} });
        started += 1;
      } catch (error) {
        notices.failed(error);
      }
    }
    if (started > 0) notices.done(list.startedAll(started));
    setRunning(false);
  };
  return (
    <Alert variant="outline" color="indigo" py="xs">
      <Group gap="sm">
        <Button size="compact-sm" loading={running} onClick={() => void start()}>
          {list.startAll(ready.length)}
        </Button>
        <Text size="sm">{list.startAllHelp}</Text>
      </Group>
    </Alert>
  );
}

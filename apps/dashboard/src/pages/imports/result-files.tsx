import { Alert, Anchor, Button, Group, List, Stack, Text, VisuallyHidden } from '@mantine/core';
import { IconDownload, IconFileExport } from '@tabler/icons-react';
import type { ResultFileView } from '@np-hub/model';
import { resultFileAddress, useMakeResults, useResults, useShopFiles } from '../../api/files.js';
import { Loaded } from '../../components/load.js';
import { Moment } from '../../components/moment.js';
import { useNotices } from '../../components/notices.js';
import { Section } from '../../components/section.js';
import { StackTable } from '../../components/stack-table.js';
import { usePersonName } from '../../components/person.js';
import { useSpeech } from '../../text/speech.js';

/** What is to be taken back into the cart: how much waits, a button that makes a file of it, and the files so far. */
export function ResultFiles({ shopId }: { shopId: string }) {
  const { results: words } = useSpeech().text.files;
  const results = useResults(shopId);
  const folder = useShopFiles(shopId).data?.folder ?? null;
  return (
    <Section title={words.title}>
      <Text size="sm" c="dimmed" mb="sm">
        {words.lead}
        {folder !== null && ` ${words.folder(folder)}`}
      </Text>
      <Loaded query={results} rows={2}>
        {(data) => (
          <Stack gap="sm">
            <Group gap="sm">
              <Text size="sm" fw={600} role="status" data-testid="results-pending">
                {data.pending > 0 ? words.pending(data.pending) : words.none}
              </Text>
              <Make shopId={shopId} pending={data.pending} />
            </Group>
            <Files shopId={shopId} files={data.files} />
          </Stack>
        )}
      </Loaded>
    </Section>
  );
}

function Make({ shopId, pending }: { shopId: string; pending: number }) {
  const { results: words } = useSpeech().text.files;
  const notices = useNotices();
  const make = useMakeResults(shopId);
  return (
    <Button
      size="compact-sm"
      leftSection={<IconFileExport size={16} aria-hidden />}
      disabled={pending === 0}
      loading={make.isPending}
      onClick={() =>
        make.mutate(undefined, {
          onSuccess: (file) => {
            if (file === null) return;
            notices.done(file ? words.made(file.rows) : words.nothing);
          },
          onError: (error) => notices.failed(error),
        })
      }
    >
      {words.make}
    </Button>
  );
}

function Files({ shopId, files }: { shopId: string; files: readonly ResultFileView[] }) {
  const { results: words } = useSpeech().text.files;
  const nameOf = usePersonName();
  if (files.length === 0) return <Text size="sm">{words.empty}</Text>;
  return (
    <>
      <StackTable
        label={words.title}
        columns={[
          { key: 'name', head: words.file },
          { key: 'rows', head: words.rows, number: true },
          { key: 'at', head: words.at },
          { key: 'by', head: words.by },
          { key: 'download', head: words.download },
        ]}
        rows={files.map((file) => ({
          key: file.id,
          cells: {
            name: (
              <>
                {file.name}
                <Lost file={file} />
              </>
            ),
            rows: file.rows,
            at: <Moment at={file.createdAt} exact />,
            by: nameOf(file.by),
            download: (
              <Anchor href={resultFileAddress(shopId, file.id)} download={file.name} size="sm">
                <IconDownload size={15} aria-hidden /> {words.download}
                <VisuallyHidden> {file.name}</VisuallyHidden>
              </Anchor>
            ),
          },
        }))}
      />
      <Text size="sm" c="dimmed">
        {words.kept}
      </Text>
    </>
  );
}

function Lost({ file: { lost } }: { file: ResultFileView }) {
  const { results: words } = useSpeech().text.files;
  if (lost.length === 0) return null;
  return (
    <Alert variant="outline" color="orange" py={4} mt={4} title={words.lost(lost.length)}>
      <List size="sm">
        {lost.map(({ orderNumber, column, characters }) => (
          <List.Item key={`${orderNumber} ${column}`}>
            {words.lostItem(orderNumber, column, characters)}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}

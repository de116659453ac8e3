import { Alert, NativeSelect, Stack, Text } from '@mantine/core';
import type { NpFileView } from '@np-hub/model';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { useNpLists } from '../../api/doubts.js';
import { LoadFailed, PageSkeleton } from '../../components/load.js';
import { PageTitle } from '../../components/page-title.js';
import { Section } from '../../components/section.js';
import { useText } from '../../text/speech.js';
import { ListResult } from './list-result.js';
import { TakeList } from './take-list.js';

/** NP's own list of transactions: taken in to end doubts, with what became of each row. */
export function NpListsPage() {
  const { doubts } = useText();
  const words = doubts.lists;
  const sources = useNpLists();
  const [parameters, setParameters] = useSearchParams();
  const [taken, setTaken] = useState<NpFileView | null>(null);
  if (sources.isPending) return <PageSkeleton />;
  if (!sources.data) return <LoadFailed error={sources.error} onAgain={() => void sources.refetch()} />;
  const wanted = parameters.get('connection');
  const source = sources.data.find(({ connectionId }) => connectionId === wanted) ?? sources.data[0];
  return (
    <Stack gap="md">
      <div>
        <PageTitle>{words.title}</PageTitle>
        <Text size="sm">{words.lead}</Text>
        <Text size="sm" c="dimmed">
          {words.privacy}
        </Text>
      </div>
      {source === undefined ? (
        <Alert variant="outline">{words.none}</Alert>
      ) : (
        <>
          {sources.data.length > 1 && (
            <NativeSelect
              className="shop-select"
              label={words.connection}
              value={source.connectionId}
              data={sources.data.map(({ connectionId, name }) => ({ value: connectionId, label: name }))}
              onChange={(event) => {
                setTaken(null);
                setParameters({ connection: event.currentTarget.value });
              }}
            />
          )}
          <TakeList key={source.connectionId} source={source} onTaken={setTaken} />
          {taken !== null && (
            <Section title={words.result}>
              <ListResult key={taken.id} file={taken} />
            </Section>
          )}
          {source.files.length > 0 && (
            <Section title={words.earlier}>
              <Stack gap="md">
                {source.files
                  .filter(({ id }) => id !== taken?.id)
                  .map((file) => (
                    <ListResult key={file.id} file={file} closed />
                  ))}
              </Stack>
            </Section>
          )}
        </>
      )}
    </Stack>
  );
}

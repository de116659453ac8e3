import { Alert, Button, FileInput, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useContractFees, useDeposits, usePreviewDeposits, useTakeDeposits } from '../../api/settlements.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { LoadFailed } from '../../components/load.js';
import { useNotices } from '../../components/notices.js';
import { Section } from '../../components/section.js';
import { useText } from '../../text/speech.js';
import { DepositResult } from './deposit-result.js';

/** NP's deposit files: looked at, taken in, and how they differ. */
export function DepositsSection() {
  const words = useText().settlements.deposits;
  const files = useDeposits();
  return (
    <>
      <TakeDeposits />
      {files.isError && <LoadFailed error={files.error} onAgain={() => void files.refetch()} />}
      {files.data && files.data.length > 0 && (
        <Section title={words.earlier}>
          <Stack gap="md">
            {files.data.map((file) => (
              <DepositResult key={file.id} file={file} closed />
            ))}
          </Stack>
        </Section>
      )}
    </>
  );
}

function TakeDeposits() {
  const words = useText().settlements.deposits;
  const connections = (useContractFees().data ?? []).filter(({ deposits }) => deposits);
  const preview = usePreviewDeposits();
  const take = useTakeDeposits();
  const notices = useNotices();
  const [chosen, setChosen] = useState('');
  const [fromDay, setFromDay] = useState('');
  const [toDay, setToDay] = useState('');
  const [file, setFile] = useState<File | null>(null);
  const connectionId = chosen || (connections[0]?.connectionId ?? '');
  const look = (content: File | null, days = { fromDay, toDay }) => {
    setFile(content);
    setFromDay(days.fromDay);
    setToDay(days.toDay);
    take.reset();
    const isWhole = (days.fromDay === '') === (days.toDay === '');
    if (content && isWhole) preview.mutate({ connectionId, file: content, ...days });
    else preview.reset();
  };
  const seen = preview.data;
  if (connections.length === 0) return null;
  return (
    <Section title={words.title}>
      <Stack gap="sm">
        <Text size="sm">{words.lead}</Text>
        <Group align="flex-end">
          <NativeSelect
            label={words.connection}
            value={connectionId}
            data={connections.map(({ connectionId: value, name }) => ({ value, label: name }))}
            onChange={(event) => {
              look(null);
              setChosen(event.currentTarget.value);
            }}
          />
          <TextInput
            type="date"
            label={words.from}
            value={fromDay}
            onChange={(event) => look(file, { fromDay: event.currentTarget.value, toDay })}
          />
          <TextInput
            type="date"
            label={words.to}
            value={toDay}
            onChange={(event) => look(file, { fromDay, toDay: event.currentTarget.value })}
          />
        </Group>
        <Text size="sm" c="dimmed">
          {words.days}
        </Text>
        <FileInput
          label={words.file}
          placeholder={words.choose}
          accept=".csv,.txt,text/csv"
          clearable
          disabled={connectionId === ''}
          value={file}
          onChange={(content) => look(content)}
        />
        {preview.isError && <ErrorNotice error={preview.error} title={words.failed} />}
        {/* Compared with itself, a file that is here already would read as if all had been paid twice. */}
        {seen && seen.sameAs === null && (
          <div>
            <Text size="sm" fw={700}>
              {words.preview}
            </Text>
            <DepositResult file={seen} />
          </div>
        )}
        {seen && seen.sameAs !== null && <Alert variant="outline">{words.same}</Alert>}
        {take.isError && <ErrorNotice error={take.error} title={words.failed} />}
        {seen && seen.sameAs === null && (
          <Group>
            <Button
              loading={take.isPending}
              onClick={() =>
                take.mutate(seen.id, {
                  onSuccess: () => {
                    notices.done(words.taken);
                    look(null);
                  },
                })
              }
            >
              {words.take}
            </Button>
          </Group>
        )}
      </Stack>
    </Section>
  );
}

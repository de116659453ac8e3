import { Button, Checkbox, FileInput, Group, NativeSelect, Stack, Table, Text } from '@mantine/core';
import type { ImportPreview, NpFileView, NpListSource } from '@np-hub/model';
import { useState } from 'react';
import { usePreviewList, useTakeList, type ListReading } from '../../api/doubts.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { Section } from '../../components/section.js';
import { Wide } from '../../components/wide.js';
import { useSpeech } from '../../text/speech.js';

/** Choosing a list, seeing what of it is understood, and taking it in. The file leaves the page only for that. */
export function TakeList({ source, onTaken }: { source: NpListSource; onTaken: (file: NpFileView) => void }) {
  const { text } = useSpeech();
  const words = text.doubts.lists;
  const preview = usePreviewList(source.connectionId);
  const take = useTakeList(source.connectionId);
  const [file, setFile] = useState<File | null>(null);
  const [reading, setReading] = useState<ListReading>({});
  const [remember, setRemember] = useState(false);

  const look = (chosen: File | null, as: ListReading) => {
    setFile(chosen);
    setReading(as);
    take.reset();
    if (chosen) preview.mutate({ file: chosen, reading: as });
    else preview.reset();
  };
  const seen = preview.data;
  const isReadable = seen !== undefined && seen.preview.missing.length === 0;
  return (
    <Section title={source.name}>
      <Stack gap="sm">
        <Text size="sm">{words.doubts(source.doubts)}</Text>
        <FileInput
          label={words.file}
          placeholder={words.choose}
          accept=".csv,.txt,text/csv"
          clearable
          value={file}
          onChange={(chosen) => look(chosen, {})}
        />
        {preview.isError && <ErrorNotice error={preview.error} title={text.detail.actions.failed} />}
        {seen && <Columns preview={seen.preview} reading={reading} onChange={(as) => look(file, as)} />}
        {isReadable && <Text size="sm">{words.preview(seen.rows, seen.matched)}</Text>}
        {isReadable && (
          <Checkbox
            label={words.remember}
            checked={remember}
            onChange={(event) => setRemember(event.currentTarget.checked)}
          />
        )}
        {take.isError && <ErrorNotice error={take.error} title={text.detail.actions.failed} />}
        {isReadable && file && (
          <Group>
            <Button
              loading={take.isPending}
              onClick={() =>
                take.mutate(
                  { file, reading, remember },
                  {
                    onSuccess: (answer) => {
                      onTaken(answer);
                      look(null, {});
                    },
                  },
                )
              }
            >
              {seen.matched > 0 ? words.take(seen.matched) : words.takeNone}
            </Button>
          </Group>
        )}
      </Stack>
    </Section>
  );
}

interface ColumnsProps {
  readonly preview: ImportPreview;
  readonly reading: ListReading;
  readonly onChange: (reading: ListReading) => void;
}

/** The two columns, where the list has them, and a choice among its headers. */
function Columns({ preview, reading, onChange }: ColumnsProps) {
  const { text, language } = useSpeech();
  const words = text.doubts.lists;
  return (
    <>
      <Text size="sm">{words.assumed}</Text>
      <Wide label={words.header}>
        <Table verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{words.columns.column}</Table.Th>
              <Table.Th>{words.columns.header}</Table.Th>
              <Table.Th>{words.columns.sample}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {preview.columns.map(({ name, label, header, sample }) => (
              <Table.Tr key={name}>
                <Table.Td>{label[language]}</Table.Td>
                <Table.Td>
                  <NativeSelect
                    aria-label={label[language]}
                    value={reading[name as keyof ListReading] ?? header ?? ''}
                    data={[
                      { value: '', label: header === null ? words.notFound : words.headerAuto },
                      ...preview.headers.filter((one) => one.trim() !== ''),
                    ]}
                    onChange={(event) => onChange(withColumn(reading, name, event.currentTarget.value))}
                  />
                </Table.Td>
                <Table.Td className="mono">{sample[0] ?? ''}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Wide>
    </>
  );
}

function withColumn(reading: ListReading, name: string, header: string): ListReading {
  const others = Object.fromEntries(Object.entries(reading).filter(([column]) => column !== name));
  return header === '' ? others : { ...others, [name]: header };
}

import { Anchor, Button, Group, Stack, Table, Text } from '@mantine/core';
import { npRowKindSchema, type NpFileView, type NpRowKind, type NpRowView } from '@np-hub/model';
import { useState } from 'react';
import { Link } from 'react-router';
import { More } from '../../components/more.js';
import { useListRows } from '../../api/doubts.js';
import { LoadFailed, PageSkeleton } from '../../components/load.js';
import { Wide } from '../../components/wide.js';
import { formatMoment } from '../../format.js';
import { usePersonName } from '../../components/person.js';
import { useSpeech } from '../../text/speech.js';

/** What became of one list: counts by result, and the rows of the one that is chosen. */
export function ListResult({ file, closed = false }: { file: NpFileView; closed?: boolean }) {
  const { text, language } = useSpeech();
  const nameOf = usePersonName();
  const words = text.doubts.lists;
  const [kind, setKind] = useState<NpRowKind | null | undefined>(closed ? undefined : null);
  const kinds = npRowKindSchema.options.filter((one) => (file.counts[one] ?? 0) > 0);
  return (
    <Stack gap="xs">
      <Text size="sm">
        <strong>{file.name}</strong>{' '}
        <span className="quiet">{words.by(nameOf(file.by), formatMoment(file.at, language))}</span>
      </Text>
      <Group gap="xs">
        {kinds.map((one) => (
          <Button
            key={one}
            size="compact-sm"
            variant={kind === one ? 'filled' : 'default'}
            aria-pressed={kind === one}
            onClick={() => setKind(kind === one ? null : one)}
          >
            {words.kinds[one]}
            {text.common.aside((file.counts[one] ?? 0).toLocaleString('ja-JP'))}
          </Button>
        ))}
      </Group>
      {kind !== undefined && <Rows file={file} kind={kind} />}
    </Stack>
  );
}

function Rows({ file, kind }: { file: NpFileView; kind: NpRowKind | null }) {
  const words = useSpeech().text.doubts.lists;
  const pages = useListRows(file, kind);
  if (pages.isPending) return <PageSkeleton rows={2} />;
  if (!pages.data) return <LoadFailed error={pages.error} onAgain={() => void pages.refetch()} />;
  const rows = pages.data.pages.flatMap((page) => page?.rows ?? []);
  if (rows.length === 0) return <Text size="sm">{words.empty}</Text>;
  return (
    <>
      <Wide label={words.result}>
        <Table verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th ta="right">{words.row.line}</Table.Th>
              <Table.Th>{words.row.shop}</Table.Th>
              <Table.Th>{words.row.np}</Table.Th>
              <Table.Th>{words.row.kind}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Row key={row.line} row={row} />
            ))}
          </Table.Tbody>
        </Table>
      </Wide>
      <More query={pages} label={words.more} />
    </>
  );
}

function Row({ row }: { row: NpRowView }) {
  const words = useSpeech().text.doubts.lists;
  const { shopId, transactionId } = row;
  return (
    <Table.Tr>
      <Table.Td className="number">{row.line}</Table.Td>
      <Table.Td className="mono">
        {shopId !== null && transactionId !== null ? (
          <Anchor
            component={Link}
            size="sm"
            to={`/transactions/${encodeURIComponent(shopId)}/${encodeURIComponent(transactionId)}`}
          >
            {row.shopTransactionId}
          </Anchor>
        ) : (
          row.shopTransactionId
        )}
      </Table.Td>
      <Table.Td className="mono">{row.npTransactionId}</Table.Td>
      <Table.Td>{words.kinds[row.kind]}</Table.Td>
    </Table.Tr>
  );
}

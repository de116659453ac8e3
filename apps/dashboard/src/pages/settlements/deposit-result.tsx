import { Button, Group, Stack, Text } from '@mantine/core';
import {
  depositDifferenceSchema,
  type DepositDifference,
  type DepositFileView,
  type DepositRowView,
} from '@np-hub/model';
import { useState } from 'react';
import { Link } from 'react-router';
import { useDepositRows, useMissing } from '../../api/settlements.js';
import { LoadFailed, PageSkeleton } from '../../components/load.js';
import { More } from '../../components/more.js';
import { StackTable } from '../../components/stack-table.js';
import { formatMoment, formatYen } from '../../format.js';
import { usePersonName } from '../../components/person.js';
import { useSpeech } from '../../text/speech.js';
import { Billings } from './month.js';

type Shown = DepositDifference | 'missing' | null;

/** How one file differs: counts, and the rows of the difference that is chosen. */
export function DepositResult({ file, closed = false }: { file: DepositFileView; closed?: boolean }) {
  const { text, language } = useSpeech();
  const nameOf = usePersonName();
  const words = text.settlements.deposits;
  const some = depositDifferenceSchema.options.filter((one) => (file.differences[one] ?? 0) > 0);
  const [shown, setShown] = useState<Shown>(closed ? null : (some[0] ?? null));
  const yen = (value: number) => formatYen(value, language);
  const button = (name: Exclude<Shown, null>, label: string, count: number) => (
    <Button
      key={name}
      size="compact-sm"
      variant={shown === name ? 'filled' : 'default'}
      aria-pressed={shown === name}
      onClick={() => setShown(shown === name ? null : name)}
    >
      {label}
      {text.common.aside(count.toLocaleString('ja-JP'))}
    </Button>
  );
  return (
    <Stack gap="xs">
      <Text size="sm">
        <strong>{file.name}</strong>{' '}
        <span className="quiet">{words.by(nameOf(file.by), formatMoment(file.at, language))}</span>
      </Text>
      <Text size="sm">
        {words.sums(
          file.rows.toLocaleString('ja-JP'),
          yen(file.totalYen),
          yen(file.feeYen + file.taxYen),
          yen(file.paidYen),
        )}
      </Text>
      <Group gap="xs">
        <Text size="sm">
          {words.agreeing}
          {text.common.aside(file.agreeing.toLocaleString('ja-JP'))}
        </Text>
        {some.map((one) => button(one, words.differences[one], file.differences[one] ?? 0))}
        {file.missing !== null && button('missing', words.missing, file.missing)}
      </Group>
      {shown === 'missing' && <Missing file={file} />}
      {shown !== null && shown !== 'missing' && <Rows file={file} difference={shown} />}
    </Stack>
  );
}

function Missing({ file }: { file: DepositFileView }) {
  const words = useSpeech().text.settlements.deposits;
  const pages = useMissing(file.id);
  if (pages.isPending) return <PageSkeleton rows={2} />;
  if (!pages.data) return <LoadFailed error={pages.error} onAgain={() => void pages.refetch()} />;
  const rows = pages.data.pages.flatMap((page) => page.rows);
  if (rows.length === 0) return <Text size="sm">{words.noMissing}</Text>;
  return (
    <>
      <Billings rows={rows} label={words.missing} />
      <More query={pages} label={words.more} />
    </>
  );
}

function Rows({ file, difference }: { file: DepositFileView; difference: DepositDifference }) {
  const { text, language } = useSpeech();
  const words = text.settlements.deposits;
  const pages = useDepositRows(file.id, difference);
  if (pages.isPending) return <PageSkeleton rows={2} />;
  if (!pages.data) return <LoadFailed error={pages.error} onAgain={() => void pages.refetch()} />;
  const rows = pages.data.pages.flatMap((page) => page.rows);
  if (rows.length === 0) return <Text size="sm">{words.empty}</Text>;
  const money = (value: number | null, expected: number | null) => (
    <>
      {value === null ? '–' : formatYen(value, language)}
      {expected !== null && expected !== value && (
        <span className="cell-small">{words.expected(formatYen(expected, language))}</span>
      )}
    </>
  );
  return (
    <>
      <StackTable
        label={words.title}
        columns={[
          { key: 'line', head: words.line, number: true },
          { key: 'order', head: words.order },
          { key: 'np', head: words.np },
          { key: 'total', head: words.total, number: true },
          { key: 'fee', head: words.fee, number: true },
          { key: 'paid', head: words.paid, number: true },
          { key: 'difference', head: words.difference },
        ]}
        rows={rows.map((row) => ({
          key: String(row.line),
          cells: {
            line: row.line,
            order: <OrderOf row={row} />,
            np: <span className="mono">{row.npTransactionId}</span>,
            total: money(row.totalYen, row.expectedTotalYen),
            fee: money(row.feeYen, row.expectedFeeYen),
            paid: money(row.paidYen, null),
            difference: row.differences.map((one) => words.differences[one]).join(text.common.listComma),
          },
        }))}
      />
      <More query={pages} label={words.more} />
    </>
  );
}

function OrderOf({ row }: { row: DepositRowView }) {
  const { shopId, transactionId, shopTransactionId } = row;
  if (shopId === null || transactionId === null) return <span className="mono">{shopTransactionId}</span>;
  return (
    <Link
      to={`/transactions/${encodeURIComponent(shopId)}/${encodeURIComponent(transactionId)}`}
      className="row-link mono"
    >
      {shopTransactionId || transactionId}
    </Link>
  );
}

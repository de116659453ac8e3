import { Alert, Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import type { BillingView, MonthSummary } from '@np-hub/model';
import { Link, useSearchParams } from 'react-router';
import { useShops } from '../../api/queries.js';
import { monthFile, useMonth } from '../../api/settlements.js';
import { LoadFailed, PageSkeleton } from '../../components/load.js';
import { More } from '../../components/more.js';
import { Pair, Section } from '../../components/section.js';
import { StackTable } from '../../components/stack-table.js';
import { formatDay, formatYen, toJapaneseInput } from '../../format.js';
import { useSpeech } from '../../text/speech.js';

/** One shop's month: sums, files, and its transactions. */
export function MonthSection() {
  const { text } = useSpeech();
  const words = text.settlements.month;
  const shops = useShops().data ?? [];
  const [parameters, setParameters] = useSearchParams();
  const shopId = parameters.get('shop') ?? shops[0]?.id ?? '';
  const month = parameters.get('month') ?? toJapaneseInput(new Date()).slice(0, 7);
  const choose = (name: string, value: string) => {
    parameters.set(name, value);
    setParameters(parameters);
  };
  return (
    <Section title={words.title}>
      <Stack gap="sm">
        <Group align="flex-end">
          <NativeSelect
            label={words.shop}
            value={shopId}
            data={shops.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(event) => choose('shop', event.currentTarget.value)}
          />
          <TextInput
            type="month"
            label={words.month}
            value={month}
            onChange={(event) => choose('month', event.currentTarget.value)}
          />
          {shopId !== '' && month !== '' && (
            <>
              <Button component="a" variant="default" href={monthFile(shopId, month, 'cp932')}>
                {words.cp932}
              </Button>
              <Button component="a" variant="default" href={monthFile(shopId, month, 'utf8')}>
                {words.utf8}
              </Button>
            </>
          )}
        </Group>
        {shopId !== '' && month !== '' && <Month shopId={shopId} month={month} />}
      </Stack>
    </Section>
  );
}

function Month({ shopId, month }: { shopId: string; month: string }) {
  const words = useSpeech().text.settlements.month;
  const pages = useMonth(shopId, month);
  if (pages.isPending) return <PageSkeleton rows={3} />;
  if (!pages.data) return <LoadFailed error={pages.error} onAgain={() => void pages.refetch()} />;
  const [first] = pages.data.pages;
  const rows = pages.data.pages.flatMap((page) => page.rows);
  if (!first || rows.length === 0) return <Text size="sm">{words.empty}</Text>;
  return (
    <>
      <Sums summary={first.summary} />
      <Billings rows={rows} label={words.title} />
      <More query={pages} label={words.more} />
    </>
  );
}

function Sums({ summary }: { summary: MonthSummary }) {
  const { text, language } = useSpeech();
  const words = text.settlements.month;
  const yen = (value: number) => formatYen(value, language);
  // Of fees that nobody has said, nought is no sum.
  const priced = (value: number) => (summary.unpriced === summary.transactions ? '–' : yen(value));
  const both = (count: number, value: number) => `${words.count(count)} ${text.common.aside(yen(value))}`;
  return (
    <>
      <dl className="pairs">
        <Pair label={words.transactions}>{words.count(summary.transactions)}</Pair>
        <Pair label={words.billed}>{yen(summary.billedYen)}</Pair>
        <Pair label={words.fees}>{priced(summary.feeYen)}</Pair>
        <Pair label={words.tax}>{priced(summary.taxYen)}</Pair>
        <Pair label={words.payout}>{priced(summary.payoutYen)}</Pair>
        <Pair label={words.deposited}>{both(summary.deposited, summary.depositedYen)}</Pair>
        <Pair label={words.paid}>{both(summary.paid, summary.paidYen)}</Pair>
        <Pair label={words.undisclosed}>{words.count(summary.undisclosed)}</Pair>
        <Pair label={words.cancelled}>{words.count(summary.cancelled)}</Pair>
        <Pair label={words.refunds}>{both(summary.refunds, summary.refundYen)}</Pair>
      </dl>
      {summary.unpriced > 0 && <Alert variant="outline">{words.unpriced(summary.unpriced)}</Alert>}
    </>
  );
}

/** Reported transactions with their money. */
export function Billings({ rows, label }: { rows: readonly BillingView[]; label: string }) {
  const { text, language } = useSpeech();
  const words = text.settlements;
  const yen = (value: number | null) => (value === null ? '–' : formatYen(value, language));
  return (
    <StackTable
      label={label}
      columns={[
        { key: 'order', head: words.month.order },
        { key: 'reported', head: words.month.reported },
        { key: 'billed', head: words.deposits.total, number: true },
        { key: 'fee', head: words.month.fees, number: true },
        { key: 'payout', head: words.month.payout, number: true },
        { key: 'payment', head: words.month.payment },
        { key: 'deposited', head: words.month.deposited, number: true },
      ]}
      rows={rows.map((row) => ({
        key: `${row.transactionId} ${row.shopTransactionId}`,
        cells: {
          order: (
            <>
              <Link
                to={`/transactions/${encodeURIComponent(row.shopId)}/${encodeURIComponent(row.transactionId)}`}
                className="row-link"
              >
                {row.orderNumber}
              </Link>
              <span className="cell-small mono">{row.npTransactionId}</span>
            </>
          ),
          reported: (
            <>
              {formatDay(row.reportedOn, language)}
              {row.cancelledOn !== null && (
                <span className="cell-small">
                  {words.month.cancelledOn(formatDay(row.cancelledOn, language))}
                </span>
              )}
            </>
          ),
          billed: yen(row.billedYen),
          fee: yen(row.feeYen),
          payout: yen(row.payoutYen),
          payment: (
            <>
              {row.payment === null ? '–' : words.payment[row.payment]}
              {row.paidOn !== null && (
                <span className="cell-small">{words.paidOn(formatDay(row.paidOn, language))}</span>
              )}
              {row.refundYen > 0 && (
                <span className="cell-small">{words.month.refund(yen(row.refundYen))}</span>
              )}
            </>
          ),
          deposited: yen(row.depositedYen),
        },
      }))}
    />
  );
}

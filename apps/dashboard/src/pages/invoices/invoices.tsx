import { Alert, Button, Group, Stack, TextInput } from '@mantine/core';
import { invoiceStepSchema, japaneseDay, type InvoicePage, type InvoiceStep } from '@np-hub/model';
import { useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import { useInvoices, useMarkPrinted } from '../../api/invoices.js';
import { useSession } from '../../api/queries.js';
import { LoadFailed, PageSkeleton } from '../../components/load.js';
import { Moment } from '../../components/moment.js';
import { More } from '../../components/more.js';
import { useNotices } from '../../components/notices.js';
import { OrderLink } from '../../components/order-link.js';
import { PageHead } from '../../components/page-title.js';
import { ShopFilter } from '../../components/shop-filter.js';
import { StackTable } from '../../components/stack-table.js';
import { StateTag } from '../../components/tag.js';
import { formatDay, formatYen } from '../../format.js';
import { useSpeech, useText } from '../../text/speech.js';
import { Segment } from '../list-filters.js';
import { useRowKeys } from '../list.js';

/** 請求書同梱: what is to be printed, what has been, and what NP would soon not take any more. */
export function InvoicesPage() {
  const { invoices: words, ...text } = useDeskText();
  const [parameters, setParameters] = useSearchParams();
  const step = invoiceStepSchema.safeParse(parameters.get('step')).data ?? 'to-print';
  const shopId = parameters.get('shopId') ?? '';
  const change = (next: { step?: InvoiceStep; shopId?: string }) => {
    const shop = next.shopId ?? shopId;
    setParameters({ step: next.step ?? step, ...(shop ? { shopId: shop } : {}) });
  };
  const query = useInvoices(step, shopId);
  const counts = query.data?.pages[0]?.counts;
  return (
    <Stack gap="md">
      <PageHead title={words.title} lead={words.lead} />
      <div role="group" aria-label={words.title} className="segments">
        {invoiceStepSchema.options.map((each) => (
          <Segment
            key={each}
            pressed={step === each}
            count={counts?.[each]}
            onPress={() => change({ step: each })}
            tone="all"
          >
            {words.steps[each]}
          </Segment>
        ))}
      </div>
      <Group gap="md" align="flex-end">
        <ShopFilter value={shopId} onChange={(next) => change({ shopId: next })} />
      </Group>
      {query.isPending ? (
        <PageSkeleton rows={8} />
      ) : query.isLoadingError ? (
        <LoadFailed error={query.error} onAgain={() => void query.refetch()} />
      ) : (
        <>
          <Rows rows={query.data.pages.flatMap(({ rows }) => rows)} step={step} />
          <More query={query} label={text.more} />
        </>
      )}
    </Stack>
  );
}

const useDeskText = () => {
  const text = useText();
  return { invoices: text.desk.invoices, more: text.list.more };
};

type Row = InvoicePage['rows'][number];

function Rows({ rows, step }: { rows: readonly Row[]; step: InvoiceStep }) {
  const { text, language } = useSpeech();
  const { invoices: words } = text.desk;
  const region = useRef<HTMLDivElement>(null);
  useRowKeys(region);
  if (rows.length === 0) {
    return (
      <Alert variant="outline" color="gray" title={words.empty}>
        {words.helps[step]}
      </Alert>
    );
  }
  const dayOf = (day: string | null) => (day === null ? '–' : formatDay(day, language));
  return (
    <Stack gap="md">
      <Printing rows={rows} />
      <div ref={region}>
        <StackTable
          label={words.steps[step]}
          columns={[
            { key: 'order', head: text.list.columns.order },
            { key: 'amount', head: text.list.columns.amount },
            { key: 'state', head: text.list.columns.state },
            { key: 'since', head: words.since },
            { key: 'issued', head: words.issuedOn },
            { key: 'by', head: words.reportBy },
          ]}
          rows={rows.map((row) => ({
            key: row.id,
            cells: {
              order: <OrderLink row={row}>{row.buyerName}</OrderLink>,
              amount: formatYen(row.billedYen, language),
              state: <StateTag state={row.state} />,
              since: <Moment at={row.since} />,
              issued: dayOf(row.issuedOn),
              by: dayOf(row.reportBy),
            },
          }))}
        />
      </div>
    </Stack>
  );
}

/** One press for what the list shows: the invoices came from the printer together, with one date on them. */
function Printing({ rows }: { rows: readonly Row[] }) {
  const { invoices: words } = useText().desk;
  const [issuedOn, setIssuedOn] = useState(() => japaneseDay(new Date()));
  const mark = useMarkPrinted();
  const notices = useNotices();
  if (useSession().data?.user.role === 'viewer') return null;
  const press = () =>
    mark.mutate(
      { keys: rows.map(({ shopId, id }) => ({ shopId, id })), issuedOn },
      {
        onSuccess: (answer) =>
          answer && notices.done(words.marked(answer.results.filter(({ ok }) => ok).length)),
        onError: notices.failed,
      },
    );
  return (
    <Group gap="md" align="flex-end">
      <TextInput
        type="date"
        label={words.issuedOn}
        description={words.issuedOnHelp}
        value={issuedOn}
        onChange={(event) => setIssuedOn(event.currentTarget.value)}
      />
      <Button onClick={press} loading={mark.isPending} disabled={issuedOn === ''}>
        {words.mark(rows.length)}
      </Button>
    </Group>
  );
}

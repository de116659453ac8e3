import { Group, Stack } from '@mantine/core';
import { invoiceStepSchema, type InvoiceStep } from '@np-hub/model';
import { useSearchParams } from 'react-router';
import { useInvoices } from '../../api/invoices.js';
import { LoadFailed, PageSkeleton } from '../../components/load.js';
import { More } from '../../components/more.js';
import { PageHead } from '../../components/page-title.js';
import { ShopFilter } from '../../components/shop-filter.js';
import { useText } from '../../text/speech.js';
import { Segment } from '../list-filters.js';
import { InvoiceRows } from './rows.js';

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
      {query.isPending || query.isPlaceholderData ? (
        <PageSkeleton rows={8} />
      ) : query.isLoadingError ? (
        <LoadFailed error={query.error} onAgain={() => void query.refetch()} />
      ) : (
        <>
          <InvoiceRows
            key={`${step} ${shopId}`}
            rows={query.data.pages.flatMap(({ rows }) => rows)}
            step={step}
          />
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

import { Anchor, Button, Group, Text } from '@mantine/core';
import type { TransactionView } from '@np-hub/model';
import { IconChevronLeft, IconPrinter } from '@tabler/icons-react';
import { Link, useParams } from 'react-router';
import { useTransaction } from '../../api/queries.js';
import { Loaded } from '../../components/load.js';
import { PageTitle } from '../../components/page-title.js';
import { Pair } from '../../components/section.js';
import { formatMoment, formatYen } from '../../format.js';
import { useSpeech } from '../../text/speech.js';
import { sheetEntries } from './entries.js';

/** What has happened to an order, in words for the buyer, to be read out, printed or copied. */
export function SheetPage() {
  const { shopId = '', id = '' } = useParams();
  const query = useTransaction(shopId, id);
  const { sheet } = useSpeech().text.desk;
  return (
    <div className="sheet">
      <Group justify="space-between" className="no-print" mb="md">
        <Anchor
          component={Link}
          size="sm"
          className="back-link"
          to={`/transactions/${encodeURIComponent(shopId)}/${encodeURIComponent(id)}`}
        >
          <IconChevronLeft size={16} aria-hidden /> {sheet.back}
        </Anchor>
        <Button size="xs" leftSection={<IconPrinter size={16} aria-hidden />} onClick={() => window.print()}>
          {sheet.print}
        </Button>
      </Group>
      <Loaded query={query}>{(view) => <Sheet view={view} />}</Loaded>
    </div>
  );
}

function Sheet({ view }: { view: TransactionView }) {
  const { text, language } = useSpeech();
  const { sheet } = text.desk;
  const entries = sheetEntries(view, sheet.events);
  return (
    <>
      <PageTitle>{sheet.title}</PageTitle>
      <dl className="pairs">
        <Pair label={text.list.columns.shop}>{view.shopName}</Pair>
        <Pair label={text.list.columns.order}>{view.originNumber ?? view.orderNumber}</Pair>
        <Pair label={text.list.columns.buyer}>{view.buyerName}</Pair>
        <Pair label={text.list.columns.amount}>{formatYen(view.billedYen, language)}</Pair>
        <Pair label={text.detail.orderedAt}>{formatMoment(view.orderedAt, language)}</Pair>
      </dl>
      <ol className="sheet-list">
        {entries.map(({ id, at, sentence }) => (
          <li key={id}>
            <time dateTime={at}>{formatMoment(at, language)}</time>
            <span>{sentence}</span>
          </li>
        ))}
      </ol>
      {entries.length === 0 && <Text size="sm">{sheet.empty}</Text>}
      <Text size="sm" c="dimmed" mt="md">
        {sheet.foot}
      </Text>
    </>
  );
}

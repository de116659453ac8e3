import { Button, Text } from '@mantine/core';
import type { DeliveryView, WebhookView } from '@np-hub/model';
import { useState } from 'react';
import { More } from '../../components/more.js';
import { useDeliveries } from '../../api/open.js';
import { LoadFailed, PageSkeleton } from '../../components/load.js';
import { Moment } from '../../components/moment.js';
import { StackTable } from '../../components/stack-table.js';
import { Tag } from '../../components/tag.js';
import { useSpeech } from '../../text/speech.js';
import { wordOr } from '../../words.js';
import { ReplayDialog } from './replay.js';

/** What was sent to an endpoint, how it answered, and a way to send it once more. */
export function Deliveries({ webhook }: { webhook: WebhookView }) {
  const { webhooks: words } = useSpeech().text.open;
  const [from, setFrom] = useState<string | null>(null);
  const query = useDeliveries(webhook.shopId, webhook.id);
  if (query.isPending) return <PageSkeleton rows={2} />;
  if (query.isLoadingError) return <LoadFailed error={query.error} onAgain={() => void query.refetch()} />;
  const rows = query.data.pages.flatMap((page) => page.rows);
  if (rows.length === 0) {
    return (
      <Text size="sm" mt="xs">
        {words.deliveriesEmpty}
      </Text>
    );
  }
  return (
    <>
      <StackTable
        label={words.deliveries}
        columns={[
          { key: 'at', head: words.columns.at },
          { key: 'kind', head: words.columns.kind },
          { key: 'outcome', head: words.columns.outcome },
          { key: 'duration', head: words.columns.duration, number: true },
          { key: 'action', head: words.columns.action },
        ]}
        rows={rows.map((row) => ({
          key: row.id,
          cells: {
            at: <Moment at={row.at} exact />,
            kind: row.kind === 'test' ? words.kinds.test : words.kinds.changes(row.changes),
            outcome: <Outcome delivery={row} />,
            duration: words.duration(row.durationMs),
            action:
              row.from === null ? (
                '–'
              ) : (
                <Button size="compact-xs" variant="default" onClick={() => setFrom(row.from)}>
                  {words.replayHere}
                </Button>
              ),
          },
        }))}
      />
      <More query={query} label={words.more} />
      {from !== null && <ReplayDialog webhook={webhook} from={from} onClose={() => setFrom(null)} />}
    </>
  );
}

function Outcome({ delivery: { outcome, status, answer } }: { delivery: DeliveryView }) {
  const { text } = useSpeech();
  const { webhooks: words } = text.open;
  return (
    <>
      <Tag tone={outcome === 'done' ? 'good' : 'bad'}>{wordOr(words.outcomes, outcome)}</Tag>
      {status !== null && <span className="quiet">{text.common.aside(`HTTP ${status}`)}</span>}
      {answer && outcome !== 'done' && <span className="cell-small mono">{answer}</span>}
    </>
  );
}

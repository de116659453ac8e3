import { Alert, Button, Group, Stack } from '@mantine/core';
import { gateSchema, type GateRow, type ShipGate } from '@np-hub/model';
import { IconDownload } from '@tabler/icons-react';
import { useRef } from 'react';
import { useSearchParams } from 'react-router';
import { More } from '../../components/more.js';
import { gateParameters, useGate } from '../../api/desk.js';
import { LoadFailed, PageSkeleton } from '../../components/load.js';
import { Moment } from '../../components/moment.js';
import { OrderLink } from '../../components/order-link.js';
import { PageHead } from '../../components/page-title.js';
import { ShopFilter } from '../../components/shop-filter.js';
import { StackTable } from '../../components/stack-table.js';
import { GateTag, StateTag } from '../../components/tag.js';
import { gateTones } from '../../components/tones.js';
import { useText } from '../../text/speech.js';
import { wordOr } from '../../words.js';
import { Segment } from '../list-filters.js';
import { useRowKeys } from '../list.js';

/** 出荷の可否: ship, wait or stop with the reason, for those who pack; also as a file. */
export function GatePage() {
  const text = useText();
  const { gate: words } = text.desk;
  const [parameters, setParameters] = useSearchParams();
  const gate = gateSchema.safeParse(parameters.get('gate')).data ?? null;
  const shopId = parameters.get('shopId') ?? '';
  const change = (next: { gate?: ShipGate | null; shopId?: string }) =>
    setParameters(
      gateParameters(
        next.gate === undefined ? gate : next.gate,
        next.shopId === undefined ? shopId : next.shopId,
      ),
    );
  const query = useGate(gate, shopId);
  const counts = query.data?.pages[0]?.counts;
  return (
    <Stack gap="md">
      <PageHead title={words.title} lead={words.lead} />
      <div role="group" aria-label={text.list.gate} className="segments">
        <Segment
          pressed={gate === null}
          count={counts && counts.ship + counts.wait + counts.stop}
          onPress={() => change({ gate: null })}
          tone="all"
        >
          {text.list.all}
        </Segment>
        {gateSchema.options.map((each) => (
          <Segment
            key={each}
            pressed={gate === each}
            count={counts?.[each]}
            onPress={() => change({ gate: gate === each ? null : each })}
            tone={gateTones[each]}
          >
            {text.gates[each].label}
          </Segment>
        ))}
      </div>
      <Group gap="md" align="flex-end">
        <ShopFilter value={shopId} onChange={(next) => change({ shopId: next })} />
        <Download gate={gate} shopId={shopId} />
      </Group>
      {query.isPending ? (
        <PageSkeleton rows={8} />
      ) : query.isLoadingError ? (
        <LoadFailed error={query.error} onAgain={() => void query.refetch()} />
      ) : (
        <>
          <Rows rows={query.data.pages.flatMap(({ rows }) => rows)} />
          <More query={query} label={text.list.more} />
        </>
      )}
    </Stack>
  );
}

/** The whole list under the filters, as the file that Excel or a packing system reads. */
function Download({ gate, shopId }: { gate: ShipGate | null; shopId: string }) {
  const { gate: words } = useText().desk;
  return (
    <Group gap="xs">
      {(['cp932', 'utf8'] as const).map((encoding) => {
        const parameters = gateParameters(gate, shopId);
        parameters.set('encoding', encoding);
        return (
          <Button
            key={encoding}
            component="a"
            href={`/api/v1/gate/export.csv?${parameters}`}
            download
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
          >
            {words.download[encoding]}
          </Button>
        );
      })}
    </Group>
  );
}

function Rows({ rows }: { rows: readonly GateRow[] }) {
  const text = useText();
  const { gate: words } = text.desk;
  const region = useRef<HTMLDivElement>(null);
  useRowKeys(region);
  if (rows.length === 0) {
    return (
      <Alert variant="outline" color="gray" title={words.empty}>
        {words.emptyHelp}
      </Alert>
    );
  }
  return (
    <div ref={region}>
      <StackTable
        label={words.title}
        columns={[
          { key: 'order', head: text.list.columns.order },
          { key: 'gate', head: text.list.columns.gate },
          { key: 'reason', head: words.reason },
          { key: 'state', head: text.list.columns.state },
          { key: 'updated', head: text.list.columns.updated },
        ]}
        rows={rows.map((row) => ({
          key: row.id,
          cells: {
            order: (
              <OrderLink
                row={row}
                aside={
                  row.originNumber !== null &&
                  ` ・ ${text.detail.originNumber}${text.common.colon}${row.originNumber}`
                }
              />
            ),
            gate: <GateTag gate={row.gate} state={row.state} />,
            reason: wordOr(text.gateReasons, row.reason),
            state: <StateTag state={row.state} />,
            updated: <Moment at={row.updatedAt} />,
          },
        }))}
      />
    </div>
  );
}

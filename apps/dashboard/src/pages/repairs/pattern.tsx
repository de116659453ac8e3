import { Alert, Anchor, Button, Checkbox, Group, Stack, Text, TextInput, Textarea } from '@mantine/core';
import type { CorrectablePath, RepairOrder } from '@np-hub/model';
import { IconChevronLeft } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { useCodes } from '../../api/queries.js';
import { useRepairOrders, type Fields, type Pattern as PatternKey } from '../../api/repairs.js';
import { LoadFailed, PageSkeleton } from '../../components/load.js';
import { OrderLink } from '../../components/order-link.js';
import { Section } from '../../components/section.js';
import { StackTable } from '../../components/stack-table.js';
import { useSpeech } from '../../text/speech.js';
import { fieldLabel, wordOr } from '../../words.js';
import { BulkBar } from '../bulk-bar.js';
import { useSelection } from '../selection.js';
import { rowKey } from '../steady-rows.js';
import { payloadPathOf } from '../transaction/fields.js';
import { patternTitle } from './pattern-title.js';
import { RepairDialog } from './repair-dialog.js';

/** The orders of one pattern: what stands there, what is proposed; people choose, change, and apply. */
export function Pattern({ pattern }: { pattern: PatternKey }) {
  const { text, language } = useSpeech();
  const { repairs } = text.desk;
  const codes = useCodes().data ?? [];
  const query = useRepairOrders(pattern);
  return (
    <Section title={patternTitle(pattern, codes, language)}>
      <Anchor component={Link} to="/repairs" size="sm" className="back-link">
        <IconChevronLeft size={16} aria-hidden /> {repairs.back}
      </Anchor>
      {query.isPending ? (
        <PageSkeleton />
      ) : query.isLoadingError ? (
        <LoadFailed error={query.error} onAgain={() => void query.refetch()} />
      ) : (
        <Stack gap="sm">
          <Orders
            orders={query.data.pages.flatMap(({ orders }) => orders)}
            onApplied={() => void query.refetch()}
          />
          {query.hasNextPage && (
            <Button
              variant="default"
              loading={query.isFetchingNextPage}
              onClick={() => void query.fetchNextPage()}
            >
              {text.list.more}
            </Button>
          )}
        </Stack>
      )}
    </Section>
  );
}

/** What will be sent for an order: what a person has typed over what is proposed. Empty: nothing is known. */
function fieldsOf(order: RepairOrder, typed: Fields | undefined): Fields {
  return { ...order.proposal?.fields, ...typed };
}

/** Nothing is corrected into nothing: an order whose field has been emptied is not ready. */
const isReady = ({ path }: RepairOrder, fields: Fields): boolean =>
  Object.keys(fields).length > 0 && path !== null && fields[path]?.trim() !== '';

function Orders({ orders, onApplied }: { orders: readonly RepairOrder[]; onApplied: () => void }) {
  const { text } = useSpeech();
  const { repairs } = text.desk;
  const [typed, setTyped] = useState<Readonly<Record<string, Fields>>>({});
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [asked, setAsked] = useState<readonly RepairOrder[] | null>(null);
  const changes = (order: RepairOrder) => fieldsOf(order, typed[rowKey(order.row)]);
  const ready = orders.filter((order) => isReady(order, changes(order)));
  const chosen = ready.filter(({ row }) => !left.has(rowKey(row)));
  // What cannot be corrected here (a code of NP's) can at least be acted upon together, once people have chosen it.
  const others = useSelection(
    orders.filter(({ path }) => path === null).map(({ row }) => ({ row, stale: false })),
    '',
  );
  if (orders.length === 0) {
    return (
      <Alert variant="outline" color="gray" title={repairs.patternEmpty}>
        {repairs.patternEmptyHelp}
      </Alert>
    );
  }
  const toggle = (order: RepairOrder) => {
    const next = new Set(left);
    if (!next.delete(rowKey(order.row))) next.add(rowKey(order.row));
    setLeft(next);
  };
  return (
    <>
      <Text size="sm">
        {repairs.proposed(orders.filter(({ proposal }) => proposal !== null).length, orders.length)}
      </Text>
      <StackTable
        label={repairs.preview}
        columns={[
          { key: 'choice', head: text.desk.inbox.choice },
          { key: 'order', head: text.list.columns.order },
          { key: 'now', head: repairs.now },
          { key: 'after', head: repairs.after },
        ]}
        rows={orders.map((order) => ({
          key: rowKey(order.row),
          cells: {
            choice: (
              <Checkbox
                size="xs"
                aria-label={text.list.bulk.choose(order.row.orderNumber)}
                checked={chosen.includes(order) || others.choice.chosen.has(rowKey(order.row))}
                disabled={order.path !== null && !ready.includes(order)}
                onClick={(event) =>
                  order.path === null
                    ? others.choice.toggle(rowKey(order.row), event.shiftKey)
                    : toggle(order)
                }
                readOnly
              />
            ),
            order: <OrderLink row={order.row}>{order.row.buyerName}</OrderLink>,
            now: order.value,
            after: (
              <Then
                order={order}
                fields={changes(order)}
                onType={(path, value) =>
                  setTyped({ ...typed, [rowKey(order.row)]: { ...typed[rowKey(order.row)], [path]: value } })
                }
              />
            ),
          },
        }))}
      />
      {ready.length > 0 && (
        <Group>
          <Button disabled={chosen.length === 0} onClick={() => setAsked(chosen)}>
            {repairs.apply(chosen.length)}
          </Button>
          <Text size="sm" c="dimmed">
            {repairs.applyHelp}
          </Text>
        </Group>
      )}
      {others.rows.length > 0 && (
        <BulkBar
          chosen={others.rows}
          onClear={() => {
            others.clear();
            onApplied();
          }}
        />
      )}
      {asked && (
        <RepairDialog
          orders={asked.map((order) => ({ order, fields: changes(order) }))}
          onClose={(done) => {
            setAsked(null);
            if (!done) return;
            setTyped({});
            onApplied();
          }}
        />
      )}
    </>
  );
}

interface ThenProps {
  readonly order: RepairOrder;
  readonly fields: Fields;
  readonly onType: (path: CorrectablePath, value: string) => void;
}

/** The proposal, open to be changed; without one, an empty field to type into. */
function Then({ order, fields, onType }: ThenProps) {
  const { text, language } = useSpeech();
  const { repairs } = text.desk;
  const { path } = order;
  if (path === null) return <span className="quiet">{repairs.onThePage}</span>;
  const paths = [...new Set([path, ...(Object.keys(fields) as CorrectablePath[])])];
  return (
    <Stack gap={4}>
      <span className="cell-small">
        {order.proposal ? wordOr(repairs.hows, order.proposal.how) : repairs.noProposal}
      </span>
      {paths.map((each) => {
        const label = fieldLabel(payloadPathOf(each), language);
        const properties = {
          size: 'xs' as const,
          'aria-label': `${order.row.orderNumber} ${label}`,
          placeholder: label,
          value: fields[each] ?? '',
        };
        return each.endsWith('.address') ? (
          <Textarea
            key={each}
            {...properties}
            autosize
            onChange={(event) => onType(each, event.currentTarget.value)}
          />
        ) : (
          <TextInput
            key={each}
            {...properties}
            onChange={(event) => onType(each, event.currentTarget.value)}
          />
        );
      })}
    </Stack>
  );
}

import { Alert, Button, Checkbox, Group, NativeSelect, Stack, Text } from '@mantine/core';
import type { CodeCardView, InboxFor, InboxPage as Page, InboxRow, SessionView } from '@np-hub/model';
import { IconArrowRight, IconNote } from '@tabler/icons-react';
import { useMemo, useRef } from 'react';
import { useOutletContext, useSearchParams } from 'react-router';
import { readInbox, useColleagues, useInbox, writeInbox, type InboxFilters } from '../../api/desk.js';
import { useCodes } from '../../api/queries.js';
import { LoadFailed, PageSkeleton } from '../../components/load.js';
import { Moment } from '../../components/moment.js';
import { OrderLink } from '../../components/order-link.js';
import { PageHead } from '../../components/page-title.js';
import { ShopFilter } from '../../components/shop-filter.js';
import { StackTable } from '../../components/stack-table.js';
import { StateTag } from '../../components/tag.js';
import { useSpeech, useText } from '../../text/speech.js';
import { nextOf, shortReasons, shortTodo, wordOr } from '../../words.js';
import { Segment } from '../list-filters.js';
import { useRowKeys } from '../list.js';
import { useSelection } from '../selection.js';
import { rowKey } from '../steady-rows.js';
import { UnknownCodesNote } from '../codes/unknown-codes.js';
import { MarkBar } from './mark-bar.js';

/** In the order in which they are worked off. */
const turns: readonly InboxFor[] = ['shop', 'buyer', 'hopeless', 'wait'];
const tones: Readonly<Record<InboxFor, string>> = {
  shop: 'attention',
  buyer: 'attention',
  hopeless: 'bad',
  wait: 'progress',
};

/** 対応待ち: what needs a person now, over every shop. */
export function InboxPage() {
  const { inbox } = useText().desk;
  const [parameters, setParameters] = useSearchParams();
  const filters = useMemo(() => readInbox(parameters), [parameters]);
  const change = (next: Partial<InboxFilters>) => setParameters(writeInbox({ ...filters, ...next }));
  const query = useInbox(filters);
  const counts = query.data?.pages[0]?.counts;
  return (
    <Stack gap="md">
      <PageHead title={inbox.title} lead={inbox.lead} />
      <UnknownCodesNote />
      <div role="group" aria-label={inbox.byTurn} className="segments">
        <Segment
          pressed={filters.turn === null}
          count={counts && turns.reduce((sum, turn) => sum + counts.for[turn], 0)}
          onPress={() => change({ turn: null })}
          tone="all"
        >
          {inbox.all}
        </Segment>
        {turns.map((turn) => (
          <Segment
            key={turn}
            pressed={filters.turn === turn}
            count={counts?.for[turn]}
            onPress={() => change({ turn: filters.turn === turn ? null : turn })}
            tone={tones[turn]}
          >
            {inbox.turns[turn]}
          </Segment>
        ))}
      </div>
      <Filters filters={filters} counts={counts} onChange={change} />
      {query.isPending ? (
        <PageSkeleton rows={8} />
      ) : query.isLoadingError ? (
        <LoadFailed error={query.error} onAgain={() => void query.refetch()} />
      ) : (
        <Rows
          rows={query.data.pages.flatMap(({ rows }) => rows)}
          filters={filters}
          more={query.hasNextPage}
          loading={query.isFetchingNextPage}
          onMore={() => void query.fetchNextPage()}
        />
      )}
    </Stack>
  );
}

interface FiltersProps {
  readonly filters: InboxFilters;
  readonly counts: Page['counts'] | undefined;
  readonly onChange: (next: Partial<InboxFilters>) => void;
}

function Filters({ filters, counts, onChange }: FiltersProps) {
  const { inbox } = useText().desk;
  const colleagues = useColleagues().data ?? [];
  const counted = (label: string, count: number | undefined) =>
    count === undefined ? label : inbox.counted(label, count);
  return (
    <Group gap="md" align="flex-end">
      <NativeSelect
        label={inbox.show}
        value={filters.show}
        data={(['open', 'snoozed', 'done'] as const).map((show) => ({
          value: show,
          label: counted(inbox.shows[show], counts?.show[show]),
        }))}
        onChange={(event) => onChange({ show: event.currentTarget.value as InboxFilters['show'] })}
      />
      <NativeSelect
        label={inbox.assignee}
        value={filters.assignee}
        data={[
          { value: '', label: inbox.everybody },
          { value: 'me', label: counted(inbox.me, counts?.mine) },
          { value: 'nobody', label: counted(inbox.nobody, counts?.unassigned) },
          ...colleagues.map(({ login, name }) => ({ value: login, label: name })),
        ]}
        onChange={(event) => onChange({ assignee: event.currentTarget.value })}
      />
      <ShopFilter value={filters.shopId} onChange={(shopId) => onChange({ shopId })} />
      <NativeSelect
        label={inbox.sort}
        value={filters.sort}
        data={(['age', 'deadline'] as const).map((sort) => ({ value: sort, label: inbox.sorts[sort] }))}
        onChange={(event) =>
          onChange({ sort: event.currentTarget.value === 'deadline' ? 'deadline' : 'age' })
        }
      />
    </Group>
  );
}

interface RowsProps {
  readonly rows: readonly InboxRow[];
  readonly filters: InboxFilters;
  readonly more: boolean;
  readonly loading: boolean;
  readonly onMore: () => void;
}

function Rows({ rows, filters, more, loading, onMore }: RowsProps) {
  const speech = useSpeech();
  const { list, desk } = speech.text;
  const { inbox } = desk;
  const codes = useCodes().data ?? [];
  const { user } = useOutletContext<SessionView>();
  const region = useRef<HTMLDivElement>(null);
  useRowKeys(region);
  const shown = useMemo(() => rows.map((row) => ({ row, stale: false })), [rows]);
  const selection = useSelection(shown, writeInbox(filters).toString());
  if (rows.length === 0) {
    return (
      <Alert variant="outline" color="gray" title={inbox.empty}>
        {filters.show === 'open' && filters.turn === null && !filters.assignee
          ? inbox.emptyHelp
          : inbox.emptyNarrowed}
      </Alert>
    );
  }
  const columns = [
    ...(user.role === 'viewer' ? [] : [{ key: 'choice' as const, head: inbox.choice }]),
    { key: 'order' as const, head: list.columns.order },
    { key: 'state' as const, head: list.columns.state },
    { key: 'cause' as const, head: list.columns.reason },
    { key: 'age' as const, head: inbox.since },
    { key: 'deadline' as const, head: list.columns.deadline },
    { key: 'assignee' as const, head: inbox.assignee },
  ];
  return (
    <div ref={region}>
      <StackTable
        label={inbox.title}
        columns={columns}
        rows={rows.map((row) => ({
          key: rowKey(row),
          cells: {
            choice: (
              <Checkbox
                size="xs"
                aria-label={list.bulk.choose(row.orderNumber)}
                checked={selection.choice.chosen.has(rowKey(row))}
                onClick={(event) => selection.choice.toggle(rowKey(row), event.shiftKey)}
                readOnly
              />
            ),
            order: <OrderLink row={row}>{row.buyerName}</OrderLink>,
            state: <StateTag state={row.state} />,
            cause: <CauseCell row={row} codes={codes} />,
            age: <Moment at={row.stateSince} />,
            deadline: row.deadline && (
              <>
                <Moment at={row.deadline.at} ahead />
                <span className="cell-small">{wordOr(speech.text.deadlines, row.deadline.kind)}</span>
              </>
            ),
            assignee: <AssigneeCell row={row} />,
          },
        }))}
      />
      {selection.rows.length > 0 && (
        <div role="region" aria-label={inbox.barLabel} className="bulk-bar">
          <Text size="sm" fw={700} role="status">
            {list.bulk.chosen(selection.rows.length)}
          </Text>
          <MarkBar
            keys={selection.rows.map(({ shopId, id }) => ({ shopId, id }))}
            show={filters.show}
            assignee={null}
            onDone={selection.clear}
          />
          <Button size="compact-sm" variant="subtle" onClick={selection.clear}>
            {list.bulk.clear}
          </Button>
        </div>
      )}
      {more && (
        <Group justify="center" mt="md">
          <Button variant="default" loading={loading} onClick={onMore}>
            {list.more}
          </Button>
        </Group>
      )}
    </div>
  );
}

function CauseCell({ row, codes }: { row: InboxRow; codes: readonly CodeCardView[] }) {
  const speech = useSpeech();
  const [cause] = shortReasons(row, codes, speech);
  const todo = shortTodo(row, speech.text) ?? nextOf(row, speech.text);
  return (
    <>
      <span className="reason-line">{cause ?? speech.text.states[row.state].meaning}</span>
      <span className="cell-todo">
        <IconArrowRight size={14} aria-hidden /> {todo}
      </span>
    </>
  );
}

function AssigneeCell({ row }: { row: InboxRow }) {
  const { inbox } = useText().desk;
  const colleagues = useColleagues().data ?? [];
  const name = colleagues.find(({ login }) => login === row.mark.assignee)?.name ?? row.mark.assignee;
  return (
    <>
      {name ?? <span className="quiet">{inbox.nobody}</span>}
      {row.notes > 0 && (
        <span className="cell-small">
          <IconNote size={13} aria-hidden /> {inbox.notes(row.notes)}
        </span>
      )}
      {row.mark.snoozedUntil !== null && (
        <span className="cell-small">
          {inbox.snoozedUntil} <Moment at={row.mark.snoozedUntil} ahead />
        </span>
      )}
    </>
  );
}

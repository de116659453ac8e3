import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import type { Counts, SessionView } from '@np-hub/model';
import { IconRefresh } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, type RefObject } from 'react';
import { useOutletContext, useSearchParams } from 'react-router';
import { More } from '../components/more.js';
import { isNarrowed, readFilters, writeFilters, type Filters } from '../api/filters.js';
import { useCounts, useTransactions } from '../api/queries.js';
import { LoadFailed, PageSkeleton } from '../components/load.js';
import { PageTitle } from '../components/page-title.js';
import { useShortcut } from '../shortcuts.js';
import { useText } from '../text/speech.js';
import { BulkBar } from './bulk-bar.js';
import { ActorSegments, FilterRow, StateChips } from './list-filters.js';
import { SearchField } from './list-search.js';
import { lastOpened, ListTable } from './list-table.js';
import { useSelection } from './selection.js';
import { useSteadyRows } from './steady-rows.js';

/** The unified list: every transaction of every shop. */
export function ListPage() {
  const text = useText();
  const [parameters, setParameters] = useSearchParams();
  const filters = useMemo(() => readFilters(parameters), [parameters]);
  const change = (next: Partial<Filters>) =>
    setParameters(writeFilters({ ...filters, ...next }), { replace: 'search' in next });
  const counts = useCounts(filters);
  const countsOfActors = useCounts({ ...filters, actor: null });

  return (
    <Stack gap="md">
      <div>
        <PageTitle>{text.list.title}</PageTitle>
        <Text size="sm" c="dimmed">
          {countsOfActors.data
            ? (isNarrowed({ ...filters, actor: null, states: [] }) ? text.list.leadNarrowed : text.list.lead)(
                toActOn(countsOfActors.data),
              )
            : '\u00a0'}
        </Text>
      </div>
      <ActorSegments
        chosen={filters.actor}
        counts={countsOfActors.data}
        onChoose={(actor) => change({ actor, states: [] })}
      />
      <div className="list-head">
        <SearchField value={filters.search} onChange={(search) => change({ search })} />
        <FilterRow filters={filters} onChange={change} onReset={() => setParameters(new URLSearchParams())} />
      </div>
      <StateChips chosen={filters.states} counts={counts.data} onChoose={(states) => change({ states })} />
      <Rows filters={filters} total={totalOf(filters, counts.data)} />
    </Stack>
  );
}

/** How many wait for somebody at the shop. */
const toActOn = ({ actors }: Counts): number =>
  (actors['shop'] ?? 0) + (actors['buyer'] ?? 0) + (actors['nobody'] ?? 0);

/** How many the list has under its filters: the counts leave out the states, so the chosen ones are added up. */
function totalOf(filters: Filters, counts: Counts | undefined): number | null {
  if (!counts) return null;
  if (filters.states.length === 0) return counts.total;
  return filters.states.reduce((sum, state) => sum + (counts.states[state] ?? 0), 0);
}

function Rows({ filters, total }: { filters: Filters; total: number | null }) {
  const { list } = useText();
  const query = useTransactions(filters);
  const region = useRef<HTMLDivElement>(null);
  const fresh = useMemo(() => query.data?.pages.flatMap((page) => page.rows), [query.data]);
  const { rows, waiting, apply } = useSteadyRows(fresh, writeFilters(filters).toString(), region);
  const { user } = useOutletContext<SessionView>();
  const selection = useSelection(rows, writeFilters(filters).toString());
  useRowKeys(region);
  useReturnToRow(region, rows.length > 0);

  if (query.isPending) return <PageSkeleton rows={8} />;
  if (query.isError && rows.length === 0) {
    return <LoadFailed error={query.error} onAgain={() => void query.refetch()} />;
  }
  return (
    <div ref={region}>
      <Group justify="space-between" mb={6} mih={30}>
        <Text size="sm" data-testid="list-total">
          {list.shown(rows.length, Math.max(total ?? 0, rows.length))}
        </Text>
        <div role="status">
          {waiting > 0 && (
            <Group gap="xs">
              <Text size="sm">{list.waiting(waiting)}</Text>
              <Button
                size="compact-sm"
                variant="light"
                onClick={apply}
                leftSection={<IconRefresh size={15} aria-hidden />}
              >
                {list.apply}
              </Button>
            </Group>
          )}
        </div>
      </Group>
      {rows.length === 0 ? (
        <Empty narrowed={isNarrowed(filters)} />
      ) : (
        <ListTable rows={rows} choice={user.role === 'viewer' ? null : selection.choice} />
      )}
      {selection.rows.length > 0 && <BulkBar chosen={selection.rows} onClear={selection.clear} />}
      <More query={query} label={list.more} />
    </div>
  );
}

function Empty({ narrowed }: { narrowed: boolean }) {
  const { list } = useText();
  return (
    <Alert variant="outline" color="gray" title={list.empty}>
      {narrowed ? list.emptyNarrowed : list.emptyAtAll}
    </Alert>
  );
}

/**
 * j and k move the focus from row to row, and so do the arrows once it is on a row (elsewhere they scroll). Enter
 * opens the link that has the focus.
 */
export function useRowKeys(region: RefObject<HTMLElement | null>): void {
  const move = (step: 1 | -1, onlyFromRow: boolean) => {
    const links = [...(region.current?.querySelectorAll<HTMLElement>('a.row-link') ?? [])];
    const present = links.findIndex((link) => link === document.activeElement);
    if (onlyFromRow && present < 0) return false;
    const next = present < 0 ? (step === 1 ? 0 : links.length - 1) : present + step;
    const link = links[Math.min(Math.max(next, 0), links.length - 1)];
    link?.focus();
    link?.closest('[role="row"]')?.scrollIntoView({ block: 'nearest' });
    return true;
  };
  useShortcut('j', () => move(1, false));
  useShortcut('k', () => move(-1, false));
  useShortcut('ArrowDown', () => move(1, true));
  useShortcut('ArrowUp', () => move(-1, true));
}

/** Back from a transaction, the focus is where it was. */
function useReturnToRow(region: RefObject<HTMLElement | null>, ready: boolean): void {
  useEffect(() => {
    if (!ready || lastOpened.key === null) return;
    const { key } = lastOpened;
    lastOpened.key = null;
    const frame = requestAnimationFrame(() => {
      const link = region.current?.querySelector<HTMLElement>(`a[data-key="${CSS.escape(key)}"]`);
      link?.focus({ preventScroll: true });
      link?.scrollIntoView({ block: 'center' });
    });
    return () => cancelAnimationFrame(frame);
  }, [ready, region]);
}

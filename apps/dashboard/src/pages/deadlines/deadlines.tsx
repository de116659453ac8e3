import { Alert, Anchor, Button, Group, Stack, Text } from '@mantine/core';
import type { DeadlineBoard } from '@np-hub/model';
import { useRef } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useDeadlineOrders, useDeadlines } from '../../api/desk.js';
import { useCodes } from '../../api/queries.js';
import { Loaded, LoadFailed, PageSkeleton } from '../../components/load.js';
import { Moment } from '../../components/moment.js';
import { OrderLink } from '../../components/order-link.js';
import { PageHead } from '../../components/page-title.js';
import { Section } from '../../components/section.js';
import { ShopFilter } from '../../components/shop-filter.js';
import { StackTable } from '../../components/stack-table.js';
import { StateTag } from '../../components/tag.js';
import { formatDay, formatYen } from '../../format.js';
import { useSpeech, useText } from '../../text/speech.js';
import { shortReasons, shortTodo, wordOr } from '../../words.js';
import { useRowKeys } from '../list.js';

/** 期限: what has to be done by when, by day; overdue first. */
export function DeadlinesPage() {
  const { deadlines } = useText().desk;
  const [parameters, setParameters] = useSearchParams();
  const shopId = parameters.get('shopId') ?? '';
  const [kind, day] = [parameters.get('kind'), parameters.get('day')];
  const query = useDeadlines(shopId);
  return (
    <Stack gap="md">
      <PageHead title={deadlines.title} lead={deadlines.lead} />
      <Group>
        <ShopFilter value={shopId} onChange={(next) => setParameters(next ? { shopId: next } : {})} />
      </Group>
      <Loaded query={query}>
        {(board) => <Board board={board} shopId={shopId} chosen={`${kind} ${day}`} />}
      </Loaded>
      {kind !== null && day !== null && (
        <Orders key={`${kind} ${day}`} kind={kind} day={day} shopId={shopId} />
      )}
    </Stack>
  );
}

/** A day as people say it: overdue, today, or the date. */
function useDayLabel(): (day: string, today: string) => string {
  const { text, language } = useSpeech();
  const { deadlines } = text.desk;
  return (day, today) => {
    if (day === 'overdue') return deadlines.overdue;
    return day === today ? deadlines.today : formatDay(day, language);
  };
}

interface BoardProps {
  readonly board: DeadlineBoard;
  readonly shopId: string;
  readonly chosen: string;
}

function Board({ board, shopId, chosen }: BoardProps) {
  const { text, language } = useSpeech();
  const { deadlines } = text.desk;
  const dayLabel = useDayLabel();
  const days = [...new Set(board.days.map(({ day }) => day))].sort((one, other) =>
    one === 'overdue' ? -1 : other === 'overdue' ? 1 : one.localeCompare(other),
  );
  const holds = (
    <Alert variant="outline" color={board.holds.orders > 0 ? 'orange' : 'gray'} title={deadlines.holds}>
      <Anchor
        component={Link}
        size="sm"
        to={`/?${new URLSearchParams({ state: 'held', ...(shopId ? { shopId } : {}) })}`}
      >
        {deadlines.holdsHelp(text.list.count(board.holds.orders), formatYen(board.holds.billedYen, language))}
      </Anchor>
    </Alert>
  );
  if (days.length === 0) {
    return (
      <>
        {holds}
        <Alert variant="outline" color="gray" title={deadlines.empty}>
          {deadlines.emptyHelp}
        </Alert>
      </>
    );
  }
  return (
    <>
      {holds}
      <div className="due-days">
        {days.map((day) => (
          <Section key={day} title={dayLabel(day, board.today)}>
            <ul className="due-list">
              {board.days
                .filter((each) => each.day === day)
                .map(({ kind, orders, billedYen }) => (
                  <li key={kind}>
                    <Anchor
                      component={Link}
                      to={`/deadlines?${new URLSearchParams({ kind, day, ...(shopId ? { shopId } : {}) })}`}
                      aria-current={chosen === `${kind} ${day}` ? 'true' : undefined}
                    >
                      {wordOr(deadlines.kinds, kind)}
                    </Anchor>{' '}
                    <strong>{text.list.count(orders)}</strong>{' '}
                    <span className="quiet">{formatYen(billedYen, language)}</span>
                  </li>
                ))}
            </ul>
          </Section>
        ))}
      </div>
    </>
  );
}

function Orders({ kind, day, shopId }: { kind: string; day: string; shopId: string }) {
  const speech = useSpeech();
  const { text } = speech;
  const { deadlines } = text.desk;
  const dayLabel = useDayLabel();
  const codes = useCodes().data ?? [];
  const query = useDeadlineOrders(kind, day, shopId);
  const region = useRef<HTMLDivElement>(null);
  useRowKeys(region);
  if (query.isPending) return <PageSkeleton />;
  if (query.isLoadingError) return <LoadFailed error={query.error} onAgain={() => void query.refetch()} />;
  const rows = query.data.pages.flatMap((page) => page.rows);
  const title = `${dayLabel(day, '')}${text.common.colon}${wordOr(deadlines.kinds, kind)}`;
  return (
    <Section title={title}>
      <div ref={region}>
        {rows.length === 0 ? (
          <Text size="sm">{deadlines.empty}</Text>
        ) : (
          <StackTable
            label={title}
            columns={[
              { key: 'order', head: text.list.columns.order },
              { key: 'due', head: text.list.columns.deadline },
              { key: 'state', head: text.list.columns.state },
              { key: 'todo', head: text.list.columns.reason },
            ]}
            rows={rows.map((row) => ({
              key: row.id,
              cells: {
                order: <OrderLink row={row}>{row.buyerName}</OrderLink>,
                due: <Moment at={row.dueAt} exact ahead />,
                state: <StateTag state={row.state} />,
                todo:
                  shortReasons(row, codes, speech)[0] ??
                  shortTodo(row, text) ??
                  wordOr(deadlines.helps, kind),
              },
            }))}
          />
        )}
      </div>
      {query.hasNextPage && (
        <Button
          variant="default"
          mt="sm"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {text.list.more}
        </Button>
      )}
    </Section>
  );
}

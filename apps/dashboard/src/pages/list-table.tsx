import { Text } from '@mantine/core';
import type { CodeCardView } from '@np-hub/model';
import { IconArrowRight } from '@tabler/icons-react';
import { Link, useLocation } from 'react-router';
import { useCodes } from '../api/queries.js';
import { Moment } from '../components/moment.js';
import { ActorTag, GateTag, StateTag, Tag } from '../components/tag.js';
import { formatYen } from '../format.js';
import { useSpeech } from '../text/speech.js';
import { shortReasons, shortTodo, wordOr } from '../words.js';
import { rowKey, type ShownRow } from './steady-rows.js';

/** The row that was opened last, for the way back. */
export const lastOpened: { key: string | null } = { key: null };

/**
 * A table whose rows are links. The roles are written out because on a narrow page the rows are laid out as cards,
 * which would take the table's meaning away.
 */
export function ListTable({ rows }: { rows: readonly ShownRow[] }) {
  const { text } = useSpeech();
  const codes = useCodes();
  const { columns } = text.list;
  const heads = [
    columns.order,
    columns.buyer,
    columns.amount,
    columns.state,
    columns.gate,
    columns.actor,
    columns.reason,
    columns.deadline,
    columns.updated,
  ];
  return (
    <table className="list-table" role="table" aria-label={text.list.tableLabel}>
      <thead role="rowgroup">
        <tr role="row">
          {heads.map((head) => (
            <th key={head} role="columnheader" scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((shown) => (
          <Row key={rowKey(shown.row)} shown={shown} cards={codes.data ?? []} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ shown: { row, stale }, cards }: { shown: ShownRow; cards: readonly CodeCardView[] }) {
  const speech = useSpeech();
  const { text, language } = speech;
  const { search } = useLocation();
  const [reason, ...others] = shortReasons(row, cards, speech);
  const todo = shortTodo(row, text);
  return (
    <tr role="row" className={stale ? 'row-stale' : undefined} data-state={row.state}>
      <td role="cell" className="cell-order">
        <Link
          to={`/transactions/${encodeURIComponent(row.shopId)}/${encodeURIComponent(row.id)}`}
          state={{ list: search }}
          className="row-link"
          data-key={rowKey(row)}
          onClick={() => {
            lastOpened.key = rowKey(row);
          }}
        >
          {row.orderNumber}
        </Link>
        <span className="cell-small">{row.shopName}</span>
      </td>
      <td role="cell" className="cell-buyer">
        {row.buyerName}
      </td>
      <td role="cell" className="cell-amount">
        {formatYen(row.billedYen, language)}
      </td>
      <td role="cell" className="cell-state">
        {stale ? <Tag tone="progress">{text.list.stale}</Tag> : <StateTag state={row.state} />}
        {row.cartWord && !stale && (
          <span className="cell-small">
            {row.cart[language]}
            {text.common.colon}
            {row.cartWord}
          </span>
        )}
      </td>
      <td role="cell" className="cell-gate">
        {stale ? <Tag tone="ended">{text.list.stale}</Tag> : <GateTag gate={row.gate} state={row.state} />}
      </td>
      <td role="cell" className="cell-actor">
        <ActorTag actor={row.actor} />
      </td>
      <td role="cell" className="cell-reason">
        {reason && (
          <span className="reason-line">
            {reason}
            {others.length > 0 && <span className="quiet"> {text.list.others(others.length)}</span>}
          </span>
        )}
        {todo && (
          <span className="cell-todo">
            <IconArrowRight size={14} aria-hidden /> {todo}
          </span>
        )}
      </td>
      <td role="cell" className="cell-deadline">
        {row.deadline && (
          <>
            <Moment at={row.deadline.at} ahead />
            <span className="cell-small">{wordOr(text.deadlines, row.deadline.kind)}</span>
          </>
        )}
      </td>
      <td role="cell" className="cell-updated">
        <Text component="span" size="xs" c="dimmed" className="only-narrow">
          {text.list.columns.updated}{' '}
        </Text>
        <Moment at={row.updatedAt} />
      </td>
    </tr>
  );
}

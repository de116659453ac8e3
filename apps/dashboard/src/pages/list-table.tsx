import { Checkbox, Text } from '@mantine/core';
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

/** Which rows are chosen; `range`: from the row that was pressed last to this one. */
export interface RowChoice {
  readonly chosen: ReadonlySet<string>;
  readonly toggle: (key: string, range: boolean) => void;
  readonly toggleAll: () => void;
}

/**
 * A table whose rows are links. The roles are written out because on a narrow page the rows are laid out as cards,
 * which would take the table's meaning away.
 */
export function ListTable({ rows, choice }: { rows: readonly ShownRow[]; choice: RowChoice | null }) {
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
          {choice && (
            <th role="columnheader" scope="col" className="cell-choice">
              <AllChoice rows={rows} choice={choice} />
            </th>
          )}
          {heads.map((head) => (
            <th key={head} role="columnheader" scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((shown) => (
          <Row key={rowKey(shown.row)} shown={shown} cards={codes.data ?? []} choice={choice} />
        ))}
      </tbody>
    </table>
  );
}

function AllChoice({ rows, choice }: { rows: readonly ShownRow[]; choice: RowChoice }) {
  const { list } = useSpeech().text;
  const count = rows.filter(({ row }) => choice.chosen.has(rowKey(row))).length;
  return (
    <Checkbox
      size="xs"
      aria-label={list.bulk.chooseAll}
      checked={count > 0 && count === rows.length}
      indeterminate={count > 0 && count < rows.length}
      onChange={choice.toggleAll}
    />
  );
}

interface RowProps {
  readonly shown: ShownRow;
  readonly cards: readonly CodeCardView[];
  readonly choice: RowChoice | null;
}

function Row({ shown: { row, stale }, cards, choice }: RowProps) {
  const speech = useSpeech();
  const { text, language } = speech;
  const { search } = useLocation();
  const [reason, ...others] = shortReasons(row, cards, speech);
  const todo = shortTodo(row, text);
  return (
    <tr role="row" className={stale ? 'row-stale' : undefined} data-state={row.state}>
      {choice && (
        <td role="cell" className="cell-choice">
          <Checkbox
            size="xs"
            aria-label={text.list.bulk.choose(row.orderNumber)}
            checked={choice.chosen.has(rowKey(row))}
            onClick={(event) => choice.toggle(rowKey(row), event.shiftKey)}
            readOnly
          />
        </td>
      )}
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
        {row.originNumber !== null && (
          <span className="cell-small">
            {text.detail.originNumber}
            {text.common.colon}
            {row.originNumber}
          </span>
        )}
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

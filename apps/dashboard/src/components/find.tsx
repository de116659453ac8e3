import { ActionIcon, Alert, Kbd, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { longestSearch, type FindView, type TransactionRow } from '@np-hub/model';
import { IconArrowRight, IconSearch } from '@tabler/icons-react';
import { useId, useState, type KeyboardEvent } from 'react';
import { useNavigate } from 'react-router';
import { useFind } from '../api/desk.js';
import { useCodes } from '../api/queries.js';
import { Dialog } from './dialog.js';
import { LoadFailed } from './load.js';
import { GateTag, StateTag } from './tag.js';
import { formatYen } from '../format.js';
import { useShortcut } from '../shortcuts.js';
import { useSpeech, useText } from '../text/speech.js';
import { nextOf, shortReasons, shortTodo } from '../words.js';

/** The search that is in reach on every page: the button in the head, and `/`. */
export function FindButton() {
  const { find } = useText().desk;
  const [open, setOpen] = useState(false);
  useShortcut('/', () => {
    setOpen(true);
    return true;
  });
  return (
    <>
      <ActionIcon
        variant="default"
        className="find-button"
        aria-label={find.open}
        title={find.open}
        onClick={() => setOpen(true)}
      >
        <IconSearch size={18} aria-hidden />
        <Kbd size="xs" className="only-wide" aria-hidden>
          /
        </Kbd>
      </ActionIcon>
      {open && <FindDialog onClose={() => setOpen(false)} />}
    </>
  );
}

const pauseMs = 150;
const noRows: readonly TransactionRow[] = [];

/** Finds while one types; the arrows walk through what was found, Enter opens it. */
function FindDialog({ onClose }: { onClose: () => void }) {
  const { find } = useText().desk;
  const id = useId();
  const [typed, setTyped] = useState('');
  const [composing, setComposing] = useState(false);
  const [settled] = useDebouncedValue(typed.trim(), pauseMs);
  const text = composing || typed.trim() === '' ? '' : settled;
  const query = useFind(text);
  const found = text === '' ? undefined : query.data;
  const rows = found?.groups.flatMap((group) => group.rows) ?? noRows;
  const [chosen, setChosen] = useState(0);
  const index = Math.min(chosen, Math.max(rows.length - 1, 0));
  const navigate = useNavigate();
  const go = (row: TransactionRow) => {
    onClose();
    void navigate(`/transactions/${encodeURIComponent(row.shopId)}/${encodeURIComponent(row.id)}`);
  };
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && rows.length > 0) {
      event.preventDefault();
      setChosen((index + step + rows.length) % rows.length);
    }
    const row = rows[index];
    // What is shown must belong to what is typed: Enter never opens the answer to an earlier text.
    if (event.key === 'Enter' && row && settled === typed.trim() && !query.isPlaceholderData) go(row);
  };
  return (
    <Dialog title={find.title} onClose={onClose} size="xl">
      <TextInput
        data-autofocus
        type="text"
        role="combobox"
        aria-expanded={rows.length > 0}
        aria-controls={`${id}-results`}
        aria-activedescendant={rows.length > 0 ? `${id}-${index}` : undefined}
        aria-autocomplete="list"
        autoComplete="off"
        maxLength={longestSearch}
        label={find.label}
        description={find.hint}
        leftSection={<IconSearch size={17} aria-hidden />}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setChosen(0);
        }}
        onCompositionStart={() => setComposing(true)}
        onCompositionEnd={() => setComposing(false)}
        onKeyDown={press}
      />
      <Text size="sm" role="status" mt="xs" mih={22}>
        {text !== '' && found && find.found(rows.length)}
        {text !== '' && query.isPending && find.searching}
      </Text>
      {found?.inquiryNumber && (
        <Alert variant="outline" color="orange" title={find.inquiryTitle}>
          {find.inquiryHelp}
        </Alert>
      )}
      {query.isError && <LoadFailed error={query.error} onAgain={() => void query.refetch()} />}
      <div id={`${id}-results`} role="listbox" aria-label={find.results} className="find-results">
        {found && <Groups found={found} id={id} index={index} onOpen={go} />}
      </div>
      {found && rows.length === 0 && !found.inquiryNumber && <Text size="sm">{find.nothing}</Text>}
      <Text size="xs" c="dimmed" mt="sm" className="only-wide">
        {find.keys}
      </Text>
    </Dialog>
  );
}

interface GroupsProps {
  readonly found: FindView;
  readonly id: string;
  readonly index: number;
  readonly onOpen: (row: TransactionRow) => void;
}

function Groups({ found, id, index, onOpen }: GroupsProps) {
  const { find } = useText().desk;
  const starts = found.groups.map((_, position) =>
    found.groups.slice(0, position).reduce((sum, { rows }) => sum + rows.length, 0),
  );
  return found.groups.map(({ kind, rows, more }, position) => (
    <div key={kind} role="group" aria-label={find.kinds[kind]}>
      <div className="find-kind" aria-hidden>
        {find.kinds[kind]} {more && find.more(rows.length)}
      </div>
      {rows.map((row, place) => {
        const number = (starts[position] ?? 0) + place;
        return (
          <Hit
            key={row.id}
            id={`${id}-${number}`}
            row={row}
            chosen={number === index}
            onOpen={() => onOpen(row)}
          />
        );
      })}
    </div>
  ));
}

interface HitProps {
  readonly id: string;
  readonly row: TransactionRow;
  readonly chosen: boolean;
  readonly onOpen: () => void;
}

/** State, cause and next step in one line, so that many need not be opened at all. */
function Hit({ id, row, chosen, onOpen }: HitProps) {
  const speech = useSpeech();
  const { text, language } = speech;
  const codes = useCodes();
  const [cause] = shortReasons(row, codes.data ?? [], speech);
  const todo = shortTodo(row, text);
  return (
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={chosen}
      className="find-hit"
      ref={(element) => {
        if (chosen) element?.scrollIntoView({ block: 'nearest' });
      }}
      onClick={onOpen}
      onKeyDown={(event) => {
        if (event.key === 'Enter') onOpen();
      }}
    >
      <span className="find-order">
        <strong>{row.orderNumber}</strong> {row.buyerName}{' '}
        <span className="quiet">
          {row.shopName} ・ {formatYen(row.billedYen, language)}
        </span>
      </span>
      <span className="find-state">
        <StateTag state={row.state} /> <GateTag gate={row.gate} state={row.state} />
      </span>
      <span className="find-next">
        {cause ?? text.states[row.state].meaning}{' '}
        <span className="cell-todo">
          <IconArrowRight size={14} aria-hidden /> {todo ?? nextOf(row, text)}
        </span>
      </span>
    </div>
  );
}

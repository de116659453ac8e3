import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { japaneseDay, type InvoicePage, type InvoiceStep } from '@np-hub/model';
import { useRef, useState } from 'react';
import { useMarkPrinted } from '../../api/invoices.js';
import { useSession } from '../../api/queries.js';
import { ChooseAll, ChooseRow } from '../../components/choose-all.js';
import { Confirm } from '../../components/confirm.js';
import { Moment } from '../../components/moment.js';
import { useNotices } from '../../components/notices.js';
import { OrderLink } from '../../components/order-link.js';
import { StackTable } from '../../components/stack-table.js';
import { StateTag } from '../../components/tag.js';
import { formatDay, formatYen } from '../../format.js';
import { useSpeech, useText } from '../../text/speech.js';
import { useRowKeys } from '../list.js';

type Row = InvoicePage['rows'][number];

const keyOf = ({ shopId, id }: Row): string => `${shopId} ${id}`;

/** What stands at first is chosen; what is shown later is not. */
export const choiceOf = (rows: readonly Row[]): ReadonlySet<string> => new Set(rows.map(keyOf));

export const chosenRows = (rows: readonly Row[], chosen: ReadonlySet<string>): readonly Row[] =>
  rows.filter((row) => chosen.has(keyOf(row)));

/**
 * The orders of one step. All that stood there at first are chosen; what comes later is shown, and only goes along once
 * somebody has chosen it: its invoice did not lie in the printer.
 */
export function InvoiceRows({ rows, step }: { rows: readonly Row[]; step: InvoiceStep }) {
  const { text, language } = useSpeech();
  const { invoices: words } = text.desk;
  const region = useRef<HTMLDivElement>(null);
  useRowKeys(region);
  const mayMark = useSession().data?.user.role !== 'viewer';
  const [chosen, setChosen] = useState(() => choiceOf(rows));
  if (rows.length === 0) {
    return (
      <Alert variant="outline" color="gray" title={words.empty}>
        {words.helps[step]}
      </Alert>
    );
  }
  const dayOf = (day: string | null) => (day === null ? '–' : formatDay(day, language));
  return (
    <Stack gap="md">
      {mayMark && <Printing rows={chosenRows(rows, chosen)} />}
      {mayMark && (
        <Group gap="md">
          <ChooseAll keys={rows.map(keyOf)} chosen={chosen} onChange={setChosen} />
          <Text size="sm" c="dimmed">
            {words.laterOnes}
          </Text>
        </Group>
      )}
      <div ref={region}>
        <StackTable
          label={words.steps[step]}
          columns={[
            ...(mayMark ? [{ key: 'choose' as const, head: words.choose }] : []),
            { key: 'order', head: text.list.columns.order },
            { key: 'amount', head: text.list.columns.amount },
            { key: 'state', head: text.list.columns.state },
            { key: 'since', head: words.since },
            { key: 'issued', head: words.issuedOn },
            { key: 'by', head: words.reportBy },
          ]}
          rows={rows.map((row) => ({
            key: row.id,
            cells: {
              choose: (
                <ChooseRow label={row.orderNumber} rowKey={keyOf(row)} chosen={chosen} onChange={setChosen} />
              ),
              order: <OrderLink row={row}>{row.buyerName}</OrderLink>,
              amount: formatYen(row.billedYen, language),
              state: <StateTag state={row.state} />,
              since: <Moment at={row.since} />,
              issued: dayOf(row.issuedOn),
              by: dayOf(row.reportBy),
            },
          }))}
        />
      </div>
    </Stack>
  );
}

/** What is to be marked: the rows as they were chosen when the button was pressed. */
interface Asked {
  readonly rows: readonly Row[];
  readonly issuedOn: string;
}

/** The chosen invoices came from the printer together, with one date on them. */
function Printing({ rows }: { rows: readonly Row[] }) {
  const { invoices: words } = useText().desk;
  const [issuedOn, setIssuedOn] = useState(() => japaneseDay(new Date()));
  const [asked, setAsked] = useState<Asked | null>(null);
  return (
    <>
      <Group gap="md" align="flex-end">
        <TextInput
          type="date"
          label={words.issuedOn}
          description={words.issuedOnHelp}
          value={issuedOn}
          onChange={(event) => setIssuedOn(event.currentTarget.value)}
        />
        <Button onClick={() => setAsked({ rows, issuedOn })} disabled={issuedOn === '' || rows.length === 0}>
          {words.mark(rows.length)}
        </Button>
      </Group>
      {asked && <PrintedDialog asked={asked} onClose={() => setAsked(null)} />}
    </>
  );
}

function PrintedDialog({ asked: { rows, issuedOn }, onClose }: { asked: Asked; onClose: () => void }) {
  const { text, language } = useSpeech();
  const { invoices: words } = text.desk;
  const mark = useMarkPrinted();
  const notices = useNotices();
  const press = () =>
    mark.mutate(
      { keys: rows.map(({ shopId, id }) => ({ shopId, id })), issuedOn },
      {
        onSuccess: (answer) => {
          if (!answer) return;
          const done = answer.results.filter(({ ok }) => ok).length;
          notices.done(words.marked(done, rows.length - done));
          onClose();
        },
      },
    );
  return (
    <Confirm
      title={words.markTitle(rows.length)}
      text={words.markText(formatDay(issuedOn, language))}
      confirm={words.markConfirm}
      running={mark.isPending}
      error={mark.error}
      onConfirm={press}
      onClose={onClose}
    >
      <Text size="sm" className="mono">
        {words.markedOrders(
          rows.slice(0, namedOrders).map(({ orderNumber }) => orderNumber),
          rows.length,
        )}
      </Text>
    </Confirm>
  );
}

const namedOrders = 10;

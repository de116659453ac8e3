import { Alert, Button, Group, Progress, Stack, Text } from '@mantine/core';
import type { CorrectablePath, RepairOrder, RepairResult } from '@np-hub/model';
import { useState } from 'react';
import { useRepair, type Fields, type Repair } from '../../api/repairs.js';
import { Dialog } from '../../components/dialog.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { StackTable } from '../../components/stack-table.js';
import { Tag } from '../../components/tag.js';
import { useSpeech } from '../../text/speech.js';
import { fieldLabel } from '../../words.js';
import { payloadPathOf } from '../transaction/fields.js';

interface Props {
  readonly orders: readonly { readonly order: RepairOrder; readonly fields: Fields }[];
  readonly onClose: (done: boolean) => void;
}

/** Asks once more, shows how far it has come, what became of each order, and takes back what can be taken back. */
export function RepairDialog({ orders: given, onClose }: Props) {
  const { text } = useSpeech();
  const { repairs } = text.desk;
  const [orders] = useState(given);
  const [results, setResults] = useState<readonly RepairResult[]>([]);
  const [undone, setUndone] = useState<readonly RepairResult[] | null>(null);
  const run = useRepair();
  const undo = useRepair();
  const running = run.isPending || undo.isPending;
  const ended = run.isSuccess || run.isError;
  const numbers = new Map(orders.map(({ order: { row } }) => [row.id, row.orderNumber]));
  const done = results.filter(({ ok }) => ok);
  const start = () =>
    run.mutate({
      orders: orders.map(({ order: { row }, fields }): Repair => ({
        shopId: row.shopId,
        id: row.id,
        fields,
      })),
      onProgress: setResults,
    });
  const takeBack = () =>
    undo.mutate({
      orders: done.map(({ shopId, id, undo: fields }) => ({ shopId, id, fields })),
      undo: true,
      onProgress: setUndone,
    });
  const shown = undone ?? results;
  return (
    <Dialog title={repairs.apply(orders.length)} onClose={() => onClose(ended)} leavable={!running} size="lg">
      <Stack gap="sm">
        {run.isIdle && (
          <>
            <Text size="sm">{repairs.sure}</Text>
            <Changes orders={orders} />
          </>
        )}
        {running && (
          <>
            <Progress
              value={(100 * shown.length) / Math.max(undo.isPending ? done.length : orders.length, 1)}
              size="lg"
              animated
              aria-label={repairs.progress(shown.length)}
            />
            <Text size="sm" role="status">
              {repairs.progress(shown.length)}
            </Text>
          </>
        )}
        {run.isError && <ErrorNotice error={run.error} title={text.detail.actions.failed} />}
        {undo.isError && <ErrorNotice error={undo.error} title={text.detail.actions.failed} />}
        {ended && !running && <Outcome results={shown} undone={undone !== null} numbers={numbers} />}
        <Group justify="flex-end">
          {run.isIdle && (
            <Button variant="default" data-autofocus onClick={() => onClose(false)}>
              {text.common.cancel}
            </Button>
          )}
          {ended && undone === null && done.length > 0 && (
            <Button variant="default" loading={undo.isPending} onClick={takeBack}>
              {repairs.undo(done.length)}
            </Button>
          )}
          {run.isIdle || run.isPending ? (
            <Button loading={run.isPending} onClick={start}>
              {repairs.apply(orders.length)}
            </Button>
          ) : (
            <Button disabled={running} onClick={() => onClose(true)}>
              {text.common.close}
            </Button>
          )}
        </Group>
      </Stack>
    </Dialog>
  );
}

/** What will be written into each order. */
function Changes({ orders }: Pick<Props, 'orders'>) {
  const { text, language } = useSpeech();
  const { repairs } = text.desk;
  return (
    <div className="bulk-results">
      <StackTable
        label={repairs.preview}
        columns={[
          { key: 'order', head: text.list.columns.order },
          { key: 'now', head: repairs.now },
          { key: 'after', head: repairs.after },
        ]}
        rows={orders.map(({ order: { row, value }, fields }) => ({
          key: row.id,
          cells: {
            order: row.orderNumber,
            now: value,
            after: (Object.entries(fields) as [CorrectablePath, string][]).map(([path, typed]) => (
              <div key={path}>
                {fieldLabel(payloadPathOf(path), language)}: {typed}
              </div>
            )),
          },
        }))}
      />
    </div>
  );
}

interface OutcomeProps {
  readonly results: readonly RepairResult[];
  readonly undone: boolean;
  readonly numbers: ReadonlyMap<string, string>;
}

function Outcome({ results, undone, numbers }: OutcomeProps) {
  const { text, language } = useSpeech();
  const { repairs } = text.desk;
  const failed = results.filter(({ ok }) => !ok).length;
  const done = results.length - failed;
  return (
    <>
      <Alert
        variant="outline"
        role="status"
        color={failed === 0 ? 'green' : 'orange'}
        title={(undone ? repairs.undone : repairs.applied)(done, failed)}
      />
      <div className="bulk-results">
        <StackTable
          label={text.list.bulk.outcome}
          columns={[
            { key: 'order', head: text.list.columns.order },
            { key: 'outcome', head: text.list.bulk.outcome },
            { key: 'why', head: text.list.bulk.why },
          ]}
          rows={results.map((result) => ({
            key: result.id,
            cells: {
              order: numbers.get(result.id) ?? result.id,
              outcome: result.ok ? (
                <Tag tone="good">{undone ? repairs.takenBack : repairs.corrected}</Tag>
              ) : (
                <Tag tone="bad">{text.list.bulk.failed}</Tag>
              ),
              why: result.error?.message[language] ?? '',
            },
          }))}
        />
      </div>
    </>
  );
}

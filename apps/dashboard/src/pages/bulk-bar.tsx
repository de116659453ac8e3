import { Alert, Button, Group, Progress, Stack, Text } from '@mantine/core';
import type { BulkAction, TransactionRow } from '@np-hub/model';
import { useState } from 'react';
import { mostAtOnce, useBulkAction, type BulkResult } from '../api/bulk.js';
import { useShops } from '../api/queries.js';
import { Dialog } from '../components/dialog.js';
import { ErrorNotice } from '../components/error-notice.js';
import { StackTable } from '../components/stack-table.js';
import { Tag } from '../components/tag.js';
import { useSpeech } from '../text/speech.js';
import { bulkChoices, type BulkChoice } from './bulk-choice.js';
import { rowKey } from './steady-rows.js';
import { Consequences } from './transaction/action-dialog.js';

/** Red: money or goods may be lost. */
const dangerous: readonly BulkAction[] = ['cancel', 'release'];

interface Props {
  readonly chosen: readonly TransactionRow[];
  readonly onClear: () => void;
}

/** What can be done to the chosen rows together; it stays in sight while one scrolls. */
export function BulkBar({ chosen, onClear }: Props) {
  const { text, language } = useSpeech();
  const { bulk } = text.list;
  const shops = useShops().data ?? [];
  const [open, setOpen] = useState<BulkChoice | null>(null);
  const choices = bulkChoices(chosen, shops);
  const tooMany = chosen.length > mostAtOnce;
  return (
    <div role="region" aria-label={bulk.label} className="bulk-bar">
      <Text size="sm" fw={700} role="status">
        {bulk.chosen(chosen.length)}
      </Text>
      {tooMany ? (
        <Text size="sm" className="run-error">
          {bulk.tooMany(mostAtOnce)}
        </Text>
      ) : choices.length === 0 ? (
        <Text size="sm">{bulk.nothing}</Text>
      ) : (
        <Group gap="xs">
          {choices.map((choice) => (
            <Button
              key={`${choice.action} ${choice.label?.en ?? ''}`}
              size="compact-sm"
              {...(dangerous.includes(choice.action)
                ? { variant: 'outline', color: 'red' }
                : { variant: 'default' })}
              onClick={() => setOpen(choice)}
            >
              {choice.label?.[language] ?? text.actions[choice.action].label}
            </Button>
          ))}
        </Group>
      )}
      <Button size="compact-sm" variant="subtle" onClick={onClear}>
        {bulk.clear}
      </Button>
      {open && (
        <BulkDialog
          rows={chosen}
          choice={open}
          onClose={(done) => {
            setOpen(null);
            if (done) onClear();
          }}
        />
      )}
    </div>
  );
}

interface DialogProps {
  readonly rows: readonly TransactionRow[];
  readonly choice: BulkChoice;
  readonly onClose: (done: boolean) => void;
}

/** Asks with the number of orders, shows how far it has come, and then what became of each. */
function BulkDialog({ rows: given, choice, onClose }: DialogProps) {
  const { text, language } = useSpeech();
  const { bulk } = text.list;
  const [rows] = useState(given);
  const [results, setResults] = useState<readonly BulkResult[]>([]);
  const run = useBulkAction();
  const words = text.actions[choice.action];
  const label = choice.label?.[language] ?? words.label;
  const danger = dangerous.includes(choice.action);
  const start = () =>
    run.mutate({
      action: choice.action,
      keys: rows.map(({ shopId, id }) => ({ shopId, id })),
      onProgress: (all) => setResults([...all]),
    });
  const ended = run.isSuccess || run.isError;
  return (
    <Dialog
      title={bulk.title(label, rows.length)}
      onClose={() => onClose(ended)}
      leavable={!run.isPending}
      size="lg"
    >
      <Stack gap="sm">
        {run.isIdle && (
          <>
            <Consequences words={words} danger={danger} />
            <Text size="sm" className="dialog-subject">
              {rows
                .slice(0, 5)
                .map(({ orderNumber }) => orderNumber)
                .join(text.common.listComma)}
              {rows.length > 5 && ` ${text.list.others(rows.length - 5)}`}
            </Text>
          </>
        )}
        {run.isPending && (
          <>
            <Progress
              value={(100 * results.length) / rows.length}
              size="lg"
              animated
              aria-label={bulk.progress(results.length, rows.length)}
            />
            <Text size="sm" role="status">
              {bulk.progress(results.length, rows.length)}
            </Text>
          </>
        )}
        {run.isError && <ErrorNotice error={run.error} title={text.detail.actions.failed} />}
        {ended && <BulkOutcome rows={rows} results={results} />}
        <Group justify="flex-end">
          {run.isIdle && (
            <Button variant="default" data-autofocus onClick={() => onClose(false)}>
              {text.common.cancel}
            </Button>
          )}
          {run.isIdle || run.isPending ? (
            <Button color={danger ? 'red' : 'indigo'} loading={run.isPending} onClick={start}>
              {bulk.confirm(words.confirm, rows.length)}
            </Button>
          ) : (
            <Button onClick={() => onClose(true)}>{text.common.close}</Button>
          )}
        </Group>
      </Stack>
    </Dialog>
  );
}

/** How many went through, and each that did not, with why. */
function BulkOutcome({
  rows,
  results,
}: Omit<DialogProps, 'choice' | 'onClose'> & { results: readonly BulkResult[] }) {
  const { text, language } = useSpeech();
  const { bulk } = text.list;
  const numbers = new Map(rows.map((row) => [rowKey(row), row.orderNumber]));
  const failed = results.filter(({ ok }) => !ok);
  const unsent = rows.length - results.length;
  return (
    <>
      <Alert
        color={failed.length === 0 && unsent === 0 ? 'green' : 'orange'}
        variant="outline"
        role="status"
        title={bulk.done(results.length - failed.length, failed.length)}
      >
        {unsent > 0 && <Text size="sm">{bulk.unsent(unsent)}</Text>}
      </Alert>
      {failed.length > 0 && (
        <div className="bulk-results">
          <StackTable
            label={bulk.results}
            columns={[
              { key: 'order', head: text.list.columns.order },
              { key: 'outcome', head: bulk.outcome },
              { key: 'why', head: bulk.why },
            ]}
            rows={failed.map((result) => ({
              key: `${result.shopId}/${result.id}`,
              cells: {
                order: numbers.get(`${result.shopId}/${result.id}`) ?? result.id,
                outcome: <Tag tone="bad">{bulk.failed}</Tag>,
                why: result.error?.message[language] ?? '',
              },
            }))}
          />
        </div>
      )}
    </>
  );
}

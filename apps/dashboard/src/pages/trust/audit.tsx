import { Alert, Stack } from '@mantine/core';
import type { AuditLineView } from '@np-hub/model';
import { More } from '../../components/more.js';
import { useAuditTrail } from '../../api/trust.js';
import { LoadFailed, PageSkeleton } from '../../components/load.js';
import { Moment } from '../../components/moment.js';
import { OperatorOnly } from '../../components/operator-only.js';
import { PageHead } from '../../components/page-title.js';
import { StackTable } from '../../components/stack-table.js';
import { useText } from '../../text/speech.js';

/** Who has changed what, the newest first. */
export function AuditPage() {
  const { audit: words } = useText().trust;
  return (
    <Stack gap="md">
      <PageHead title={words.title} lead={words.lead} />
      <OperatorOnly>
        <Trail />
      </OperatorOnly>
    </Stack>
  );
}

function Trail() {
  const { audit: words } = useText().trust;
  const trail = useAuditTrail();
  if (trail.isPending) return <PageSkeleton />;
  const rows = trail.data?.pages.flatMap((page) => page.rows) ?? [];
  if (trail.isError && rows.length === 0) {
    return <LoadFailed error={trail.error} onAgain={() => void trail.refetch()} />;
  }
  if (rows.length === 0) return <Alert variant="outline" color="gray" title={words.empty} />;
  return (
    <>
      <div className="table-ground">
        <StackTable
          label={words.title}
          columns={[
            { key: 'number', head: words.number, number: true },
            { key: 'at', head: words.at },
            { key: 'by', head: words.by },
            { key: 'what', head: words.what },
            { key: 'object', head: words.object },
            { key: 'details', head: words.details },
          ]}
          rows={rows.map((row) => ({
            key: String(row.sequence),
            cells: {
              number: row.sequence,
              at: (
                <span className="nowrap">
                  <Moment at={row.at} exact />
                </span>
              ),
              by: <span className="mono nowrap">{row.by}</span>,
              what: (
                <span className="nowrap">
                  <ActionText action={row.action} />
                </span>
              ),
              object: (
                <span className="mono nowrap" title={row.object}>
                  {shortened(row.object)}
                </span>
              ),
              details: <Details details={row.details} />,
            },
          }))}
        />
      </div>
      <More query={trail} label={words.more} />
    </>
  );
}

function ActionText({ action }: { action: string }) {
  const { audit: words } = useText().trust;
  const [kind, event] = action.split('/');
  return (
    <>{kind === 'transaction' && event ? words.transaction(event) : (words.actions[action] ?? action)}</>
  );
}

function Details({ details }: { details: AuditLineView['details'] }) {
  const names = Object.keys((details ?? {}) as object);
  if (names.length === 0) return <>–</>;
  return (
    <details>
      <summary className="breakable">{names.join(', ')}</summary>
      <span className="mono breakable cell-small">{JSON.stringify(details)}</span>
    </details>
  );
}

/** The beginning of an id is enough to tell things apart; all of it stands in the title. */
const shortened = (object: string): string => object.replace(/^([^:]+:[^-]{8})-.*$/u, '$1…');

import { Button, Progress, Stack, Text } from '@mantine/core';
import type { FindingKind, ReconciliationsView, ReconciliationView } from '@np-hub/model';
import { useReconcile, useReconciliations } from '../../api/reconciliation.js';
import { Loaded } from '../../components/load.js';
import { Moment } from '../../components/moment.js';
import { useNotices } from '../../components/notices.js';
import { Section } from '../../components/section.js';
import { StackTable } from '../../components/stack-table.js';
import { Tag } from '../../components/tag.js';
import type { Tone } from '../../components/tones.js';
import { usePersonName } from '../../components/person.js';
import { useSpeech, useText } from '../../text/speech.js';

const tones: Readonly<Record<ReconciliationView['outcome'], Tone>> = {
  waiting: 'progress',
  running: 'progress',
  done: 'good',
  failed: 'bad',
};

/** The reconciliations of one shop: the one under way with its progress, and the last ones. */
export function Runs({ shopId, mayAct }: { shopId: string; mayAct: boolean }) {
  const { runs } = useText().reconciliation;
  const query = useReconciliations(shopId);
  return (
    <Section title={runs.title} aside={mayAct && <Start shopId={shopId} />}>
      <Loaded query={query} rows={2}>
        {(view) => <Present view={view} />}
      </Loaded>
    </Section>
  );
}

function Start({ shopId }: { shopId: string }) {
  const { runs } = useText().reconciliation;
  const notices = useNotices();
  const reconcile = useReconcile(shopId);
  return (
    <Button
      size="compact-sm"
      loading={reconcile.isPending}
      onClick={() =>
        reconcile.mutate(undefined, {
          onSuccess: (answer) => {
            if (answer) notices.done(runs.started);
          },
          onError: (error) => notices.failed(error),
        })
      }
    >
      {runs.start}
    </Button>
  );
}

function Present({ view }: { view: ReconciliationsView }) {
  const { text } = useSpeech();
  const { runs } = text.reconciliation;
  const [latest] = view.runs;
  return (
    <Stack gap="sm">
      {latest && latest.finishedAt === null && <UnderWay run={latest} />}
      <Text size="sm">
        {view.nextAt === null ? (
          runs.noNight
        ) : (
          <>
            {runs.next}
            {text.common.colon}
            <Moment at={view.nextAt} exact />
          </>
        )}
      </Text>
      {latest?.cartUnread && <Text size="sm">{runs.cartUnread[latest.cartUnread]}</Text>}
      <Text size="sm" c="dimmed">
        {runs.noAmount}
      </Text>
      {view.runs.length === 0 ? <Text size="sm">{runs.empty}</Text> : <Last runs={view.runs} />}
    </Stack>
  );
}

function UnderWay({ run }: { run: ReconciliationView }) {
  const { runs } = useText().reconciliation;
  const share = run.total === 0 ? 0 : Math.min(100, (100 * run.checked) / run.total);
  return (
    <div role="status">
      <Text size="sm">
        {runs.phases[run.phase]} ・ {runs.progress(run.checked, run.total)}
      </Text>
      <Progress value={share} aria-label={runs.phases[run.phase]} />
      {run.error !== null && (
        <Text size="sm" c="red">
          {run.error} {runs.retry}
        </Text>
      )}
    </div>
  );
}

function Last({ runs }: { runs: readonly ReconciliationView[] }) {
  const { reconciliation } = useText();
  const nameOf = usePersonName();
  const words = reconciliation.runs;
  return (
    <StackTable
      label={words.title}
      columns={[
        { key: 'at', head: words.at },
        { key: 'by', head: words.by },
        { key: 'outcome', head: words.outcome },
        { key: 'checked', head: words.checked },
        { key: 'found', head: words.found },
      ]}
      rows={runs.map((run) => ({
        key: run.id,
        cells: {
          at: <Moment at={run.askedAt} exact />,
          by: run.by === null ? words.nightly : nameOf(run.by),
          outcome: (
            <>
              <Tag tone={tones[run.outcome]}>{words.outcomes[run.outcome]}</Tag>
              {run.error !== null && <span className="cell-small">{run.error}</span>}
            </>
          ),
          checked: (
            <>
              {words.progress(run.checked, run.total)}
              {run.skipped > 0 && <span className="cell-small">{words.skipped(run.skipped)}</span>}
            </>
          ),
          found: <Counts counts={run.counts} />,
        },
      }))}
    />
  );
}

function Counts({ counts }: { counts: ReconciliationView['counts'] }) {
  const { kinds, runs } = useText().reconciliation;
  const found = Object.entries(counts) as [FindingKind, number][];
  if (found.length === 0) return runs.none;
  return found.map(([kind, count]) => <div key={kind}>{runs.count(kinds[kind].label, count)}</div>);
}

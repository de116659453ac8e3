import { Alert, Anchor, Button, Group, NativeSelect, Stack } from '@mantine/core';
import type { FindingView } from '@np-hub/model';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { More } from '../../components/more.js';
import { useFindings } from '../../api/reconciliation.js';
import { LoadFailed, PageSkeleton } from '../../components/load.js';
import { Moment } from '../../components/moment.js';
import { Section } from '../../components/section.js';
import { StackTable } from '../../components/stack-table.js';
import { Tag } from '../../components/tag.js';
import { useSpeech, useText } from '../../text/speech.js';
import { wordOr } from '../../words.js';
import { FindingDialog, type Step } from './finding-dialog.js';
import { sideText } from './side-text.js';

interface Props {
  readonly shopId: string;
  readonly mayAct: boolean;
}

/** What differs, and what was or can be done about it. */
export function Findings({ shopId, mayAct }: Props) {
  const { findings } = useText().reconciliation;
  const [parameters, setParameters] = useSearchParams();
  const onlyOpen = parameters.get('show') !== 'all';
  const show = (value: string) =>
    setParameters((before) => {
      const after = new URLSearchParams(before);
      if (value === 'all') after.set('show', 'all');
      else after.delete('show');
      return after;
    });
  return (
    <Section
      title={findings.title}
      aside={
        <NativeSelect
          aria-label={findings.show}
          size="xs"
          value={onlyOpen ? 'open' : 'all'}
          data={[
            { value: 'open', label: findings.open },
            { value: 'all', label: findings.every },
          ]}
          onChange={(event) => show(event.currentTarget.value)}
        />
      }
    >
      <Listed shopId={shopId} mayAct={mayAct} onlyOpen={onlyOpen} />
    </Section>
  );
}

function Listed({ shopId, mayAct, onlyOpen }: Props & { readonly onlyOpen: boolean }) {
  const { text, language } = useSpeech();
  const { findings, kinds } = text.reconciliation;
  const query = useFindings(shopId, onlyOpen);
  const [step, setStep] = useState<{ finding: FindingView; step: Step } | null>(null);
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? [];
  if (query.isPending) return <PageSkeleton rows={3} />;
  if (query.isError && rows.length === 0)
    return <LoadFailed error={query.error} onAgain={() => void query.refetch()} />;
  return (
    <Stack gap="sm">
      {rows.length === 0 ? (
        <Alert variant="outline" color="green" title={findings.empty}>
          {findings.emptyHelp}
        </Alert>
      ) : (
        <StackTable
          label={findings.title}
          columns={[
            { key: 'order', head: findings.order },
            { key: 'kind', head: findings.kind },
            { key: 'sides', head: findings.sides },
            { key: 'what', head: findings.what },
            { key: 'at', head: findings.at },
          ]}
          rows={rows.map((finding) => ({
            key: finding.id,
            cells: {
              order: <Order finding={finding} />,
              kind: (
                <>
                  <strong>{kinds[finding.kind].label}</strong>
                  <span className="cell-small">{kinds[finding.kind].help}</span>
                </>
              ),
              sides: sideText(finding, { text, language }),
              what: (
                <What finding={finding} mayAct={mayAct} onStep={(next) => setStep({ finding, step: next })} />
              ),
              at: <Moment at={finding.foundAt} exact />,
            },
          }))}
        />
      )}
      <More query={query} label={findings.more} />
      {step && <FindingDialog finding={step.finding} step={step.step} onClose={() => setStep(null)} />}
    </Stack>
  );
}

function Order({ finding }: { finding: FindingView }) {
  const { findings } = useText().reconciliation;
  const { shopId, transactionId, attempt } = finding;
  return (
    <>
      <Anchor
        component={Link}
        size="sm"
        to={`/transactions/${encodeURIComponent(shopId)}/${encodeURIComponent(transactionId)}`}
      >
        {finding.orderNumber}
      </Anchor>
      <span className="cell-small">
        {finding.shopName}
        {attempt !== null && attempt > 1 && ` ・ ${findings.attempt(attempt)}`}
      </span>
    </>
  );
}

/** How it was repaired, or what a person can press. */
function What(props: { finding: FindingView; mayAct: boolean; onStep: (step: Step) => void }) {
  const { finding, mayAct, onStep } = props;
  const { text } = useSpeech();
  const { findings, actions } = text.reconciliation;
  if (finding.state === 'repaired') {
    return (
      <>
        <Tag tone="good">{findings.repaired}</Tag>
        <span className="cell-small">{wordOr(text.events, finding.event ?? '')}</span>
      </>
    );
  }
  if (finding.state === 'resolved') {
    const { resolution, resolvedBy } = finding;
    const isOurs = resolution === 'done' || resolution === 'dismissed';
    return (
      <Tag tone="ended">{isOurs ? findings.resolvedBy[resolution](resolvedBy ?? '') : findings.gone}</Tag>
    );
  }
  if (!mayAct) return findings.lookYourself;
  return (
    <Group gap={6}>
      {finding.action ? (
        <Button size="compact-xs" onClick={() => onStep('repair')}>
          {actions[finding.action].label}
        </Button>
      ) : (
        <span>{findings.lookYourself}</span>
      )}
      <Button size="compact-xs" variant="default" onClick={() => onStep('dismiss')}>
        {findings.dismiss}
      </Button>
    </Group>
  );
}

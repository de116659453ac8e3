import { Button, Group, Stack, Text } from '@mantine/core';
import type { MoveView } from '@np-hub/model';
import { useId, useState } from 'react';
import { Link } from 'react-router';
import { useMoveAct, type MoveAct } from '../../api/moves.js';
import { Confirm } from '../../components/confirm.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { Pair, Section } from '../../components/section.js';
import { formatDay } from '../../format.js';
import { useSpeech } from '../../text/speech.js';
import { stepsBeforeSwitch } from './before-switch.js';
import { EnclosedOpen } from './enclosed-open.js';
import { MoveForm } from './move-form.js';
import { Step } from './step.js';

const phases = ['prepare', 'switch', 'left-over', 'after'] as const;
type Asked = 'switch' | 'abandon';

/** A move under way: what is open now, its steps by phase, and what can be done with it. */
export function Move({ move }: { move: MoveView }) {
  const { text, language } = useSpeech();
  const words = text.moves;
  const act = useMoveAct(move);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [changing, setChanging] = useState(false);
  const run = (what: MoveAct['act']) => act.mutate({ act: what }, { onSuccess: () => setAsked(null) });
  const planned = move.state === 'planned';
  const waits = stepsBeforeSwitch(move.steps);
  const waitsId = useId();
  return (
    <>
      <Section title={words.kinds[move.settings.kind]}>
        <Stack gap="sm">
          <Text size="sm">
            {words.form.switchOn} <strong>{formatDay(move.settings.switchOn, language)}</strong>{' '}
            {words.states[move.state]}
          </Text>
          <Counts move={move} />
          {planned && <EnclosedOpen settings={move.settings} shopId={move.shopId} />}
          {act.isError && asked === null && <ErrorNotice error={act.error} title={words.failed} />}
          <Group>
            <Button variant="default" loading={act.isPending} onClick={() => run('check')}>
              {words.check}
            </Button>
            {planned && (
              <Button variant="default" onClick={() => setChanging(!changing)} aria-expanded={changing}>
                {words.form.change}
              </Button>
            )}
            {planned && (
              <Button
                disabled={waits.length > 0}
                aria-describedby={waits.length > 0 ? waitsId : undefined}
                onClick={() => setAsked('switch')}
              >
                {words.switch}
              </Button>
            )}
            {planned && (
              <Button variant="default" color="red" onClick={() => setAsked('abandon')}>
                {words.abandon}
              </Button>
            )}
            {move.state === 'switched' && (
              <Button loading={act.isPending} onClick={() => run('finish')}>
                {words.finish}
              </Button>
            )}
          </Group>
          {planned && waits.length > 0 && (
            <Text size="sm" id={waitsId}>
              {words.switchWaits(waits.map(({ title }) => title[language]).join(text.common.listComma))}
            </Text>
          )}
        </Stack>
      </Section>
      {changing && planned && (
        <MoveForm shopId={move.shopId} move={move} onSaved={() => setChanging(false)} />
      )}
      {phases.map((phase) => (
        <Phase key={phase} move={move} phase={phase} />
      ))}
      {move.orphans.length > 0 && <Orphans move={move} />}
      {asked !== null && (
        <Confirm
          title={words[asked]}
          text={asked === 'switch' ? words.switchText : words.abandonText}
          confirm={words[asked]}
          running={act.isPending}
          error={act.error}
          onConfirm={() => run(asked)}
          onClose={() => {
            act.reset();
            setAsked(null);
          }}
        />
      )}
    </>
  );
}

function Phase({ move, phase }: { move: MoveView; phase: (typeof phases)[number] }) {
  const words = useSpeech().text.moves;
  const steps = move.steps.filter((step) => step.phase === phase);
  if (steps.length === 0) return null;
  return (
    <Section title={words.phases[phase]}>
      <Stack component="ol" gap="md" className="move-steps">
        {steps.map((step) => (
          <Step key={step.id} move={move} step={step} />
        ))}
      </Stack>
    </Section>
  );
}

function Counts({ move }: { move: MoveView }) {
  const words = useSpeech().text.moves;
  const { note, title: _, ...labels } = words.counts;
  return (
    <>
      <dl className="pairs">
        {Object.entries(move.counts).map(([name, count]) => (
          <Pair key={name} label={labels[name as keyof typeof labels]}>
            {count.toLocaleString('ja-JP')}
          </Pair>
        ))}
      </dl>
      <Text size="xs" c="dimmed">
        {note}
      </Text>
    </>
  );
}

function Orphans({ move }: { move: MoveView }) {
  const words = useSpeech().text.moves.orphans;
  return (
    <Section title={words.title}>
      {move.orphans.map(({ shopId, transactionId, orderNumber, reason }) => (
        <Text key={transactionId} size="sm">
          <Link to={`/transactions/${encodeURIComponent(shopId)}/${encodeURIComponent(transactionId)}`}>
            {orderNumber}
          </Link>{' '}
          {words.reasons[reason]}
        </Text>
      ))}
    </Section>
  );
}

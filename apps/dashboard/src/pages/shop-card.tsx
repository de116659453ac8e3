import { Button, Group, Paper, Text, Title } from '@mantine/core';
import type { ShopView } from '@np-hub/model';
import { useState } from 'react';
import { Link } from 'react-router';
import { useShopStep, type ShopStep } from '../api/writes.js';
import { Copy } from '../components/copy.js';
import { Moment, useNow } from '../components/moment.js';
import { Pair } from '../components/section.js';
import { Tag } from '../components/tag.js';
import type { Tone } from '../components/tones.js';
import { useSpeech } from '../text/speech.js';
import { wordOr } from '../words.js';
import { writeBackOf } from '../write-back.js';
import { GoLiveDialog, PauseDialog, RetireDialog, RunsDialog } from './shop-dialogs.js';
import { useNotices } from '../components/notices.js';

const modeTones: Readonly<Record<ShopView['mode'], Tone>> = {
  draft: 'progress',
  live: 'good',
  paused: 'attention',
};

/** What can be pressed in each mode. */
const stepsOf: Readonly<Record<ShopView['mode'], readonly ShopStep[]>> = {
  draft: ['go-live'],
  live: ['run-now', 'pause', 'retire'],
  paused: ['resume'],
};

/** One that is out of service can be taken back; where nothing is pulled, nothing can be pulled now. */
function stepsFor({ mode, retiredAt, capabilities }: ShopView): readonly ShopStep[] {
  const steps = stepsOf[mode].filter((name) => name !== 'run-now' || capabilities.pull);
  if (mode !== 'live' || retiredAt === null) return steps;
  return [...steps.filter((name) => name !== 'retire'), 'resume'];
}

/** One shop: whether it runs, how the last run went, and the buttons of its mode. */
export function ShopCard({ shop }: { shop: ShopView }) {
  const { text } = useSpeech();
  const { moves, shopsPage } = text;
  const notices = useNotices();
  const step = useShopStep(shop.id);
  const [dialog, setDialog] = useState<'go-live' | 'pause' | 'retire' | 'runs' | null>(null);

  const press = (name: ShopStep) => {
    if (name === 'go-live' || name === 'pause' || name === 'retire') return setDialog(name);
    step.mutate(
      { step: name, body: {} },
      {
        onSuccess: (answer) => {
          if (answer) notices.done(shopsPage.stepDone[name]);
        },
        onError: (error) => notices.failed(error),
      },
    );
  };

  return (
    <Paper component="article" withBorder p="md">
      <div className="section-head">
        <Title order={3} size="h5">
          {shop.name}
        </Title>
        <Tag tone={modeTones[shop.mode]}>{shopsPage.modes[shop.mode]}</Tag>
      </div>
      <Health shop={shop} />
      <Group gap="xs" mt="sm">
        {stepsFor(shop).map((name, index) => (
          <Button
            key={name}
            size="compact-sm"
            variant={index === 0 && name !== 'pause' ? 'filled' : 'default'}
            loading={step.isPending && step.variables.step === name}
            onClick={() => press(name)}
          >
            {shopsPage.steps[name]}
          </Button>
        ))}
        {shop.capabilities.pull && (
          <Button size="compact-sm" variant="default" onClick={() => setDialog('runs')}>
            {shopsPage.runs}
          </Button>
        )}
        {shop.capabilities.files && (
          <Button
            size="compact-sm"
            variant="default"
            component={Link}
            to={`/imports?shop=${encodeURIComponent(shop.id)}`}
          >
            {shopsPage.openImports}
          </Button>
        )}
        <Button
          size="compact-sm"
          variant="default"
          component={Link}
          to={`/shops/${encodeURIComponent(shop.id)}`}
        >
          {shopsPage.edit}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          component={Link}
          to={`/moves?shop=${encodeURIComponent(shop.id)}`}
        >
          {moves.nav}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          component={Link}
          to={`/onboarding?copy=${encodeURIComponent(shop.id)}`}
        >
          {text.operators.onboarding.copy}
        </Button>
      </Group>
      {dialog === 'go-live' && <GoLiveDialog shop={shop} onClose={() => setDialog(null)} />}
      {dialog === 'pause' && <PauseDialog shop={shop} onClose={() => setDialog(null)} />}
      {dialog === 'retire' && <RetireDialog shop={shop} onClose={() => setDialog(null)} />}
      {dialog === 'runs' && <RunsDialog shop={shop} onClose={() => setDialog(null)} />}
    </Paper>
  );
}

/** What a connection last complained of: the kind in our words, and what came with it. */
export function Trouble({ trouble }: { trouble: string | null }) {
  const { shopsPage, common } = useSpeech().text;
  if (trouble === null) return null;
  const [kind = '', ...rest] = trouble.split(': ');
  return (
    <Text size="sm" className="run-error">
      {shopsPage.trouble}
      {common.colon}
      {wordOr(shopsPage.outcomes, kind)}
      {rest.length > 0 && common.aside(rest.join(': '))}
    </Text>
  );
}

function Health({ shop }: { shop: ShopView }) {
  const { text, language } = useSpeech();
  const { shopsPage } = text;
  return (
    <dl className="pairs">
      <Pair label={shopsPage.cart}>{shop.adapterLabel[language]}</Pair>
      <Pair label={shopsPage.connection}>
        {shop.connectionName}
        <Trouble trouble={shop.connectionTrouble} />
      </Pair>
      {shop.capabilities.pull && <Runs shop={shop} />}
      {shop.takeoverAt && (
        <Pair label={shopsPage.takeoverAt}>
          <Moment at={shop.takeoverAt} exact ahead />
        </Pair>
      )}
      {shop.retiredAt && (
        <Pair label={text.operators.retire.since}>
          <Moment at={shop.retiredAt} exact />
        </Pair>
      )}
      <Pair label={shopsPage.writeBack}>{shopsPage.writeBacks[writeBackOf(shop)]}</Pair>
      {shop.webhookUrl && (
        <Pair label={shopsPage.webhook}>
          <span className="mono breakable">{shop.webhookUrl}</span>{' '}
          <Copy value={shop.webhookUrl} of={shopsPage.webhook} />
        </Pair>
      )}
    </dl>
  );
}

/** How the last reading of the cart went, and when the next one is planned. */
function Runs({ shop }: { shop: ShopView }) {
  const { shopsPage } = useSpeech().text;
  const { lastRun } = shop;
  return (
    <>
      <Pair label={shopsPage.lastRun}>
        {lastRun ? (
          <>
            <Moment at={lastRun.at} /> <strong>{wordOr(shopsPage.outcomes, lastRun.outcome)}</strong>{' '}
            <span className="quiet">{shopsPage.runResult(lastRun.orders, lastRun.changed)}</span>
            {lastRun.error && (
              <Text size="sm" className="run-error">
                {lastRun.error}
              </Text>
            )}
          </>
        ) : (
          shopsPage.noRun
        )}
      </Pair>
      <Pair label={shopsPage.nextRun}>
        <NextRun at={shop.nextRunAt} />
      </Pair>
    </>
  );
}

/** A run that is due has not happened: it is about to begin. */
function NextRun({ at }: { at: string | null }) {
  const { shopsPage } = useSpeech().text;
  const nowMs = useNow();
  if (at === null) return <>{shopsPage.notPlanned}</>;
  return Date.parse(at) <= nowMs ? <>{shopsPage.dueNow}</> : <Moment at={at} ahead />;
}

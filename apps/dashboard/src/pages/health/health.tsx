import { Anchor, Paper, Stack, Text, Title } from '@mantine/core';
import type { Condition, Health } from '@np-hub/model';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useHealth } from '../../api/reports.js';
import { Loaded } from '../../components/load.js';
import { Moment } from '../../components/moment.js';
import { PageHead } from '../../components/page-title.js';
import { Pair, Section } from '../../components/section.js';
import { Tag } from '../../components/tag.js';
import type { Tone } from '../../components/tones.js';
import { useSpeech, useText } from '../../text/speech.js';

type Fare = Health['shops'][number] | Health['connections'][number];

const tones: Readonly<Record<Condition, Tone>> = {
  good: 'good',
  late: 'attention',
  failing: 'attention',
  'catching-up': 'progress',
  credentials: 'bad',
  outage: 'bad',
  off: 'ended',
};

/** How every cart and every connection fares. */
export function HealthPage() {
  const { health } = useText().reports;
  const board = useHealth();
  return (
    <Stack gap="md">
      <PageHead title={health.title} lead={health.lead} />
      <Loaded query={board} rows={4}>
        {(data) => (
          <>
            <Cards title={health.connections} fares={data.connections} path="connections" />
            <Cards title={health.shops} fares={data.shops} path="shops" />
          </>
        )}
      </Loaded>
    </Stack>
  );
}

function Cards({ title, fares, path }: { title: string; fares: readonly Fare[]; path: string }) {
  const { health } = useText().reports;
  return (
    <Section title={title}>
      {fares.length === 0 && <Text size="sm">{health.none}</Text>}
      <div className="card-grid">
        {fares.map((fare) => (
          <Card key={fare.id} fare={fare}>
            <Anchor component={Link} to={`/${path}/${encodeURIComponent(fare.id)}`} size="sm">
              {health.toSettings}
            </Anchor>
          </Card>
        ))}
      </div>
    </Section>
  );
}

function Card({ fare, children }: { fare: Fare; children: ReactNode }) {
  const { text, language } = useSpeech();
  const { health } = text.reports;
  const label = 'cart' in fare ? fare.cart : fare.gateway;
  const percent = fare.tries === 0 ? null : ((fare.failures / fare.tries) * 100).toFixed(1);
  return (
    <Paper component="article" withBorder p="md">
      <div className="section-head">
        <Title order={3} size="h5">
          {fare.name}
        </Title>
        <Tag tone={tones[fare.condition]}>{health.conditions[fare.condition]}</Tag>
      </div>
      <Text size="sm" c="dimmed">
        {label[language]}
        {'retired' in fare && fare.retired && text.common.aside(health.retired)}
      </Text>
      <dl className="pairs">
        {fare.since && (
          <Pair label={health.since}>
            <Moment at={fare.since} />
          </Pair>
        )}
        {fare.nextTryAt && (
          <Pair label={health.nextTry}>
            <Moment at={fare.nextTryAt} ahead />
          </Pair>
        )}
        {fare.lastError && <Pair label={health.error}>{fare.lastError}</Pair>}
        <Pair label={health.lastSuccess}>
          {fare.lastSuccessAt ? <Moment at={fare.lastSuccessAt} /> : health.never}
        </Pair>
        {'lagSeconds' in fare && fare.lagSeconds !== null && (
          <Pair label={health.lag}>{health.seconds(fare.lagSeconds)}</Pair>
        )}
        <Pair label={health.day}>
          {health.tries(fare.tries, fare.failures)}
          {percent !== null && text.common.aside(health.rate(percent))}
        </Pair>
        <Pair label={health.waiting}>
          {health.waitingCount(fare.waiting, health.seconds(fare.waitingSeconds))}
        </Pair>
      </dl>
      {children}
    </Paper>
  );
}

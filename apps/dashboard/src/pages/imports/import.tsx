import { Alert, Anchor, Button, Group, Progress, Stack, Text } from '@mantine/core';
import { IconChevronLeft, IconInfoCircle } from '@tabler/icons-react';
import { isAtLeast, type ImportView, type SessionView } from '@np-hub/model';
import { Link, useOutletContext, useParams } from 'react-router';
import { useImport, useImportStep, useShopFiles } from '../../api/files.js';
import { ApiError } from '../../api/client.js';
import { LoadFailed, PageSkeleton } from '../../components/load.js';
import { Moment } from '../../components/moment.js';
import { PageTitle } from '../../components/page-title.js';
import { Pair, Section } from '../../components/section.js';
import { formatMoment } from '../../format.js';
import { usePersonName } from '../../components/person.js';
import { useSpeech, useText } from '../../text/speech.js';
import { NotFoundPage } from '../not-found.js';
import { ImportTag, sizeText } from './import-parts.js';
import { Older } from './older.js';
import { Preview } from './preview.js';
import { Result } from './result.js';

/** One file: what it is, how it is read, how far it has come, and what became of its rows. */
export function ImportPage() {
  const { shopId = '', importId = '' } = useParams();
  const { files } = useText();
  const query = useImport(shopId, importId);
  if (query.error instanceof ApiError && query.error.status === 404) return <NotFoundPage />;
  return (
    <Stack gap="md">
      <Anchor
        component={Link}
        to={`/imports?shop=${encodeURIComponent(shopId)}`}
        size="sm"
        className="back-link"
      >
        <IconChevronLeft size={16} aria-hidden /> {files.back}
      </Anchor>
      {query.data ? (
        <Loaded view={query.data} />
      ) : query.isPending ? (
        <PageSkeleton />
      ) : (
        <LoadFailed error={query.error} onAgain={() => void query.refetch()} />
      )}
    </Stack>
  );
}

function Loaded({ view }: { view: ImportView }) {
  const { text, language } = useSpeech();
  const { files } = text;
  const { user } = useOutletContext<SessionView>();
  const viewer = user.role === 'viewer';
  const startable = view.state === 'uploaded' || view.state === 'failed';
  // No table at all: there is nothing to be chosen about how it is read.
  const isForeign = view.error !== null && view.preview === null;
  return (
    <>
      <Group gap="sm" align="center">
        <PageTitle>{files.importTitle(view.name)}</PageTitle>
        <span data-testid="import-state" role="status">
          <ImportTag view={view} />
        </span>
      </Group>
      <Facts view={view} />
      {view.error && (
        <Alert
          color="red"
          variant="outline"
          title={view.state === 'failed' ? files.states.failed : files.notStarted}
          role="alert"
        >
          {view.error[language]}
        </Alert>
      )}
      {view.state === 'uploaded' && <SameAs view={view} />}
      {startable && !viewer && !isForeign && (
        <Preview
          key={view.id}
          view={view}
          preview={view.preview}
          operator={isAtLeast(user.role, 'operator')}
        />
      )}
      {(view.state === 'running' || view.state === 'waiting') && <Running view={view} />}
      {view.counts.older > 0 && <Older view={view} viewer={viewer} />}
      {view.startedAt !== null && <Result view={view} />}
      {startable && !viewer && <Discard view={view} />}
    </>
  );
}

function Facts({ view }: { view: ImportView }) {
  const { text, language } = useSpeech();
  const nameOf = usePersonName();
  const { facts, encodings } = text.files;
  const layout = useShopFiles(view.shopId).data?.layouts.find(({ id }) => id === view.layout);
  return (
    <dl className="pairs pairs-row">
      {layout && <Pair label={facts.layout}>{layout.label[language]}</Pair>}
      {view.preview && <Pair label={facts.encoding}>{encodings[view.preview.encoding]}</Pair>}
      <Pair label={facts.size}>{sizeText(view.bytes)}</Pair>
      <Pair label={facts.madeAt}>
        {view.madeAt === null ? (
          <span className="quiet">{facts.madeAtUnknown}</span>
        ) : (
          <Moment at={view.madeAt} exact />
        )}
      </Pair>
      <Pair label={facts.uploaded}>
        <Moment at={view.uploadedAt} exact />
      </Pair>
      <Pair label={facts.by}>{nameOf(view.by)}</Pair>
    </dl>
  );
}

function SameAs({ view: { sameAs, shopId } }: { view: ImportView }) {
  const { text, language } = useSpeech();
  if (sameAs === null) return null;
  return (
    <Alert color="gray" variant="outline" py="xs" icon={<IconInfoCircle aria-hidden />}>
      <Text size="sm">{text.files.same(formatMoment(sameAs.uploadedAt, language))}</Text>
      <Anchor
        component={Link}
        size="sm"
        to={`/imports/${encodeURIComponent(shopId)}/${encodeURIComponent(sameAs.id)}`}
      >
        {text.files.sameOpen}
      </Anchor>
    </Alert>
  );
}

function Running({ view: { progress, state } }: { view: ImportView }) {
  const { text, language } = useSpeech();
  const words = text.files.progress;
  const figure = (count: number) => count.toLocaleString(language === 'ja' ? 'ja-JP' : 'en-GB');
  const { rows, rowsTotal } = progress;
  return (
    <Section title={words.title}>
      {state === 'waiting' ? (
        <Text size="sm">{words.waiting}</Text>
      ) : (
        <Stack gap={6}>
          <Progress
            value={rowsTotal ? (100 * rows) / rowsTotal : 100}
            animated
            size="lg"
            aria-label={words.title}
          />
          <Text size="sm">{words.rows(figure(rows), rowsTotal === null ? null : figure(rowsTotal))}</Text>
          <Text size="sm" c="dimmed">
            {words.leave}
          </Text>
        </Stack>
      )}
    </Section>
  );
}

function Discard({ view }: { view: ImportView }) {
  const { preview } = useText().files;
  const step = useImportStep(view.shopId);
  return (
    <Group>
      <Button
        variant="default"
        size="compact-sm"
        loading={step.isPending}
        onClick={() => step.mutate({ importId: view.id, step: 'discard', body: {} })}
      >
        {preview.discard}
      </Button>
    </Group>
  );
}

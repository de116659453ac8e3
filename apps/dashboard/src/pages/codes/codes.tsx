import { Alert, Group, NativeSelect, Stack, Text, TextInput, Title } from '@mantine/core';
import { actorSchema, type Actor, type CodeCardView } from '@np-hub/model';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useCodes, useSession } from '../../api/queries.js';
import { CodeCard } from '../../components/code-card.js';
import { LoadFailed, PageSkeleton } from '../../components/load.js';
import { PageHead } from '../../components/page-title.js';
import { useSpeech } from '../../text/speech.js';
import { codeKinds, kindOf } from './kinds.js';
import { StaffBar } from './staff-bar.js';
import { UnknownCodes } from './unknown-codes.js';
import type { Language } from '../../text/language.js';

/** The dictionary of codes, searchable by code and by any word on a card. */
export function CodesPage() {
  const { text, language } = useSpeech();
  const { codes: words } = text.shopsPage;
  const codes = useCodes();
  const canWrite = (useSession().data?.user.role ?? 'viewer') !== 'viewer';
  const [search, setSearch] = useState('');
  const [actor, setActor] = useState<Actor | null>(null);
  if (codes.isPending) return <PageSkeleton />;
  if (codes.isLoadingError) return <LoadFailed error={codes.error} onAgain={() => void codes.refetch()} />;
  const found = codes.data.filter(
    (card) => (actor === null || card.actor === actor) && matches(card, search, language),
  );
  const isNarrowed = actor !== null || search.trim() !== '';
  return (
    <Stack gap="md">
      <PageHead title={words.title} lead={words.lead} />
      <UnknownCodes canWrite={canWrite} />
      <Group align="flex-end">
        <TextInput
          type="search"
          label={words.search}
          className="list-search"
          leftSection={<IconSearch size={17} aria-hidden />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <NativeSelect
          label={words.actor}
          value={actor ?? ''}
          data={[
            { value: '', label: text.list.all },
            ...actorSchema.options.map((one) => ({ value: one, label: text.actors[one].label })),
          ]}
          onChange={(event) => {
            const { value } = event.currentTarget;
            setActor(actorSchema.options.find((one) => one === value) ?? null);
          }}
        />
      </Group>
      <Text size="sm" role="status">
        {words.count(found.length)}
      </Text>
      {found.length === 0 && <Alert variant="outline" color="gray" title={words.empty} />}
      {codeKinds.map((kind) => {
        const cards = found.filter((card) => kindOf(card) === kind);
        const isOpen = isNarrowed || kind === 'staff';
        return (
          cards.length > 0 && (
            <KindSection
              key={`${kind} ${isNarrowed}`}
              title={words.kinds[kind] + text.common.aside(words.count(cards.length))}
              {...{ cards, isOpen, canWrite }}
            />
          )
        );
      })}
    </Stack>
  );
}

interface KindProps {
  readonly title: string;
  readonly cards: readonly CodeCardView[];
  /** At first: what is looked for is shown at once. */
  readonly isOpen: boolean;
  readonly canWrite: boolean;
}

/** The codes of one kind, drawn once somebody opens it: all together they are hundreds. */
function KindSection({ title, cards, isOpen, canWrite }: KindProps) {
  const [open, setOpen] = useState(isOpen);
  return (
    <details className="layout-details" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <Title order={2} size="h5" className="code-kind">
          {title}
        </Title>
      </summary>
      {open && (
        <div className="card-grid code-grid">
          {cards.map((card) => (
            <div key={card.code}>
              <CodeCard code={card.code} card={card} headingOrder={3} />
              <StaffBar card={card} canWrite={canWrite} />
            </div>
          ))}
        </div>
      )}
    </details>
  );
}

const plain = (words: string): string => words.normalize('NFKC').toLowerCase();

function matches(card: CodeCardView, search: string, language: Language): boolean {
  const all = [card.code, card.title, card.explanation, card.fix].map((part) =>
    plain(typeof part === 'string' ? part : part[language]),
  );
  const terms = plain(search).split(/\s+/u).filter(Boolean);
  return terms.every((term) => all.some((part) => part.includes(term)));
}

import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import type { BuyerMatch } from '@np-hub/model';
import { useState, type FormEvent } from 'react';
import { useEraseBuyer, useExportBuyer, useFindBuyer } from '../../api/privacy.js';
import { Confirm } from '../../components/confirm.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { Moment } from '../../components/moment.js';
import { useNotices } from '../../components/notices.js';
import { OperatorOnly } from '../../components/operator-only.js';
import { PageHead } from '../../components/page-title.js';
import { Section } from '../../components/section.js';
import { StackTable } from '../../components/stack-table.js';
import { StateTag } from '../../components/tag.js';
import { useSpeech, useText } from '../../text/speech.js';
import { RetentionSection } from './retention.js';

/** What buyers may ask for, and how long data is kept. */
export function PrivacyPage() {
  const { privacy } = useText();
  return (
    <Stack gap="md">
      <PageHead title={privacy.title} lead={privacy.lead} />
      <OperatorOnly>
        <BuyerSection />
        <RetentionSection />
      </OperatorOnly>
    </Stack>
  );
}

function BuyerSection() {
  const { text } = useSpeech();
  const { privacy: words } = text;
  const find = useFindBuyer();
  const [q, setQ] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (q.trim() && !find.isPending) find.mutate(q.trim());
  };
  return (
    <Section title={words.search}>
      <Stack gap="sm">
        <form onSubmit={submit} noValidate autoComplete="off">
          <Group align="flex-end" gap="sm">
            <TextInput
              label={words.search}
              description={words.searchHelp}
              value={q}
              onChange={(event) => setQ(event.currentTarget.value)}
              style={{ flex: '1 1 280px' }}
            />
            <Button type="submit" loading={find.isPending}>
              {words.find}
            </Button>
          </Group>
        </form>
        {find.isError && <ErrorNotice error={find.error} title={text.detail.actions.failed} />}
        {find.data?.matches.length === 0 && <Text size="sm">{words.none}</Text>}
        {find.data?.more && <Text size="sm">{words.more}</Text>}
        {find.data && find.data.matches.length > 0 && (
          <Matches matches={find.data.matches} onErased={() => find.mutate(q.trim())} />
        )}
      </Stack>
    </Section>
  );
}

function Matches({ matches, onErased }: { matches: readonly BuyerMatch[]; onErased: () => void }) {
  const { text } = useSpeech();
  const { privacy: words } = text;
  const notices = useNotices();
  const exporting = useExportBuyer();
  const [erasing, setErasing] = useState(false);
  const erasable = matches.filter((match) => match.erasable);
  return (
    <>
      <StackTable
        label={words.search}
        columns={[
          { key: 'order', head: words.order },
          { key: 'buyer', head: words.buyer },
          { key: 'shop', head: words.shop },
          { key: 'state', head: words.state },
          { key: 'ordered', head: words.ordered },
        ]}
        rows={matches.map((match) => ({
          key: `${match.shopId} ${match.id}`,
          cells: {
            order: <span className="mono">{match.orderNumber}</span>,
            buyer: match.buyerName,
            shop: match.shopName,
            state: <StateTag state={match.state} />,
            ordered: <Moment at={match.orderedAt} exact />,
          },
        }))}
      />
      {erasable.length < matches.length && (
        <Text size="sm">{words.unfinished(matches.length - erasable.length)}</Text>
      )}
      <Group gap="sm">
        <Button
          variant="light"
          loading={exporting.isPending}
          onClick={() =>
            exporting.mutate(matches, {
              onSuccess: (data) => {
                download(data);
                notices.done(words.exported);
              },
              onError: (error) => notices.failed(error),
            })
          }
        >
          {words.export}
        </Button>
        {erasable.length > 0 && (
          <Button variant="outline" color="red" onClick={() => setErasing(true)}>
            {words.erase(erasable.length)}
          </Button>
        )}
      </Group>
      {erasing && (
        <EraseDialog
          matches={erasable}
          onClose={() => setErasing(false)}
          onErased={() => {
            setErasing(false);
            onErased();
          }}
        />
      )}
    </>
  );
}

function EraseDialog({
  matches,
  onErased,
  onClose,
}: {
  matches: readonly BuyerMatch[];
  onErased: () => void;
  onClose: () => void;
}) {
  const { privacy: words } = useText();
  const notices = useNotices();
  const erase = useEraseBuyer();
  return (
    <Confirm
      title={words.eraseTitle(matches.length)}
      text={words.eraseText}
      confirm={words.eraseConfirm}
      running={erase.isPending}
      error={erase.error}
      onClose={onClose}
      onConfirm={() =>
        erase.mutate(matches, {
          onSuccess: ({ erased }) => {
            notices.done(words.erased(erased));
            onErased();
          },
        })
      }
    />
  );
}

function download(data: readonly object[]): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(data, null, 2)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'buyer.json';
  link.click();
  URL.revokeObjectURL(url);
}

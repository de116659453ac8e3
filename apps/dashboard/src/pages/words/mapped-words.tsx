import { Button, Stack, Text, VisuallyHidden } from '@mantine/core';
import type { ShopView, WordMapView } from '@np-hub/model';
import { useState } from 'react';
import { useMappedWords, useUnmapWord } from '../../api/words.js';
import { Confirm } from '../../components/confirm.js';
import { Loaded } from '../../components/load.js';
import { Moment } from '../../components/moment.js';
import { useNotices } from '../../components/notices.js';
import { Section } from '../../components/section.js';
import { StackTable } from '../../components/stack-table.js';
import { usePersonName } from '../../components/person.js';
import { useSpeech } from '../../text/speech.js';

interface Props {
  readonly shop: ShopView;
  readonly operator: boolean;
  /** It is the only shop shown: it then says so where it has no words. */
  readonly alone: boolean;
}

/** The words of one shop that people have explained, each with the way back. */
export function MappedWords({ shop, operator, alone }: Props) {
  const { text, language } = useSpeech();
  const nameOf = usePersonName();
  const { wordsPage, common } = text;
  const words = useMappedWords(shop.id);
  const [undoing, setUndoing] = useState<WordMapView | null>(null);
  if (!alone && !words.isError && (words.data?.length ?? 0) === 0) return null;
  return (
    <Section title={wordsPage.mapped + common.colon + shop.name}>
      <Loaded query={words} rows={2}>
        {(data) =>
          data.length === 0 ? (
            <Text size="sm">{wordsPage.mappedEmpty}</Text>
          ) : (
            <Stack gap="sm">
              <Text size="sm" c="dimmed">
                {wordsPage.mappedLead}
              </Text>
              <StackTable
                label={wordsPage.mapped}
                columns={[
                  { key: 'word', head: wordsPage.word },
                  { key: 'axis', head: wordsPage.axis },
                  { key: 'meaning', head: wordsPage.meaning },
                  { key: 'by', head: wordsPage.by },
                  { key: 'at', head: wordsPage.at },
                  { key: 'undo', head: wordsPage.undo },
                ]}
                rows={data.map((word) => ({
                  key: `${word.axis} ${word.raw}`,
                  cells: {
                    word: <strong>{word.raw}</strong>,
                    axis: wordsPage.axes[word.axis],
                    meaning: word.label[language],
                    by: nameOf(word.by),
                    at: <Moment at={word.at} exact />,
                    undo: operator ? (
                      <Button size="compact-xs" variant="default" onClick={() => setUndoing(word)}>
                        {wordsPage.undo}
                        <VisuallyHidden> {word.raw}</VisuallyHidden>
                      </Button>
                    ) : (
                      '–'
                    ),
                  },
                }))}
              />
            </Stack>
          )
        }
      </Loaded>
      {undoing && <UndoDialog shopId={shop.id} word={undoing} onClose={() => setUndoing(null)} />}
    </Section>
  );
}

function UndoDialog({ shopId, word, onClose }: { shopId: string; word: WordMapView; onClose: () => void }) {
  const { wordsPage } = useSpeech().text;
  const notices = useNotices();
  const undo = useUnmapWord(shopId);
  return (
    <Confirm
      title={wordsPage.undoTitle(word.raw)}
      text={wordsPage.undoText}
      confirm={wordsPage.undo}
      running={undo.isPending}
      error={undo.error}
      onClose={onClose}
      onConfirm={() =>
        undo.mutate(
          { axis: word.axis, raw: word.raw },
          {
            onSuccess: (answer) => {
              if (answer === null) return;
              notices.done(wordsPage.undone);
              onClose();
            },
          },
        )
      }
    />
  );
}

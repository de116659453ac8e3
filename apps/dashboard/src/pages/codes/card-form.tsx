import { Button, Fieldset, Group, NativeSelect, Stack, Text, Textarea } from '@mantine/core';
import { actorSchema, type CodeCardView } from '@np-hub/model';
import { useState, type FormEvent } from 'react';
import { useSaveCard, type CardInput } from '../../api/operators.js';
import { Dialog } from '../../components/dialog.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { useNotices } from '../../components/notices.js';
import { useText } from '../../text/speech.js';

const parts = ['title', 'explanation', 'fix', 'buyerText'] as const;
type Part = (typeof parts)[number];
type Entered = Readonly<Record<Part, { readonly ja: string; readonly en: string }>>;

const opened = (card: CardInput | undefined): Entered =>
  Object.fromEntries(
    parts.map((part) => [part, { ja: card?.[part]?.ja ?? '', en: card?.[part]?.en ?? '' }]),
  ) as Entered;

/** What was typed, without what was left empty. */
const textOf = ({ ja, en }: { ja: string; en: string }) => ({
  ...(ja.trim() ? { ja: ja.trim() } : {}),
  ...(en.trim() ? { en: en.trim() } : {}),
});

interface Props {
  readonly code: string;
  readonly saved: CodeCardView['staff'] | null;
  readonly onClose: () => void;
}

/** The card that staff write for a code, in one language or both. */
export function CardForm({ code, saved, onClose }: Props) {
  const text = useText();
  const { codes } = text.operators;
  const notices = useNotices();
  const save = useSaveCard(code);
  const [entered, setEntered] = useState(() => opened(saved?.card));
  const [actor, setActor] = useState(saved?.card.actor ?? 'shop');
  const [tried, setTried] = useState(false);
  const isMissing = (part: Part): boolean =>
    part !== 'buyerText' && Object.keys(textOf(entered[part])).length === 0;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (parts.some(isMissing)) return;
    const buyerText = textOf(entered.buyerText);
    save.mutate(
      {
        title: textOf(entered.title),
        explanation: textOf(entered.explanation),
        fix: textOf(entered.fix),
        buyerText: Object.keys(buyerText).length === 0 ? null : buyerText,
        actor,
      },
      {
        onSuccess: () => {
          notices.done(codes.saved);
          onClose();
        },
      },
    );
  };

  return (
    <Dialog title={codes.formTitle(code)} onClose={onClose} size="lg">
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <Text size="sm">{codes.formLead}</Text>
          {parts.map((part) => (
            <Fieldset key={part} legend={codes.fields[part]}>
              <Stack gap="xs">
                {(['ja', 'en'] as const).map((language) => (
                  <Textarea
                    key={language}
                    label={language === 'ja' ? codes.japanese : codes.english}
                    autosize
                    minRows={part === 'title' ? 1 : 2}
                    value={entered[part][language]}
                    onChange={(event) =>
                      setEntered({
                        ...entered,
                        [part]: { ...entered[part], [language]: event.currentTarget.value },
                      })
                    }
                    error={tried && isMissing(part) && language === 'ja' ? codes.missing : null}
                  />
                ))}
              </Stack>
            </Fieldset>
          ))}
          <NativeSelect
            label={codes.actor}
            value={actor}
            data={actorSchema.options.map((one) => ({ value: one, label: text.actors[one].label }))}
            onChange={(event) =>
              setActor(actorSchema.options.find((one) => one === event.currentTarget.value) ?? actor)
            }
          />
          {save.isError && <ErrorNotice error={save.error} title={text.detail.actions.failed} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {text.common.cancel}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {text.common.save}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

import { Alert, Text } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import type { TroubleView } from '@np-hub/model';
import { useTroubles } from '../api/doubts.js';
import { formatMoment } from '../format.js';
import { useSpeech } from '../text/speech.js';
import { wordOr } from '../words.js';

/** What does not answer at present: since when, when it is tried again, and how much waits for it. */
export function Troubles() {
  const { text } = useSpeech();
  const troubles = useTroubles().data ?? [];
  if (troubles.length === 0) return null;
  return (
    <div role="status" aria-label={text.doubts.troubles.label}>
      {troubles.map((trouble) => (
        <Trouble key={`${trouble.kind} ${trouble.id}`} trouble={trouble} />
      ))}
    </div>
  );
}

function Trouble({ trouble }: { trouble: TroubleView }) {
  const { text, language } = useSpeech();
  const words = text.doubts.troubles;
  const at = (moment: string) => formatMoment(moment, language);
  const next = trouble.nextTryAt === null ? words.trying : words.next(at(trouble.nextTryAt));
  return (
    <Alert
      color="red"
      variant="outline"
      mb="md"
      py="xs"
      icon={<IconPlugConnectedX aria-hidden />}
      data-testid="trouble"
    >
      <Text size="sm" component="p" m={0}>
        <strong>
          {words[trouble.kind](trouble.name)}
          {wordOr({ ...words.failures, '': words.other }, trouble.failure)}
        </strong>{' '}
        {words.since(at(trouble.since))} {next}
        {trouble.waiting > 0 && ` ${words.waiting(trouble.waiting)}`}
      </Text>
    </Alert>
  );
}

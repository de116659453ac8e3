import { Stack, Text } from '@mantine/core';
import type { TransactionView } from '@np-hub/model';
import { useCodes } from '../../api/queries.js';
import { CodeCard } from '../../components/code-card.js';
import { Section } from '../../components/section.js';
import { formatMoment } from '../../format.js';
import { useSpeech } from '../../text/speech.js';
import { wordOr } from '../../words.js';

/** Every code that NP gave, explained by its card, each once. */
export function Reasons({ view }: { view: TransactionView }) {
  const { text, language } = useSpeech();
  const codes = useCodes();
  const { reasons } = text.detail;
  const all = [...(view.refusal?.reasons ?? []), ...view.reasons].map((reason) => reason.code);
  const unique = [...new Set(all)];
  if (unique.length === 0) return null;
  return (
    <Section title={reasons.title}>
      {view.refusal && view.refusal.reasons.length > 0 && (
        <Text size="sm" mb="sm">
          {reasons.refused(
            wordOr(text.operations, view.refusal.operation),
            formatMoment(view.refusal.at, language),
          )}
        </Text>
      )}
      <Stack gap="sm">
        {unique.map((code) => (
          <CodeCard
            key={code}
            code={code}
            card={codes.data?.find((card) => card.code === code)}
            headingOrder={3}
          />
        ))}
      </Stack>
    </Section>
  );
}

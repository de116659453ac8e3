import { Paper, Stack, Text, Title } from '@mantine/core';
import type { CodeCardView } from '@np-hub/model';
import { useSpeech } from '../text/speech.js';
import { fieldLabel } from '../words.js';
import { Copy } from './copy.js';
import { Pair } from './section.js';
import { ActorTag } from './tag.js';

interface Props {
  readonly code: string;
  readonly card: CodeCardView | undefined;
  readonly headingOrder: 2 | 3;
}

/** What one code of NP means, who has to act and how; a code nobody has explained is shown raw. */
export function CodeCard({ code, card, headingOrder }: Props) {
  const { text, language } = useSpeech();
  const { reasons } = text.detail;
  if (!card) {
    return (
      <Paper withBorder p="md" component="article" className="code-card code-unknown">
        <Title order={headingOrder} size="h5">
          <span className="code-raw">{code}</span> {reasons.unknown}
        </Title>
        <Text size="sm" mt={6}>
          {reasons.unknownHelp}
        </Text>
      </Paper>
    );
  }
  return (
    <Paper withBorder p="md" component="article" className="code-card">
      <div className="section-head">
        <Title order={headingOrder} size="h5">
          <span className="code-raw">{code}</span> {card.title[language]}
        </Title>
        <ActorTag actor={card.actor} />
      </div>
      <Text size="sm">{card.explanation[language]}</Text>
      <dl className="pairs">
        <Pair label={reasons.fix}>{card.fix[language]}</Pair>
        {card.example && <Pair label={reasons.example}>{card.example[language]}</Pair>}
        {card.fields.length > 0 && (
          <Pair label={reasons.fields}>
            {card.fields.map((field) => fieldLabel(field, language)).join(language === 'ja' ? '、' : ', ')}
          </Pair>
        )}
        <Pair label={reasons.weight}>{reasons.weights[card.weight]}</Pair>
      </dl>
      {card.buyerText && (
        <Stack gap={6} mt="sm" align="flex-start">
          <Text size="sm" fw={600}>
            {reasons.buyerText}
          </Text>
          <Text size="sm" className="buyer-text">
            {card.buyerText[language]}
          </Text>
          <Copy value={card.buyerText[language]} of={`${reasons.buyerText} ${code}`} />
        </Stack>
      )}
    </Paper>
  );
}

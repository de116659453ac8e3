import { Text, Title } from '@mantine/core';
import type { TransactionView } from '@np-hub/model';
import { useId } from 'react';
import { gateIcons } from '../../components/tag.js';
import { gateTones } from '../../components/tones.js';
import { useText } from '../../text/speech.js';
import { wordOr } from '../../words.js';

/** Whether the goods may leave, large and in words. */
export function Gate({ view }: { view: TransactionView }) {
  const text = useText();
  const id = useId();
  const Sign = gateIcons[view.gate];
  return (
    <section className={`gate tone-${gateTones[view.gate]}`} aria-labelledby={id} data-testid="gate">
      <Sign size={44} aria-hidden />
      <div>
        <Title order={2} size="h5" id={id} className="gate-head">
          {text.detail.gate}
        </Title>
        <p className="gate-title">{text.gates[view.gate].title}</p>
        <Text size="sm" component="p" m={0}>
          {wordOr(text.gateReasons, view.gateReason)}
        </Text>
      </div>
    </section>
  );
}

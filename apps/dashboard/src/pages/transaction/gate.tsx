import { Text, Title } from '@mantine/core';
import type { TransactionView } from '@np-hub/model';
import { IconCircleMinus } from '@tabler/icons-react';
import { useId } from 'react';
import { gateBeyond, gateIcons } from '../../components/tag.js';
import { gateTones } from '../../components/tones.js';
import { useText } from '../../text/speech.js';
import type { Texts } from '../../text/texts.js';
import { wordOr } from '../../words.js';

/** Whether the goods may leave, large and in words. */
export function Gate({ view }: { view: TransactionView }) {
  const text = useText();
  const id = useId();
  const beyond = gateBeyond(view);
  const Sign = beyond ? IconCircleMinus : gateIcons[view.gate];
  return (
    <section
      className={`gate tone-${beyond ? 'ended' : gateTones[view.gate]}`}
      aria-labelledby={id}
      data-testid="gate"
    >
      <Sign size={44} aria-hidden />
      <div>
        <Title order={2} size="h5" id={id} className="gate-head">
          {text.detail.gate}
        </Title>
        <p className="gate-title">{(beyond ? text.gatesBeyond[beyond] : text.gates[view.gate]).title}</p>
        <Text size="sm" component="p" m={0}>
          {reasonOf(view, text)}
        </Text>
      </div>
    </section>
  );
}

function reasonOf(view: TransactionView, text: Texts): string {
  if (gateBeyond(view) === 'shipped') return text.shippedReason;
  // Nothing has changed after a review that never was.
  const neverReviewed = view.attempts.every(({ creditResult }) => creditResult === null);
  const reason =
    view.gateReason === 'payload-changed' && neverReviewed ? 'not-approved-yet' : view.gateReason;
  return wordOr(text.gateReasons, reason);
}

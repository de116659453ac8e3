import { Alert, List, Text } from '@mantine/core';
import type { TransactionView } from '@np-hub/model';
import { IconInfoCircle } from '@tabler/icons-react';
import { Moment } from '../../components/moment.js';
import { useSpeech } from '../../text/speech.js';

/** What the cart is asked to do with the order: on its way, or to be done there by a person. */
export function Instruction({ view: { instruction, cart } }: { view: TransactionView }) {
  const { text, language } = useSpeech();
  const { instructions } = text.detail;
  if (instruction === null) return null;
  const words = instructions[instruction.name];
  return (
    <Alert
      color={instruction.byCart ? 'gray' : 'orange'}
      variant="outline"
      title={instruction.byCart ? words.asked(cart[language]) : words.byHand}
      className="attentions"
      data-testid="instruction"
    >
      {instruction.byCart ? words.askedHelp : words.byHandHelp}
      {instruction.askedAt !== null && (
        <Text size="sm">
          {text.detail.instructedAt}
          {text.common.colon}
          <Moment at={instruction.askedAt} exact />
        </Text>
      )}
    </Alert>
  );
}

/** What the cart leaves to people in this situation, as its own manual says. */
export function Reminders({ view: { reminders, cart } }: { view: TransactionView }) {
  const { text, language } = useSpeech();
  if (reminders.length === 0) return null;
  return (
    <Alert
      color="gray"
      variant="outline"
      icon={<IconInfoCircle aria-hidden />}
      title={text.detail.reminders(cart[language])}
      className="attentions"
    >
      {reminders.length === 1 ? (
        <Text size="sm">{reminders[0]?.[language]}</Text>
      ) : (
        <List size="sm">
          {reminders.map((reminder) => (
            <List.Item key={reminder.en}>{reminder[language]}</List.Item>
          ))}
        </List>
      )}
    </Alert>
  );
}

import { Button, Text } from '@mantine/core';
import type { TransactionView } from '@np-hub/model';
import { useState } from 'react';
import { Section } from '../../components/section.js';
import { useSpeech } from '../../text/speech.js';
import { CorrectForm } from './correct-form.js';
import { offendingFields } from './fields.js';

/** Where the button "correct" leads. */
export const correctFormId = 'correct-form';

/** The form opens by itself where something is known to be wrong, and on demand otherwise. */
export function CorrectSection({ view }: { view: TransactionView }) {
  const { text } = useSpeech();
  const { correct } = text.detail;
  const offending = offendingFields(view);
  const [opened, setOpened] = useState(false);
  if (!view.actions.includes('correct')) return null;
  const open = opened || offending.length > 0;
  return (
    <div id={correctFormId} className="scroll-target">
      <Section title={correct.title}>
        <Text size="sm" mb="sm">
          {correct.lead}
        </Text>
        {open ? (
          <CorrectForm view={view} offending={offending} />
        ) : (
          <Button variant="default" aria-expanded={false} data-open-form onClick={() => setOpened(true)}>
            {text.actions.correct.label}
          </Button>
        )}
      </Section>
    </div>
  );
}

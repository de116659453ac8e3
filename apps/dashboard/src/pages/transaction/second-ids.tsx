import { Button, Group, Stack, Text } from '@mantine/core';
import type { TransactionView } from '@np-hub/model';
import { useState } from 'react';
import { Copy } from '../../components/copy.js';
import { Pair, Section } from '../../components/section.js';
import { useSpeech } from '../../text/speech.js';
import { ActionDialog } from './action-dialog.js';

/** Ids that NP has for this order beside its own: what stays, what contradicts, and the way to end it. */
export function SecondIds({ view }: { view: TransactionView }) {
  const { text } = useSpeech();
  const { second } = text.doubts;
  const { label } = text.actions['end-second-id'];
  const [asked, setAsked] = useState<string | null>(null);
  if (view.secondIds.length === 0) return null;
  return (
    <Section title={second.title}>
      <Stack gap="sm">
        <Text size="sm">{second.lead}</Text>
        <Pair label={second.kept}>
          <span className="mono">{view.npTransactionId ?? second.none}</span>
        </Pair>
        {view.secondIds.map((id) => (
          <Pair key={id} label={second.other}>
            <Group gap="xs">
              <strong className="mono">{id}</strong>
              <Copy value={id} of={second.other} />
              {view.actions.includes('end-second-id') && (
                <Button size="xs" color="red" variant="outline" onClick={() => setAsked(id)}>
                  {label}
                </Button>
              )}
            </Group>
          </Pair>
        ))}
      </Stack>
      {asked !== null && (
        <ActionDialog
          view={view}
          action="end-second-id"
          label={label}
          danger
          body={{ npTransactionId: asked }}
          onClose={() => setAsked(null)}
        />
      )}
    </Section>
  );
}

import { Button, Group, Text } from '@mantine/core';
import type { CodeCardView } from '@np-hub/model';
import { useState } from 'react';
import { useSaveCard } from '../../api/operators.js';
import { Confirm } from '../../components/confirm.js';
import { useNotices } from '../../components/notices.js';
import { usePersonName } from '../../components/person.js';
import { useText } from '../../text/speech.js';
import { CardForm } from './card-form.js';

/** Below a card that staff have written: who, and what can be done with it. */
export function StaffBar({ card, canWrite }: { card: CodeCardView; canWrite: boolean }) {
  const { codes } = useText().operators;
  const nameOf = usePersonName();
  const notices = useNotices();
  const remove = useSaveCard(card.code);
  const [dialog, setDialog] = useState<'edit' | 'remove' | null>(null);
  const close = () => setDialog(null);
  if (!card.staff) return null;
  return (
    <>
      <Group gap="xs" mt={4}>
        <Text size="sm" c="dimmed">
          {codes.byStaff(nameOf(card.staff.by))}
        </Text>
        {canWrite && (
          <>
            <Button
              size="compact-sm"
              variant="default"
              aria-label={`${codes.edit} ${card.code}`}
              onClick={() => setDialog('edit')}
            >
              {codes.edit}
            </Button>
            <Button
              size="compact-sm"
              variant="default"
              aria-label={`${codes.remove} ${card.code}`}
              onClick={() => setDialog('remove')}
            >
              {codes.remove}
            </Button>
          </>
        )}
      </Group>
      {dialog === 'edit' && <CardForm code={card.code} saved={card.staff} onClose={close} />}
      {dialog === 'remove' && (
        <Confirm
          title={codes.removeTitle(card.code)}
          text={codes.removeText}
          confirm={codes.remove}
          running={remove.isPending}
          error={remove.error}
          onConfirm={() =>
            remove.mutate(null, {
              onSuccess: () => {
                notices.done(codes.removed);
                close();
              },
            })
          }
          onClose={close}
        />
      )}
    </>
  );
}

import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ImportView } from '@np-hub/model';
import { useState } from 'react';
import { useImportStep } from '../../api/files.js';
import { Dialog } from '../../components/dialog.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { useNotices } from '../../components/notices.js';
import { Section } from '../../components/section.js';
import { useSpeech } from '../../text/speech.js';

/** The question about rows that would bring older data back. Leaving them out is the safe answer, and stands first. */
export function Older({ view, viewer }: { view: ImportView; viewer: boolean }) {
  const { text } = useSpeech();
  const { older } = text.files;
  const notices = useNotices();
  const leave = useImportStep(view.shopId);
  const [asking, setAsking] = useState(false);
  if (view.olderAccepted && view.counts.older === 0) return <Text size="sm">{older.accepted}</Text>;
  if (view.state !== 'asking') return null;
  return (
    <Section title={older.title(view.counts.older)}>
      <Stack gap="sm">
        <Text size="sm">{older.why}</Text>
        {view.olderAccepted && <Text size="sm">{older.again}</Text>}
        {view.madeAt === null && <Text size="sm">{older.whyUnknown}</Text>}
        {!viewer && (
          <Group gap="xs">
            <Button
              loading={leave.isPending}
              onClick={() =>
                leave.mutate(
                  { importId: view.id, step: 'discard', body: {} },
                  {
                    onSuccess: (answer) => {
                      if (answer) notices.done(older.left);
                    },
                    onError: (error) => notices.failed(error),
                  },
                )
              }
            >
              {older.leave}
            </Button>
            <Button variant="outline" color="red" onClick={() => setAsking(true)}>
              {older.apply}
            </Button>
          </Group>
        )}
      </Stack>
      {asking && <ApplyDialog view={view} onClose={() => setAsking(false)} />}
    </Section>
  );
}

function ApplyDialog({ view, onClose }: { view: ImportView; onClose: () => void }) {
  const { text } = useSpeech();
  const { older } = text.files;
  const notices = useNotices();
  const apply = useImportStep(view.shopId);
  const confirm = () =>
    apply.mutate(
      { importId: view.id, step: 'accept-older', body: {} },
      {
        onSuccess: (answer) => {
          if (!answer) return;
          notices.done(older.applied);
          onClose();
        },
      },
    );
  return (
    <Dialog title={older.applyTitle} onClose={onClose} leavable={!apply.isPending}>
      <Stack gap="sm">
        <Text size="sm">{older.title(view.counts.older)}</Text>
        <Alert color="red" variant="outline" py="xs" icon={<IconAlertTriangle aria-hidden />}>
          {older.danger}
        </Alert>
        {apply.isError && <ErrorNotice error={apply.error} title={text.detail.actions.failed} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {text.common.cancel}
          </Button>
          <Button color="red" loading={apply.isPending} onClick={confirm}>
            {older.apply}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

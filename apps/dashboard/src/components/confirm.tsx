import { Button, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useSpeech } from '../text/speech.js';
import { Dialog } from './dialog.js';
import { ErrorNotice } from './error-notice.js';

interface Props {
  readonly title: string;
  readonly text: string;
  readonly confirm: string;
  readonly running: boolean;
  /** What the last try met; null where nothing did. */
  readonly error: unknown;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  /** Further content, above the buttons. */
  readonly children?: ReactNode;
}

/** Asks before something harmful. The first focus is on leaving. */
export function Confirm({ title, text, confirm, running, error, onConfirm, onClose, children }: Props) {
  const words = useSpeech().text;
  return (
    <Dialog title={title} onClose={onClose} leavable={!running}>
      <Stack gap="sm">
        <Text size="sm">{text}</Text>
        {children}
        {error !== null && <ErrorNotice error={error} title={words.detail.actions.failed} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {words.common.cancel}
          </Button>
          <Button color="red" loading={running} onClick={onConfirm}>
            {confirm}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

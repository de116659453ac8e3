import { Alert, Button, Group, Stack } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Copy } from './copy.js';
import { Dialog } from './dialog.js';

interface Props {
  readonly title: string;
  readonly text: string;
  readonly label: string;
  readonly value: string;
  readonly kept: string;
  readonly onClose: () => void;
}

/** A secret that is shown this once. It is left only by saying that it was kept, not by a stray click. */
export function SecretOnce({ title, text, label, value, kept, onClose }: Props) {
  return (
    <Dialog title={title} onClose={onClose} leavable={false} size="lg">
      <Stack gap="sm">
        <Alert color="orange" variant="outline" py="xs" icon={<IconAlertTriangle aria-hidden />}>
          {text}
        </Alert>
        <Group gap="sm" className="search-key">
          <code className="mono breakable" data-testid="secret" aria-label={label}>
            {value}
          </code>
          <Copy value={value} of={label} />
        </Group>
        <Group justify="flex-end">
          <Button onClick={onClose}>{kept}</Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

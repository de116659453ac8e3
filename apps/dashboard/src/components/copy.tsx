import { Button, CopyButton, VisuallyHidden } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useText } from '../text/speech.js';

/** Copies a text; says so in words and to screen readers. `of` names what is copied. */
export function Copy({ value, of }: { value: string; of: string }) {
  const text = useText();
  return (
    <CopyButton value={value} timeout={2_500}>
      {({ copied, copy }) => (
        <Button
          size="compact-xs"
          variant="default"
          onClick={copy}
          leftSection={copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
        >
          <span aria-live="polite">{copied ? text.common.copied : text.common.copy}</span>
          <VisuallyHidden>{copied ? '' : `: ${of}`}</VisuallyHidden>
        </Button>
      )}
    </CopyButton>
  );
}

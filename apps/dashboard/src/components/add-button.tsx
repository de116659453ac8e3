import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';

/** Begins something new beside what is there. */
export function AddButton({
  label,
  disabled = false,
  onClick,
}: {
  label: string;
  disabled?: boolean;
  onClick: () => void;
}) {
  return (
    <Button
      size="compact-sm"
      variant="light"
      disabled={disabled}
      leftSection={<IconPlus size={15} aria-hidden />}
      onClick={onClick}
    >
      {label}
    </Button>
  );
}

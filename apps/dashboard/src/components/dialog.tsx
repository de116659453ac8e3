import { Modal } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';
import { useText } from '../text/speech.js';

interface Props {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly size?: string;
  /** False while something runs that must not be left by a stray click. */
  readonly leavable?: boolean;
}

/**
 * A dialog that is there while it is rendered. Its head is no `header`, which would count as a second banner of the
 * page. Afterwards the focus goes back to what opened it, or to the main part where that is gone.
 */
export function Dialog({ title, onClose, children, size = 'md', leavable = true }: Props) {
  const { common } = useText();
  useFocusBack();
  return (
    <Modal.Root
      opened
      onClose={onClose}
      size={size}
      closeOnClickOutside={leavable}
      closeOnEscape={leavable}
      returnFocus={false}
    >
      <Modal.Overlay />
      <Modal.Content>
        <div className="dialog-head">
          <Modal.Title className="dialog-title">{title}</Modal.Title>
          <Modal.CloseButton aria-label={common.close} />
        </div>
        <Modal.Body>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

function useFocusBack(): void {
  const [opener] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      requestAnimationFrame(() => {
        if (document.querySelector('[role="dialog"]')) return;
        const target =
          opener?.isConnected && opener !== document.body ? opener : document.getElementById('main');
        if (target instanceof HTMLElement) target.focus({ preventScroll: true });
      });
    },
    [opener],
  );
}

import { Modal } from '@mantine/core';
import { useEffect, useState, type MouseEvent, type ReactNode } from 'react';
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
  const keepOpening = useDoubleClickGuard();
  return (
    <Modal.Root
      opened
      onClose={onClose}
      size={size}
      closeOnClickOutside={leavable}
      closeOnEscape={leavable}
      returnFocus={false}
      onClickCapture={keepOpening}
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

/** How long the second click of a double click may take; what systems have at the most where nobody has changed it. */
const doubleClickMs = 500;

/**
 * The second half of the double click that has opened a dialog is meant for the button below, and not for what lies over
 * it by then: it neither closes the dialog nor presses anything in it.
 */
function useDoubleClickGuard(): (event: MouseEvent) => void {
  const [openedAt] = useState(() => performance.now());
  return (event) => {
    const isOutside = !(event.target as Element).closest('[role="dialog"]');
    if (event.timeStamp - openedAt > doubleClickMs || !(isOutside || event.detail > 1)) return;
    event.stopPropagation();
    event.preventDefault();
  };
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

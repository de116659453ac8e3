import { useCallback, useEffect, useRef, type ReactNode } from 'react';
import { useBlocker } from 'react-router';
import { useText } from '../text/speech.js';
import { Confirm } from './confirm.js';

/**
 * Asks before a page is left on which something stands unsaved, by a link, by the browser's own buttons, or by closing
 * it. `question` has to be drawn; `saved` lets go at once, for whoever leaves the page after saving.
 */
export function useUnsaved(isUnsaved: boolean): {
  readonly question: ReactNode;
  readonly saved: () => void;
} {
  const { unsaved } = useText();
  const isSaved = useRef(false);
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      isUnsaved && !isSaved.current && currentLocation.pathname !== nextLocation.pathname,
  );
  useEffect(() => {
    if (!isUnsaved) return;
    const ask = (event: BeforeUnloadEvent) => {
      if (!isSaved.current) event.preventDefault();
    };
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isUnsaved]);
  const saved = useCallback(() => {
    isSaved.current = true;
  }, []);
  const question =
    blocker.state === 'blocked' ? (
      <Confirm
        title={unsaved.title}
        text={unsaved.text}
        confirm={unsaved.leave}
        running={false}
        error={null}
        onConfirm={() => blocker.proceed()}
        onClose={() => blocker.reset()}
      />
    ) : null;
  return { question, saved };
}

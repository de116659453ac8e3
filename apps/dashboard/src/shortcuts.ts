import { useEffect, useRef, useSyncExternalStore } from 'react';

const storageKey = 'np-hub-letter-keys';
const listeners = new Set<() => void>();
let memory: boolean | null = null;

function enabled(): boolean {
  if (memory !== null) return memory;
  try {
    memory = localStorage.getItem(storageKey) !== 'off';
  } catch {
    memory = true;
  }
  return memory;
}

/** Letter keys can be switched off for those who dictate or press keys by accident (WCAG 2.1.4). */
export function setShortcutsEnabled(value: boolean): void {
  memory = value;
  try {
    localStorage.setItem(storageKey, value ? 'on' : 'off');
  } catch {
    // A private window keeps the choice until it is closed.
  }
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

export const useShortcutsEnabled = (): boolean => useSyncExternalStore(subscribe, enabled);

/** Typing in a field, an open dialog and browser shortcuts are left alone. */
function isTaken(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented)
    return true;
  const { target } = event;
  if (!(target instanceof HTMLElement)) return false;
  return target.closest('input, textarea, select, [contenteditable="true"], [role="dialog"]') !== null;
}

/**
 * Calls `run` when the single key is pressed outside of fields and dialogs. Where `run` gives false, the key keeps
 * its meaning in the browser.
 */
export function useShortcut(key: string, run: () => boolean): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const letter = !key.startsWith('Arrow');
      if (event.key !== key || isTaken(event) || (letter && !enabled())) return;
      if (latest.current()) event.preventDefault();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [key]);
}

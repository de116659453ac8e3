/** Brings the first field that is marked as wrong, or a mistake that has no field, into view, and the focus to it; once what is wrong has been drawn. */
export function showMistake(within: HTMLElement | null): void {
  requestAnimationFrame(() => {
    const field = within?.querySelector<HTMLElement>('[aria-invalid="true"], [data-mistake]');
    // Not where the focus alone would bring it: at the very edge, below what sticks there.
    field?.scrollIntoView({ block: 'center' });
    field?.focus({ preventScroll: true });
  });
}

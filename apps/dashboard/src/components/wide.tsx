import type { ReactNode } from 'react';

/** Something wider than a narrow page: it scrolls by itself, and the keyboard can reach and scroll it. */
export function Wide({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="wide" role="group" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}

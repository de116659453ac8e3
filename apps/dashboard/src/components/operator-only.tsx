import { Alert } from '@mantine/core';
import { isAtLeast, type SessionView } from '@np-hub/model';
import type { ReactNode } from 'react';
import { useOutletContext } from 'react-router';
import { useText } from '../text/speech.js';

/** What only operators and owners may see; the API refuses the others as well. */
export function OperatorOnly({ children }: { children: ReactNode }) {
  const session = useOutletContext<SessionView>();
  const { shopsPage } = useText();
  if (isAtLeast(session.user.role, 'operator')) return children;
  return <Alert color="orange" variant="outline" title={shopsPage.forbidden} />;
}

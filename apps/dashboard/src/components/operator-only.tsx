import { Alert, Stack } from '@mantine/core';
import { isAtLeast, type SessionView } from '@np-hub/model';
import type { ReactNode } from 'react';
import { useOutletContext } from 'react-router';
import type { Texts } from '../text/texts.js';
import { useText } from '../text/speech.js';
import { PageTitle } from './page-title.js';

interface Props {
  readonly least: 'support' | 'operator';
  /** Of the page; where it is left out, somebody else has shown it. */
  readonly title?: (text: Texts) => string;
  readonly children: ReactNode;
}

/** What only this role and those above it may see; the API refuses the others as well. */
export function RoleOnly({ least, title, children }: Props) {
  const session = useOutletContext<SessionView>();
  const text = useText();
  if (isAtLeast(session.user.role, least)) return children;
  return (
    <Stack gap="md">
      {title && <PageTitle>{title(text)}</PageTitle>}
      <Alert color="orange" variant="outline" title={text.shopsPage.forbidden[least]} />
    </Stack>
  );
}

/** What only operators and owners may see. */
export function OperatorOnly({ children }: { children: ReactNode }) {
  return <RoleOnly least="operator">{children}</RoleOnly>;
}

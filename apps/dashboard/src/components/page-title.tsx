import { Text, Title } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useText } from '../text/speech.js';

let firstPage = true;

/** The page's one `h1`. On every page after the first it takes the focus, so that screen readers begin there. */
export function PageTitle({ children }: { children: string }) {
  const text = useText();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (firstPage) firstPage = false;
    else heading.current?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    document.title = `${children} | ${text.app.name}`;
  }, [children, text]);
  return (
    <Title order={1} size="h2" ref={heading} tabIndex={-1} className="page-title">
      {children}
    </Title>
  );
}

/** The title with what the page is for. */
export function PageHead({ title, lead }: { title: string; lead: string }) {
  return (
    <div>
      <PageTitle>{title}</PageTitle>
      <Text size="sm" c="dimmed">
        {lead}
      </Text>
    </div>
  );
}

import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';

/** A part of the page as it first stands, in Japanese; `known`: what the API has answered already, by query key. */
export function rendered(
  node: ReactNode,
  known: readonly (readonly [readonly unknown[], unknown])[] = [],
): string {
  const client = new QueryClient();
  for (const [key, data] of known) client.setQueryData(key, data);
  const html = renderToStaticMarkup(
    <MantineProvider>
      <QueryClientProvider client={client}>{node}</QueryClientProvider>
    </MantineProvider>,
  );
  return html.replaceAll(/<style[^]*?<\/style>/gu, '');
}

import { Alert, Button, Container, Skeleton, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ApiError } from '../api/client.js';
import { useSpeech, useText } from '../text/speech.js';
import type { Language } from '../text/language.js';

/** What went wrong, in the present language, with the fields concerned behind it. */
export function errorText(error: unknown, language: Language): string {
  if (error instanceof ApiError) {
    const { message, fields } = error.view;
    // A search has no form at which its fields could say what is wrong with them.
    const search = fields.find(({ field }) => field === 'q');
    return (search?.message ?? message)[language];
  }
  return language === 'ja' ? '予期しないエラーが発生しました。' : 'Something unexpected went wrong.';
}

/** An answer that did not come, with a button to ask again. */
export function LoadFailed({ error, onAgain }: { error: unknown; onAgain: () => void }) {
  const { language, text } = useSpeech();
  return (
    <Container size="sm" py="xl">
      <Alert
        color="red"
        variant="outline"
        icon={<IconAlertTriangle aria-hidden />}
        title={text.common.failed}
        role="alert"
      >
        <Stack gap="sm" align="flex-start">
          <Text size="sm">{errorText(error, language)}</Text>
          <Button variant="default" size="sm" onClick={onAgain}>
            {text.common.again}
          </Button>
        </Stack>
      </Alert>
    </Container>
  );
}

/** Grey shapes in place of what is being loaded. */
export function PageSkeleton({ rows = 6 }: { rows?: number }) {
  const text = useText();
  return (
    <Stack gap="sm" py="md" role="status" aria-label={text.common.loading}>
      {Array.from({ length: rows }, (_, index) => (
        <Skeleton key={index} height={44} />
      ))}
    </Stack>
  );
}

/** What a question has brought: grey shapes before, the failure and a button to ask again instead. */
export function Loaded<T>({
  query,
  rows,
  children,
}: {
  query: UseQueryResult<T>;
  rows?: number;
  children: (data: T) => ReactNode;
}) {
  if (query.isPending) return <PageSkeleton {...(rows === undefined ? {} : { rows })} />;
  if (query.isLoadingError) return <LoadFailed error={query.error} onAgain={() => void query.refetch()} />;
  return children(query.data);
}

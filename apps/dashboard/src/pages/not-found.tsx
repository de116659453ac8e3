import { Anchor, Stack, Text } from '@mantine/core';
import { Link } from 'react-router';
import { PageTitle } from '../components/page-title.js';
import { useText } from '../text/speech.js';

export function NotFoundPage() {
  const { app } = useText();
  return (
    <Stack align="flex-start">
      <PageTitle>{app.notFound}</PageTitle>
      <Text>{app.notFoundHelp}</Text>
      <Anchor component={Link} to="/">
        {app.toList}
      </Anchor>
    </Stack>
  );
}

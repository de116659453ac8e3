import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { keys } from '../../api/queries.js';
import { useAccount } from '../../api/trust.js';
import { useSignOut } from '../../api/writes.js';
import { Loaded } from '../../components/load.js';
import { useText } from '../../text/speech.js';
import { SecondFactorSection } from './second-factor.js';

/** Stands at every address until whoever has signed in has the second factor that is demanded of them. */
export function EnrolPage() {
  const text = useText();
  const words = text.trust.enrol;
  const account = useAccount();
  const signOut = useSignOut();
  const client = useQueryClient();
  useEffect(() => {
    document.title = `${words.title} | ${text.app.name}`;
  }, [text, words]);
  return (
    <main className="login">
      <Paper withBorder shadow="sm" p="xl" radius="md" className="login-card">
        <Stack>
          <Title order={1} size="h3">
            {words.title}
          </Title>
          <Text size="sm">{words.lead}</Text>
          <Loaded query={account} rows={3}>
            {(data) => (
              <SecondFactorSection
                account={data}
                onDone={() => void client.invalidateQueries({ queryKey: keys.session })}
              />
            )}
          </Loaded>
          <Group justify="flex-end">
            <Button
              variant="subtle"
              color="dark"
              size="compact-sm"
              loading={signOut.isPending}
              onClick={() => signOut.mutate(undefined)}
            >
              {text.app.signOut}
            </Button>
          </Group>
        </Stack>
      </Paper>
    </main>
  );
}

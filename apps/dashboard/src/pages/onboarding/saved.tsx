import { Alert, Anchor, Button, Group, Stack, Text } from '@mantine/core';
import type { Onboarded } from '@np-hub/model';
import { useState } from 'react';
import { Link } from 'react-router';
import { useShops } from '../../api/queries.js';
import { useText } from '../../text/speech.js';
import { GoLiveDialog } from '../shop-dialogs.js';

/** The shop is there as a draft: one press away from being live. */
export function Saved({ onboarded: { shop } }: { onboarded: Onboarded }) {
  const { operators, shopsPage } = useText();
  const words = operators.onboarding;
  const [open, setOpen] = useState(false);
  const now = useShops().data?.find(({ id }) => id === shop.id) ?? shop;
  return (
    <Stack gap="md">
      <Alert
        variant="outline"
        color="green"
        role="status"
        title={now.mode === 'live' ? shopsPage.stepDone['go-live'] : words.savedTitle(shop.name)}
      >
        {now.mode !== 'live' && <Text size="sm">{words.savedText}</Text>}
      </Alert>
      <Group gap="sm">
        {now.mode === 'draft' && <Button onClick={() => setOpen(true)}>{shopsPage.steps['go-live']}</Button>}
        <Anchor component={Link} to="/shops">
          {now.mode === 'draft' ? words.later : words.toShops}
        </Anchor>
      </Group>
      {open && <GoLiveDialog shop={now} onClose={() => setOpen(false)} />}
    </Stack>
  );
}

import { Group, Stack, Tabs, Text, Textarea, TextInput } from '@mantine/core';
import { Copy } from '../../components/copy.js';
import { useText } from '../../text/speech.js';
import type { Draft } from './draft.js';

/** Mail and phone script to be copied; nothing is sent from here. */
export function DraftTabs({ draft }: { draft: Draft }) {
  const { contact } = useText().desk;
  return (
    <Tabs defaultValue="mail" keepMounted={false}>
      <Tabs.List>
        <Tabs.Tab value="mail">{contact.mail}</Tabs.Tab>
        <Tabs.Tab value="phone">{contact.phone}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="mail" pt="sm">
        <Stack gap="xs">
          <Group gap="xs" align="flex-end" wrap="nowrap">
            <TextInput label={contact.subject} lang="ja" value={draft.subject} readOnly className="grow" />
            <Copy value={draft.subject} of={contact.subject} />
          </Group>
          <Textarea label={contact.body} lang="ja" value={draft.body} readOnly autosize maxRows={18} />
          <Group>
            <Copy value={draft.body} of={contact.body} />
            <Text size="xs" c="dimmed">
              {contact.notSent}
            </Text>
          </Group>
        </Stack>
      </Tabs.Panel>
      <Tabs.Panel value="phone" pt="sm">
        <Stack gap="xs">
          <Textarea label={contact.script} lang="ja" value={draft.phone} readOnly autosize maxRows={18} />
          <Group>
            <Copy value={draft.phone} of={contact.script} />
          </Group>
        </Stack>
      </Tabs.Panel>
    </Tabs>
  );
}

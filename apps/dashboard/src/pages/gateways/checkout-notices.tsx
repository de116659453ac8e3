import { Button, Group, Paper, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import type { CheckoutNotice } from '@np-hub/model';
import { useState, type FormEvent } from 'react';
import { useCheckoutNotices, useEnterCheckoutText } from '../../api/gateways.js';
import { Copy } from '../../components/copy.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { Loaded } from '../../components/load.js';
import { useNotices } from '../../components/notices.js';
import { Section } from '../../components/section.js';
import { useText } from '../../text/speech.js';

/** The text that NP demands on the page where the buyer chooses how to pay: to be copied, never translated by the hub. */
export function CheckoutNotices({ shopId }: { shopId: string }) {
  const { checkout } = useText().gateways;
  const notices = useCheckoutNotices(shopId);
  const [open, setOpen] = useState(false);
  return (
    <Section
      title={checkout.title}
      aside={
        <Button size="compact-sm" variant="light" aria-expanded={open} onClick={() => setOpen(!open)}>
          {checkout.enter}
        </Button>
      }
    >
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {checkout.lead}
        </Text>
        {open && <EnterForm shopId={shopId} onDone={() => setOpen(false)} />}
        <Loaded query={notices} rows={2}>
          {(data) =>
            data.map((notice) => <OneNotice key={notice.language} shopId={shopId} notice={notice} />)
          }
        </Loaded>
      </Stack>
    </Section>
  );
}

function OneNotice({ shopId, notice }: { shopId: string; notice: CheckoutNotice }) {
  const { checkout } = useText().gateways;
  const remove = useEnterCheckoutText(shopId);
  return (
    <Paper withBorder p="sm" component="article" data-testid={`checkout-${notice.language}`}>
      <Title order={3} size="h6">
        {notice.language}
        {' ・ '}
        {notice.origin === 'given' ? checkout.given : checkout.entered(notice.confirmedOn ?? '')}
      </Title>
      <Text size="sm" my="xs" lang={notice.language} style={{ whiteSpace: 'pre-line' }}>
        {notice.text}
      </Text>
      <Group gap="xs">
        <span>{checkout.copyText}</span>
        <Copy value={notice.text} of={checkout.copyText} />
        <span>{checkout.copyHtml}</span>
        <Copy value={notice.html} of={checkout.copyHtml} />
        {notice.origin === 'entered' && (
          <Button
            size="compact-xs"
            variant="default"
            loading={remove.isPending}
            onClick={() => remove.mutate({ language: notice.language, body: null })}
          >
            {checkout.remove}
          </Button>
        )}
      </Group>
    </Paper>
  );
}

function EnterForm({ shopId, onDone }: { shopId: string; onDone: () => void }) {
  const { gateways, common } = useText();
  const { checkout } = gateways;
  const notices = useNotices();
  const save = useEnterCheckoutText(shopId);
  const [fields, setFields] = useState({ language: 'ja', text: '', linked: '', confirmedOn: '' });
  const set = (name: keyof typeof fields) => (event: { currentTarget: { value: string } }) =>
    setFields({ ...fields, [name]: event.currentTarget.value });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { language, ...body } = fields;
    save.mutate(
      { language, body },
      {
        onSuccess: () => {
          notices.done(common.saved);
          onDone();
        },
      },
    );
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="xs">
        <TextInput
          label={checkout.language}
          description={checkout.languageHelp}
          required
          value={fields.language}
          onChange={set('language')}
        />
        <Textarea
          label={checkout.text}
          description={checkout.textHelp}
          required
          autosize
          minRows={3}
          value={fields.text}
          onChange={set('text')}
        />
        <TextInput
          label={checkout.linked}
          description={checkout.linkedHelp}
          required
          value={fields.linked}
          onChange={set('linked')}
        />
        <TextInput
          type="date"
          label={checkout.confirmedOn}
          required
          value={fields.confirmedOn}
          onChange={set('confirmedOn')}
        />
        {save.isError && <ErrorNotice error={save.error} title={checkout.failed} />}
        <Group>
          <Button type="submit" loading={save.isPending}>
            {checkout.save}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

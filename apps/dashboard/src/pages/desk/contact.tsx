import { Alert, Button, Checkbox, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import type { BuyerLink, DeskView, NewBuyerLink, TransactionView } from '@np-hub/model';
import { useState } from 'react';
import { useDeskWrite } from '../../api/desk.js';
import { useCodes } from '../../api/queries.js';
import { Copy } from '../../components/copy.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { Moment } from '../../components/moment.js';
import { Section } from '../../components/section.js';
import { formatMoment } from '../../format.js';
import { useSpeech, useText } from '../../text/speech.js';
import { fieldLabel } from '../../words.js';
import { payloadPathOf } from '../transaction/fields.js';
import { DraftTabs } from './draft-tabs.js';
import { draftOf } from './draft.js';

interface Props {
  readonly view: TransactionView;
  readonly desk: DeskView;
}

/** What to write or say to the buyer, and a link by which the buyer puts it right alone. */
export function Contact({ view, desk }: Props) {
  const { contact } = useText().desk;
  const codes = useCodes().data ?? [];
  const [made, setMade] = useState<NewBuyerLink | null>(null);
  const open = desk.links.find((link) => made?.id === link.id && isOpen(link));
  const link = made && open ? { url: addressOf(made), until: formatMoment(made.expiresAt, 'ja') } : null;
  const draft = draftOf(view, codes, link);
  if (!draft && desk.linkFields.length === 0 && desk.links.length === 0) return null;
  return (
    <Section title={contact.title}>
      <Stack gap="md">
        <Links view={view} desk={desk} made={open ? made : null} onMade={setMade} />
        {draft && <DraftTabs draft={draft} />}
      </Stack>
    </Section>
  );
}

const isOpen = ({ usedAt, revokedAt, expiresAt }: BuyerLink): boolean =>
  usedAt === null && revokedAt === null && Date.parse(expiresAt) > Date.now();

/** A hub that does not know its public address gives a path: then it is reached where this page is. */
const addressOf = ({ url }: NewBuyerLink): string => new URL(url, window.location.origin).href;

const hours = [24, 72, 168] as const;

interface LinksProps extends Props {
  readonly made: NewBuyerLink | null;
  readonly onMade: (link: NewBuyerLink) => void;
}

function Links({ view, desk, made, onMade }: LinksProps) {
  const { text, language } = useSpeech();
  const { contact } = text.desk;
  const write = useDeskWrite<NewBuyerLink>(view.shopId, view.id, 'POST');
  const [left, setLeft] = useState<readonly string[]>([]);
  const [length, setLength] = useState('72');
  const fields = desk.linkFields.filter((field) => !left.includes(field));
  const label = (path: string) => fieldLabel(payloadPathOf(path), language);
  return (
    <Stack gap="sm">
      {desk.linkFields.length > 0 && (
        <>
          <Text size="sm">{contact.linkLead}</Text>
          <Group gap="md" align="flex-end">
            <Checkbox.Group
              label={contact.linkFields}
              value={[...fields]}
              onChange={(chosen) => setLeft(desk.linkFields.filter((field) => !chosen.includes(field)))}
            >
              <Group gap="sm" mt={4}>
                {desk.linkFields.map((field) => (
                  <Checkbox key={field} value={field} label={label(field)} />
                ))}
              </Group>
            </Checkbox.Group>
            <NativeSelect
              size="xs"
              label={contact.linkLength}
              value={length}
              data={hours.map((each) => ({ value: String(each), label: contact.linkHours[each] }))}
              onChange={(event) => setLength(event.currentTarget.value)}
            />
            <Button
              size="xs"
              loading={write.isPending}
              disabled={fields.length === 0}
              onClick={() =>
                write.mutate(
                  { path: 'links', body: { fields, hours: Number(length) } },
                  { onSuccess: (answer) => answer && onMade(answer) },
                )
              }
            >
              {contact.makeLink}
            </Button>
          </Group>
        </>
      )}
      {write.isError && <ErrorNotice error={write.error} title={text.detail.actions.failed} />}
      {made && (
        <Alert variant="outline" color="indigo" title={contact.madeTitle}>
          <Group gap="xs" wrap="nowrap" align="flex-end">
            <TextInput label={contact.address} value={addressOf(made)} readOnly className="grow" />
            <Copy value={addressOf(made)} of={contact.address} />
          </Group>
          <Text size="sm" mt="xs">
            {contact.madeHelp}
          </Text>
        </Alert>
      )}
      {desk.links.length > 0 && (
        <ul className="link-list">
          {desk.links.map((link) => (
            <LinkLine
              key={link.id}
              view={view}
              link={link}
              label={link.fields.map(label).join(text.common.listComma)}
            />
          ))}
        </ul>
      )}
    </Stack>
  );
}

function LinkLine({ view, link, label }: { view: TransactionView; link: BuyerLink; label: string }) {
  const { contact } = useText().desk;
  const revoke = useDeskWrite<undefined>(view.shopId, view.id, 'DELETE');
  const ended = link.usedAt ?? link.revokedAt;
  const state = link.usedAt ? 'used' : link.revokedAt ? 'revoked' : isOpen(link) ? 'open' : 'expired';
  return (
    <li>
      <Text size="sm" component="span">
        <strong>{contact.states[state]}</strong> {label} <Moment at={ended ?? link.expiresAt} exact ahead />
      </Text>{' '}
      {state === 'open' && (
        <Button
          size="compact-xs"
          variant="default"
          loading={revoke.isPending}
          onClick={() => revoke.mutate({ path: `links/${link.id}` })}
        >
          {contact.revoke}
        </Button>
      )}
    </li>
  );
}

import { Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { keyRoleSchema, type KeyRole, type NewApiKeyView, type ShopView } from '@np-hub/model';
import { useState, type FormEvent } from 'react';
import { useCreateApiKey } from '../../api/open.js';
import { Dialog } from '../../components/dialog.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { ShopChoice } from '../../components/shop-choice.js';
import { useSpeech } from '../../text/speech.js';

const dayMs = 86_400_000;
const lifetimes = { none: null, d30: 30, d90: 90, d365: 365 } as const;
type Lifetime = keyof typeof lifetimes;
const lifetimeNames: readonly Lifetime[] = ['none', 'd30', 'd90', 'd365'];

interface Props {
  readonly shops: readonly ShopView[];
  readonly onClose: () => void;
  readonly onCreated: (key: NewApiKeyView) => void;
}

/** Name, role, shops and lifetime of a new key. */
export function NewKeyDialog({ shops, onClose, onCreated }: Props) {
  const { text } = useSpeech();
  const { keys: words } = text.open;
  const create = useCreateApiKey();
  const [name, setName] = useState('');
  const [role, setRole] = useState<KeyRole>('support');
  const [shopIds, setShopIds] = useState<readonly string[]>([]);
  const [lifetime, setLifetime] = useState<Lifetime>('d365');
  const [tried, setTried] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!name.trim()) return;
    const days = lifetimes[lifetime];
    const expiresAt = days === null ? null : new Date(Date.now() + days * dayMs).toISOString();
    create.mutate(
      { name: name.trim(), role, shopIds: shopIds.length > 0 ? shopIds : null, expiresAt },
      {
        onSuccess: (key) => {
          if (key) onCreated(key);
        },
      },
    );
  };
  return (
    <Dialog title={words.create} onClose={onClose} leavable={!create.isPending}>
      <form onSubmit={submit} noValidate autoComplete="off">
        <Stack gap="sm">
          <TextInput
            label={words.name}
            description={words.nameHelp}
            required
            withAsterisk
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={tried && !name.trim() ? words.missing : null}
          />
          <NativeSelect
            label={words.role}
            description={words.roleHelp}
            value={role}
            data={keyRoleSchema.options.map((one) => ({ value: one, label: text.roles[one] }))}
            onChange={(event) => setRole(keyRoleSchema.parse(event.currentTarget.value))}
          />
          <ShopChoice
            shops={shops}
            label={words.shops}
            help={words.shopsHelp}
            value={shopIds}
            onChange={setShopIds}
          />
          <NativeSelect
            label={words.expires}
            value={lifetime}
            data={lifetimeNames.map((value) => ({ value, label: words.expiresChoices[value] }))}
            onChange={(event) => {
              const { value } = event.currentTarget;
              setLifetime(lifetimeNames.find((one) => one === value) ?? 'none');
            }}
          />
          {create.isError && <ErrorNotice error={create.error} title={text.detail.actions.failed} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {text.common.cancel}
            </Button>
            <Button type="submit" loading={create.isPending}>
              {words.create}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

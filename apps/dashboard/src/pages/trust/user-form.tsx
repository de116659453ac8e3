import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import {
  isAtLeast,
  roleSchema,
  type Role,
  type SessionView,
  type ShopView,
  type UserView,
} from '@np-hub/model';
import { useState, type FormEvent } from 'react';
import { useOutletContext } from 'react-router';
import type { UserInput } from '../../api/trust.js';
import { Dialog } from '../../components/dialog.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { ShopChoice } from '../../components/shop-choice.js';
import { useSpeech } from '../../text/speech.js';

interface Props {
  readonly title: string;
  readonly submit: string;
  readonly shops: readonly ShopView[];
  /** Null: somebody new. */
  readonly user: UserView | null;
  readonly running: boolean;
  readonly error: unknown;
  readonly onSubmit: (input: UserInput) => void;
  readonly onClose: () => void;
}

/** Who somebody is and what they may do. Nobody gives more than they have: the API refuses it as well. */
export function UserForm({ title, submit, shops, user, running, error, onSubmit, onClose }: Props) {
  const { text } = useSpeech();
  const { users: words } = text.trust;
  const own = useOutletContext<SessionView>().user.role;
  const [login, setLogin] = useState(user?.login ?? '');
  const [name, setName] = useState(user?.name ?? '');
  const [role, setRole] = useState<Role>(user?.role ?? 'support');
  const [shopIds, setShopIds] = useState<readonly string[]>(user?.shopIds ?? []);
  const [tried, setTried] = useState(false);
  const send = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!login.trim() || !name.trim()) return;
    onSubmit({ login: login.trim(), name: name.trim(), role, shopIds: shopIds.length > 0 ? shopIds : null });
  };
  const missing = (value: string) => (tried && !value.trim() ? words.missing : null);
  return (
    <Dialog title={title} onClose={onClose} leavable={!running}>
      <form onSubmit={send} noValidate autoComplete="off">
        <Stack gap="sm">
          {user ? (
            <Text size="sm">{words.editText}</Text>
          ) : (
            <TextInput
              label={words.login}
              description={words.loginHelp}
              required
              data-autofocus
              value={login}
              onChange={(event) => setLogin(event.currentTarget.value)}
              error={missing(login)}
            />
          )}
          <TextInput
            label={words.name}
            required
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={missing(name)}
          />
          <NativeSelect
            label={words.role}
            description={words.roleHelp[role]}
            value={role}
            data={roleSchema.options
              .filter((one) => isAtLeast(own, one))
              .map((one) => ({ value: one, label: text.roles[one] }))}
            onChange={(event) => setRole(roleSchema.parse(event.currentTarget.value))}
          />
          <ShopChoice
            shops={shops}
            label={words.shops}
            help={words.shopsHelp}
            value={shopIds}
            onChange={setShopIds}
          />
          {error !== null && <ErrorNotice error={error} title={text.detail.actions.failed} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {text.common.cancel}
            </Button>
            <Button type="submit" loading={running}>
              {submit}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

import { Button, Group, Stack, VisuallyHidden } from '@mantine/core';
import {
  isAtLeast,
  type InvitedUser,
  type LinkView,
  type SessionView,
  type ShopView,
  type UserView,
} from '@np-hub/model';
import { useState } from 'react';
import { useOutletContext } from 'react-router';
import { AddButton } from '../../components/add-button.js';
import { useShops } from '../../api/queries.js';
import { useChangeUser, useInvite, useUsers } from '../../api/trust.js';
import { Confirm } from '../../components/confirm.js';
import { Loaded } from '../../components/load.js';
import { Moment } from '../../components/moment.js';
import { useNotices } from '../../components/notices.js';
import { OperatorOnly } from '../../components/operator-only.js';
import { PageHead } from '../../components/page-title.js';
import { SecretOnce } from '../../components/secret-once.js';
import { Section } from '../../components/section.js';
import { useShopNames } from '../../components/shop-choice.js';
import { StackTable } from '../../components/stack-table.js';
import { Tag } from '../../components/tag.js';
import { formatMoment } from '../../format.js';
import { useSpeech, useText } from '../../text/speech.js';
import { AccessRulesSection } from './access-rules.js';
import { UserForm } from './user-form.js';

/** The people who may use the hub. */
export function UsersPage() {
  const { users } = useText().trust;
  return (
    <Stack gap="md">
      <PageHead title={users.title} lead={users.lead} />
      <OperatorOnly>
        <People />
        <AccessRulesSection />
      </OperatorOnly>
    </Stack>
  );
}

function People() {
  const { users: words } = useText().trust;
  const users = useUsers();
  const shops = useShops().data ?? [];
  const [inviting, setInviting] = useState(false);
  const [link, setLink] = useState<LinkView | null>(null);
  const invite = useInvite();
  return (
    <Section title={words.title} aside={<AddButton label={words.invite} onClick={() => setInviting(true)} />}>
      <Loaded query={users} rows={3}>
        {(data) => <UserTable users={data} shops={shops} onLink={setLink} />}
      </Loaded>
      {inviting && (
        <UserForm
          title={words.invite}
          submit={words.invite}
          shops={shops}
          user={null}
          running={invite.isPending}
          error={invite.error}
          onClose={() => setInviting(false)}
          onSubmit={(user) =>
            invite.mutate(
              { user },
              {
                onSuccess: (made) => {
                  setInviting(false);
                  if (made) setLink(made.link);
                },
              },
            )
          }
        />
      )}
      {link && <LinkDialog link={link} onClose={() => setLink(null)} />}
    </Section>
  );
}

/** The token stands behind `#`, which no server and no log gets to see. */
function LinkDialog({ link, onClose }: { link: LinkView; onClose: () => void }) {
  const { text, language } = useSpeech();
  const { users: words } = text.trust;
  return (
    <SecretOnce
      title={words.linkTitle}
      text={words.linkText(formatMoment(link.expiresAt, language))}
      label={words.linkLabel}
      value={`${window.location.origin}/welcome#${link.token}`}
      kept={words.kept}
      onClose={onClose}
    />
  );
}

type Asked = { readonly kind: 'edit' | 'reset' | 'disable'; readonly user: UserView };

function UserTable({
  users,
  shops,
  onLink,
}: {
  users: readonly UserView[];
  shops: readonly ShopView[];
  onLink: (link: LinkView) => void;
}) {
  const { text } = useSpeech();
  const { users: words } = text.trust;
  const [asked, setAsked] = useState<Asked | null>(null);
  const close = () => setAsked(null);
  const shopText = useShopNames(shops, words.allShops);
  return (
    <>
      <StackTable
        label={words.title}
        columns={[
          { key: 'name', head: words.name },
          { key: 'role', head: words.role },
          { key: 'shops', head: words.shops },
          { key: 'status', head: words.status },
          { key: 'factor', head: words.secondFactor },
          { key: 'seen', head: words.lastSeen },
          { key: 'actions', head: words.actions },
        ]}
        rows={users.map((user) => ({
          key: user.id,
          cells: {
            name: (
              <>
                <strong>{user.name}</strong>
                <span className="cell-small mono">{user.login}</span>
              </>
            ),
            role: text.roles[user.role],
            shops: shopText(user.shopIds),
            status: <Status user={user} />,
            factor: user.secondFactor ? words.on : words.off,
            seen: user.lastSeenAt === null ? words.never : <Moment at={user.lastSeenAt} />,
            actions: <Actions user={user} onAsk={(kind) => setAsked({ kind, user })} />,
          },
        }))}
      />
      {asked?.kind === 'edit' && <EditDialog user={asked.user} shops={shops} onClose={close} />}
      {asked?.kind === 'reset' && (
        <ResetDialog
          user={asked.user}
          onClose={close}
          onDone={(made) => {
            close();
            onLink(made.link);
          }}
        />
      )}
      {asked?.kind === 'disable' && <DisableDialog user={asked.user} onClose={close} />}
    </>
  );
}

function Status({ user }: { user: UserView }) {
  const { users: words } = useText().trust;
  if (user.disabled) return <Tag tone="bad">{words.disabled}</Tag>;
  if (user.linkUntil !== null) return <Tag tone="attention">{words.waiting}</Tag>;
  return <Tag tone="good">{words.active}</Tag>;
}

/** What can be done to somebody; nobody does it to who may do more than they do. */
export function Actions({ user, onAsk }: { user: UserView; onAsk: (kind: Asked['kind']) => void }) {
  const { trust, roles } = useText();
  const words = trust.users;
  const own = useOutletContext<SessionView>().user.role;
  if (!isAtLeast(own, user.role)) return <span className="quiet">{words.onlyHigher(roles[user.role])}</span>;
  return (
    <Group gap={6}>
      {(['edit', 'reset', 'disable'] as const).map((kind) => (
        <Button
          key={kind}
          size="compact-xs"
          variant="outline"
          color={kind === 'edit' ? 'indigo' : 'red'}
          onClick={() => onAsk(kind)}
        >
          {kind === 'disable' && user.disabled ? words.enable : words[kind]}
          <VisuallyHidden> {user.name}</VisuallyHidden>
        </Button>
      ))}
    </Group>
  );
}

function EditDialog({
  user,
  shops,
  onClose,
}: {
  user: UserView;
  shops: readonly ShopView[];
  onClose: () => void;
}) {
  const { users: words } = useText().trust;
  const notices = useNotices();
  const change = useChangeUser(user.id);
  return (
    <UserForm
      title={words.editTitle(user.name)}
      submit={words.save}
      shops={shops}
      user={user}
      running={change.isPending}
      error={change.error}
      onClose={onClose}
      onSubmit={({ name, role, shopIds }) =>
        change.mutate(
          { name, role, shopIds },
          {
            onSuccess: () => {
              notices.done(words.saved);
              onClose();
            },
          },
        )
      }
    />
  );
}

function ResetDialog({
  user,
  onDone,
  onClose,
}: {
  user: UserView;
  onDone: (made: InvitedUser) => void;
  onClose: () => void;
}) {
  const { users: words } = useText().trust;
  const reset = useInvite();
  return (
    <Confirm
      title={words.resetTitle(user.name)}
      text={words.resetText}
      confirm={words.reset}
      running={reset.isPending}
      error={reset.error}
      onClose={onClose}
      onConfirm={() =>
        reset.mutate(
          { id: user.id },
          {
            onSuccess: (made) => {
              if (made) onDone(made);
            },
          },
        )
      }
    />
  );
}

function DisableDialog({ user, onClose }: { user: UserView; onClose: () => void }) {
  const { users: words } = useText().trust;
  const notices = useNotices();
  const change = useChangeUser(user.id);
  return (
    <Confirm
      title={user.disabled ? `${words.enable}: ${user.name}` : words.disableTitle(user.name)}
      text={user.disabled ? words.editText : words.disableText}
      confirm={user.disabled ? words.enable : words.disable}
      running={change.isPending}
      error={change.error}
      onClose={onClose}
      onConfirm={() =>
        change.mutate(
          { disabled: !user.disabled },
          {
            onSuccess: () => {
              notices.done(user.disabled ? words.resumed : words.stopped);
              onClose();
            },
          },
        )
      }
    />
  );
}

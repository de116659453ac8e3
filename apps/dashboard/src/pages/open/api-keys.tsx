import { Button, Stack, Text, VisuallyHidden } from '@mantine/core';
import type { ApiKeyView, NewApiKeyView, ShopView } from '@np-hub/model';
import { useState } from 'react';
import { AddButton } from '../../components/add-button.js';
import { useApiKeys, useRevokeApiKey } from '../../api/open.js';
import { useShops } from '../../api/queries.js';
import { Confirm } from '../../components/confirm.js';
import { Loaded } from '../../components/load.js';
import { Moment, useNow } from '../../components/moment.js';
import { useNotices } from '../../components/notices.js';
import { OperatorOnly } from '../../components/operator-only.js';
import { PageHead } from '../../components/page-title.js';
import { SecretOnce } from '../../components/secret-once.js';
import { Section } from '../../components/section.js';
import { useShopNames } from '../../components/shop-choice.js';
import { StackTable } from '../../components/stack-table.js';
import { Tag } from '../../components/tag.js';
import { usePersonName } from '../../components/person.js';
import { useSpeech, useText } from '../../text/speech.js';
import { NewKeyDialog } from './new-key.js';

/** Keys with which other systems use the API. */
export function ApiKeysPage() {
  const { keys } = useText().open;
  return (
    <Stack gap="md">
      <PageHead title={keys.title} lead={keys.lead} />
      <OperatorOnly>
        <Keys />
      </OperatorOnly>
    </Stack>
  );
}

function Keys() {
  const { keys: words } = useText().open;
  const keys = useApiKeys();
  const shops = useShops();
  const [creating, setCreating] = useState(false);
  const [created, setCreated] = useState<NewApiKeyView | null>(null);
  return (
    <Section title={words.title} aside={<AddButton label={words.create} onClick={() => setCreating(true)} />}>
      <Loaded query={keys} rows={3}>
        {(data) =>
          data.length === 0 ? (
            <Text size="sm">{words.empty}</Text>
          ) : (
            <KeyTable keys={data} shops={shops.data ?? []} />
          )
        }
      </Loaded>
      {creating && (
        <NewKeyDialog
          shops={shops.data ?? []}
          onClose={() => setCreating(false)}
          onCreated={(key) => {
            setCreating(false);
            setCreated(key);
          }}
        />
      )}
      {created && (
        <SecretOnce
          title={words.newTitle}
          text={words.newText}
          label={words.newLabel}
          value={created.key}
          kept={words.kept}
          onClose={() => setCreated(null)}
        />
      )}
    </Section>
  );
}

function KeyTable({ keys, shops }: { keys: readonly ApiKeyView[]; shops: readonly ShopView[] }) {
  const { text } = useSpeech();
  const nameOf = usePersonName();
  const { keys: words } = text.open;
  const [revoking, setRevoking] = useState<ApiKeyView | null>(null);
  const shopText = useShopNames(shops, words.allShops);
  return (
    <>
      <StackTable
        label={words.title}
        columns={[
          { key: 'name', head: words.name },
          { key: 'role', head: words.role },
          { key: 'shops', head: words.shops },
          { key: 'created', head: words.created },
          { key: 'used', head: words.lastUsed },
          { key: 'expires', head: words.expires },
          { key: 'revoke', head: words.revoke },
        ]}
        rows={keys.map((key) => ({
          key: key.id,
          cells: {
            name: (
              <>
                <strong>{key.name}</strong>
                <span className="cell-small mono">{key.prefix}…</span>
              </>
            ),
            role: text.roles[key.role],
            shops: shopText(key.shopIds),
            created: (
              <>
                <Moment at={key.createdAt} exact />
                <span className="cell-small">{words.by(nameOf(key.createdBy))}</span>
              </>
            ),
            used: key.lastUsedAt === null ? words.neverUsed : <Moment at={key.lastUsedAt} />,
            expires: <Expiry at={key.expiresAt} />,
            revoke: (
              <Button size="compact-xs" variant="outline" color="red" onClick={() => setRevoking(key)}>
                {words.revoke}
                <VisuallyHidden> {key.name}</VisuallyHidden>
              </Button>
            ),
          },
        }))}
      />
      {revoking && <RevokeDialog apiKey={revoking} onClose={() => setRevoking(null)} />}
    </>
  );
}

function Expiry({ at }: { at: string | null }) {
  const { keys: words } = useText().open;
  const nowMs = useNow();
  if (at === null) return <>{words.never}</>;
  if (Date.parse(at) < nowMs) return <Tag tone="bad">{words.expired}</Tag>;
  return <Moment at={at} exact ahead />;
}

function RevokeDialog({ apiKey, onClose }: { apiKey: ApiKeyView; onClose: () => void }) {
  const { keys: words } = useText().open;
  const notices = useNotices();
  const revoke = useRevokeApiKey();
  return (
    <Confirm
      title={words.revokeTitle(apiKey.name)}
      text={words.revokeText}
      confirm={words.revoke}
      running={revoke.isPending}
      error={revoke.error}
      onClose={onClose}
      onConfirm={() =>
        revoke.mutate(apiKey.id, {
          onSuccess: () => {
            notices.done(words.revoked);
            onClose();
          },
        })
      }
    />
  );
}

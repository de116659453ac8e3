import { Anchor, NativeSelect, Stack } from '@mantine/core';
import type { ConnectionView, ShopView } from '@np-hub/model';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { useChoices, useConnections, useShops } from '../api/queries.js';
import type { Choice } from '../api/types.js';
import { useSaveShop } from '../api/writes.js';
import { LoadFailed, PageSkeleton } from '../components/load.js';
import { OperatorOnly } from '../components/operator-only.js';
import { PageTitle } from '../components/page-title.js';
import { useText } from '../text/speech.js';
import { CheckoutNotices } from './gateways/checkout-notices.js';
import { NotFoundPage } from './not-found.js';
import { Webhooks } from './open/webhooks.js';
import { PolicyFields } from './policies/policy-fields.js';
import {
  changedPolicies,
  countPolicyFaults,
  openedPolicies,
  type EnteredPolicies,
} from './policies/policy-form.js';
import { FileSection } from './imports/file-section.js';
import { SettingsEditor } from './settings-editor.js';

/** The form of a new shop, or of the one in the address. */
export function ShopPage() {
  const { shopId = null } = useParams();
  return (
    <OperatorOnly>
      <Loaded shopId={shopId} />
    </OperatorOnly>
  );
}

function Loaded({ shopId }: { shopId: string | null }) {
  const { shopsPage } = useText();
  const shops = useShops();
  const choices = useChoices('adapters');
  const connections = useConnections();
  const failed = [shops, choices, connections].find((query) => query.isLoadingError);
  if (failed) return <LoadFailed error={failed.error} onAgain={() => void failed.refetch()} />;
  if (!shops.data || !choices.data || !connections.data) return <PageSkeleton />;
  const shop = shops.data.find((one) => one.id === shopId) ?? null;
  if (shopId !== null && !shop) return <NotFoundPage />;
  return (
    <Stack gap="md">
      <Anchor component={Link} to="/shops" size="sm" className="back-link">
        {shopsPage.form.goBack}
      </Anchor>
      <PageTitle>{shop ? shopsPage.form.editShop(shop.name) : shopsPage.form.newShop}</PageTitle>
      <ShopForm shop={shop} choices={choices.data} connections={connections.data} />
      {shop?.capabilities.files && <FileSection shop={shop} />}
      {shop && <CheckoutNotices shopId={shop.id} />}
      {shop && <Webhooks shopId={shop.id} />}
    </Stack>
  );
}

interface FormProps {
  readonly shop: ShopView | null;
  readonly choices: readonly Choice[];
  readonly connections: readonly ConnectionView[];
}

function ShopForm({ shop, choices, connections }: FormProps) {
  const { form } = useText().shopsPage;
  const save = useSaveShop(shop?.id ?? null);
  const [openedConnection] = useState(
    shop?.connectionId ?? (connections.length === 1 ? (connections[0]?.id ?? '') : ''),
  );
  const [connectionId, setConnectionId] = useState(openedConnection);
  const [entered, setEntered] = useState<Readonly<Record<string, EnteredPolicies>>>({});
  // As they were when the form was opened: what others change meanwhile is not put back.
  const [opened] = useState(() => shop && openedPolicies(shop.policies));
  const openedOf = (choice: Choice) => opened ?? openedPolicies(choice.policies ?? {});
  const policiesOf = (choice: Choice) => entered[choice.id] ?? openedOf(choice);
  return (
    <SettingsEditor
      kind="shops"
      choices={choices}
      saved={shop && { id: shop.id, name: shop.name, choice: shop.adapter, settings: shop.settings }}
      labels={{ choice: form.adapter, nameHelp: form.shopNameHelp }}
      extra={
        <NativeSelect
          label={form.connection}
          withAsterisk={!shop}
          required={!shop}
          disabled={shop !== null}
          value={connectionId}
          data={[
            { value: '', label: form.choose },
            ...connections.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(event) => setConnectionId(event.currentTarget.value)}
        />
      }
      extraComplete={connectionId !== ''}
      further={(choice, tried) => (
        <PolicyFields
          policies={policiesOf(choice)}
          capabilities={shop?.capabilities ?? choice.capabilities ?? null}
          connections={connections}
          tried={tried}
          onChange={(next) => setEntered({ ...entered, [choice.id]: next })}
        />
      )}
      furtherChanged={
        connectionId !== openedConnection ||
        choices.some((choice) => JSON.stringify(policiesOf(choice)) !== JSON.stringify(openedOf(choice)))
      }
      furtherMistakes={(choice) => countPolicyFaults(policiesOf(choice))}
      saving={save.isPending}
      error={save.error}
      onSave={({ name, choice, settings }, onSaved) => {
        const policies = changedPolicies(policiesOf(choice), openedOf(choice));
        save.mutate(
          shop
            ? { name, settings, policies }
            : { name, settings, policies, adapter: choice.id, connectionId },
          {
            onSuccess: (answer) => {
              if (answer) onSaved();
            },
          },
        );
      }}
    />
  );
}

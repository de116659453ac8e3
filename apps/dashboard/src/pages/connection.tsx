import type { ConnectionView } from '@np-hub/model';
import { Anchor, Stack } from '@mantine/core';
import { Link, useParams } from 'react-router';
import { useChoices, useConnections } from '../api/queries.js';
import type { Choice } from '../api/types.js';
import { useSaveConnection } from '../api/writes.js';
import { LoadFailed, PageSkeleton } from '../components/load.js';
import { OperatorOnly } from '../components/operator-only.js';
import { PageTitle } from '../components/page-title.js';
import { useText } from '../text/speech.js';
import { GatewayCalls } from './gateways/gateway-calls.js';
import { OpenForms } from './gateways/open-forms.js';
import { NotFoundPage } from './not-found.js';
import { SettingsEditor } from './settings-editor.js';

/** The form of a new connection, or of the one in the address. */
export function ConnectionPage() {
  const { connectionId = null } = useParams();
  return (
    <OperatorOnly>
      <Loaded connectionId={connectionId} />
    </OperatorOnly>
  );
}

function Loaded({ connectionId }: { connectionId: string | null }) {
  const { shopsPage } = useText();
  const { form } = shopsPage;
  const connections = useConnections();
  const choices = useChoices('gateways');
  const failed = [connections, choices].find((query) => query.isLoadingError);
  if (failed) return <LoadFailed error={failed.error} onAgain={() => void failed.refetch()} />;
  if (!connections.data || !choices.data) return <PageSkeleton />;
  const connection = connections.data.find((one) => one.id === connectionId) ?? null;
  if (connectionId !== null && !connection) return <NotFoundPage />;
  return (
    <Stack gap="md">
      <Anchor component={Link} to="/shops" size="sm" className="back-link">
        {form.goBack}
      </Anchor>
      <PageTitle>{connection ? form.editConnection(connection.name) : form.newConnection}</PageTitle>
      <ConnectionForm connection={connection} choices={choices.data} />
      {connection?.notifies && <GatewayCalls connection={connection} />}
      {connection?.notifies && <OpenForms connectionId={connection.id} />}
    </Stack>
  );
}

function ConnectionForm({
  connection,
  choices,
}: {
  connection: ConnectionView | null;
  choices: readonly Choice[];
}) {
  const { shopsPage } = useText();
  const save = useSaveConnection(connection?.id ?? null);
  return (
    <SettingsEditor
      kind="connections"
      choices={choices}
      saved={
        connection && {
          id: connection.id,
          name: connection.name,
          choice: connection.gateway,
          settings: connection.settings,
        }
      }
      labels={{ choice: shopsPage.form.gateway, nameHelp: shopsPage.form.connectionNameHelp }}
      saving={save.isPending}
      error={save.error}
      onSave={({ name, choice, settings }, onSaved) =>
        save.mutate(connection ? { name, settings } : { name, settings, gateway: choice.id }, {
          onSuccess: (answer) => {
            if (answer) onSaved();
          },
        })
      }
    />
  );
}

import { Alert, Anchor, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useConnections, useShops } from '../api/queries.js';
import { Loaded } from '../components/load.js';
import { OperatorOnly } from '../components/operator-only.js';
import { PageHead } from '../components/page-title.js';
import { Section } from '../components/section.js';
import { useSpeech, useText } from '../text/speech.js';
import { ShopCard, Trouble } from './shop-card.js';

const refetchMs = 10_000;

/** Shops with their health, and the contracts that they use. */
export function ShopsPage() {
  const { shopsPage } = useText();
  return (
    <Stack gap="md">
      <PageHead title={shopsPage.title} lead={shopsPage.lead} />
      <OperatorOnly>
        <Shops />
        <Connections />
      </OperatorOnly>
    </Stack>
  );
}

function Add({ to, label }: { to: string; label: string }) {
  return (
    <Button
      component={Link}
      to={to}
      size="compact-sm"
      variant="light"
      leftSection={<IconPlus size={15} aria-hidden />}
    >
      {label}
    </Button>
  );
}

function Shops() {
  const { shopsPage, operators } = useText();
  const shops = useShops(refetchMs);
  return (
    <Section
      title={shopsPage.shops}
      aside={
        <Group gap="xs">
          <Add to="/onboarding" label={operators.onboarding.nav} />
          <Add to="/shops/new" label={shopsPage.addShop} />
        </Group>
      }
    >
      <Loaded query={shops} rows={3}>
        {(data) =>
          data.length === 0 ? (
            <Alert variant="outline" color="gray">
              {shopsPage.noShops}
            </Alert>
          ) : (
            <div className="card-grid">
              {data.map((shop) => (
                <ShopCard key={shop.id} shop={shop} />
              ))}
            </div>
          )
        }
      </Loaded>
    </Section>
  );
}

function Connections() {
  const { text, language } = useSpeech();
  const { shopsPage } = text;
  const connections = useConnections(refetchMs);
  return (
    <Section
      title={shopsPage.connections}
      aside={<Add to="/connections/new" label={shopsPage.addConnection} />}
    >
      <Loaded query={connections} rows={2}>
        {(data) =>
          data.length === 0 ? (
            <Alert variant="outline" color="gray">
              {shopsPage.noConnections}
            </Alert>
          ) : (
            <div className="card-grid">
              {data.map((connection) => (
                <Paper key={connection.id} withBorder p="sm">
                  <Anchor component={Link} to={`/connections/${encodeURIComponent(connection.id)}`} fw={600}>
                    {connection.name}
                  </Anchor>
                  <Text size="sm">{connection.gatewayLabel[language]}</Text>
                  <Trouble trouble={connection.trouble} />
                </Paper>
              ))}
            </div>
          )
        }
      </Loaded>
    </Section>
  );
}

import type { ConnectionView } from '@np-hub/model';
import { Group, Stack, Table, Text } from '@mantine/core';
import { useWaitingNotices } from '../../api/gateways.js';
import { Copy } from '../../components/copy.js';
import { Loaded } from '../../components/load.js';
import { Moment } from '../../components/moment.js';
import { Section } from '../../components/section.js';
import { Wide } from '../../components/wide.js';
import { useText } from '../../text/speech.js';

/** Where a gateway sends its notices, and those that belong to no transaction that is known. */
export function GatewayCalls({ connection }: { connection: ConnectionView }) {
  const { calls } = useText().gateways;
  const waiting = useWaitingNotices(connection.id);
  return (
    <Section title={calls.title}>
      <Stack gap="sm">
        <Text size="sm">{calls.lead}</Text>
        {connection.notificationUrl === null ? (
          <Text size="sm" className="run-error">
            {calls.noAddress}
          </Text>
        ) : (
          <Group gap="xs">
            <span className="mono value-text">{connection.notificationUrl}</span>
            <Copy value={connection.notificationUrl} of={calls.address} />
          </Group>
        )}
        <Loaded query={waiting} rows={1}>
          {(data) =>
            data.length === 0 ? (
              <Text size="sm" c="dimmed">
                {calls.noneWaiting}
              </Text>
            ) : (
              <Wide label={calls.waiting}>
                <Table>
                  <Table.Thead>
                    <Table.Tr>
                      <Table.Th>{calls.about}</Table.Th>
                      <Table.Th>{calls.ids}</Table.Th>
                      <Table.Th>{calls.received}</Table.Th>
                    </Table.Tr>
                  </Table.Thead>
                  <Table.Tbody>
                    {data.map((notice) => (
                      <Table.Tr key={`${notice.about} ${notice.ids.join('/')} ${notice.receivedAt}`}>
                        <Table.Td>{calls.kinds[notice.about]}</Table.Td>
                        <Table.Td>
                          <Group gap="xs">
                            <span className="mono">{notice.ids.join('/')}</span>
                            <Copy value={notice.ids.join('/')} of={calls.ids} />
                          </Group>
                        </Table.Td>
                        <Table.Td>
                          <Moment at={notice.receivedAt} exact />
                        </Table.Td>
                      </Table.Tr>
                    ))}
                  </Table.Tbody>
                </Table>
              </Wide>
            )
          }
        </Loaded>
      </Stack>
    </Section>
  );
}

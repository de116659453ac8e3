import { Table, Text } from '@mantine/core';
import { Link } from 'react-router';
import { useOpenForms } from '../../api/gateways.js';
import { Loaded } from '../../components/load.js';
import { Moment } from '../../components/moment.js';
import { Section } from '../../components/section.js';
import { Wide } from '../../components/wide.js';
import { formatYen } from '../../format.js';
import { useSpeech } from '../../text/speech.js';

/** Forms of the link type that buyers have, and of which no result has been told. */
export function OpenForms({ connectionId }: { connectionId: string }) {
  const { text, language } = useSpeech();
  const { forms } = text.gateways;
  const open = useOpenForms(connectionId);
  return (
    <Section title={forms.title}>
      <Text size="sm" mb="xs">
        {forms.lead}
      </Text>
      <Loaded query={open} rows={1}>
        {(data) =>
          data.length === 0 ? (
            <Text size="sm" c="dimmed">
              {forms.none}
            </Text>
          ) : (
            <Wide label={forms.title}>
              <Table>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>{forms.order}</Table.Th>
                    <Table.Th>{forms.number}</Table.Th>
                    <Table.Th>{forms.amount}</Table.Th>
                    <Table.Th>{forms.made}</Table.Th>
                    <Table.Th>{forms.ends}</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {data.map((form) => (
                    <Table.Tr key={form.shopTransactionId}>
                      <Table.Td>
                        <Link
                          to={`/transactions/${encodeURIComponent(form.shopId)}/${encodeURIComponent(form.transactionId)}`}
                        >
                          {form.orderNumber}
                        </Link>
                      </Table.Td>
                      <Table.Td className="mono">{form.shopTransactionId}</Table.Td>
                      <Table.Td>{formatYen(form.billedYen, language)}</Table.Td>
                      <Table.Td>
                        <Moment at={form.madeAt} exact />
                      </Table.Td>
                      <Table.Td>
                        <Moment at={form.endsAt} exact />
                      </Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Wide>
          )
        }
      </Loaded>
    </Section>
  );
}

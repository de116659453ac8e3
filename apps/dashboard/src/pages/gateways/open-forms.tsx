import { Text } from '@mantine/core';
import { useOpenForms } from '../../api/gateways.js';
import { Loaded } from '../../components/load.js';
import { Moment } from '../../components/moment.js';
import { OrderLink } from '../../components/order-link.js';
import { Section } from '../../components/section.js';
import { StackTable } from '../../components/stack-table.js';
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
            <StackTable
              label={forms.title}
              columns={[
                { key: 'order', head: forms.order },
                { key: 'number', head: forms.number },
                { key: 'amount', head: forms.amount, number: true },
                { key: 'made', head: forms.made },
                { key: 'ends', head: forms.ends },
              ]}
              rows={data.map((form) => ({
                key: form.shopTransactionId,
                cells: {
                  order: <OrderLink row={{ ...form, id: form.transactionId }} />,
                  number: <span className="mono">{form.shopTransactionId}</span>,
                  amount: formatYen(form.billedYen, language),
                  made: <Moment at={form.madeAt} exact />,
                  ends: <Moment at={form.endsAt} exact />,
                },
              }))}
            />
          )
        }
      </Loaded>
    </Section>
  );
}

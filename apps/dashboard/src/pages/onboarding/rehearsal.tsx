import { Alert, Group, Stack, Table, Text, Title } from '@mantine/core';
import {
  describeProblem,
  type Rehearsal,
  type RehearsedOrder,
  type SideCheck,
  type State,
} from '@np-hub/model';
import { ActorTag, StateTag, Tag } from '../../components/tag.js';
import { Wide } from '../../components/wide.js';
import { formatYen } from '../../format.js';
import { useSpeech } from '../../text/speech.js';
import { wordOr } from '../../words.js';

/** How both sides answered, how the cart's words are read, and what would become of each order. */
export function RehearsalResult({ rehearsal }: { rehearsal: Rehearsal }) {
  const { text } = useSpeech();
  const words = text.operators.onboarding;
  const { cart, gateway, pulls, orders, more } = rehearsal;
  return (
    <Stack gap="md">
      <Group gap="sm" align="stretch" grow>
        {cart.ok && !pulls ? (
          <Alert
            variant="outline"
            color="gray"
            title={`${words.cartSide}${text.common.colon}${words.noCheck}`}
          />
        ) : (
          <Side title={words.cartSide} check={cart} />
        )}
        <Side title={words.gatewaySide} check={gateway} />
      </Group>
      {!pulls && (
        <Alert variant="outline" color="gray">
          {words.noPull}
        </Alert>
      )}
      {pulls && cart.ok && (
        <div>
          <Title order={3} size="h5">
            {words.ordersTitle}
          </Title>
          <Text size="sm">
            {orders.length === 0 ? words.noOrders : words.ordersLead(orders.length, more)}
          </Text>
          {orders.length > 0 && <Orders orders={orders} />}
        </div>
      )}
      {rehearsal.words.length > 0 && <Words rehearsal={rehearsal} />}
      <Outgoing rehearsal={rehearsal} />
    </Stack>
  );
}

function Side({ title, check }: { title: string; check: SideCheck }) {
  const { text, language } = useSpeech();
  const { onboarding } = text.operators;
  return (
    <Alert
      variant="outline"
      color={check.ok ? 'green' : 'red'}
      title={`${title}${text.common.colon}${check.ok ? onboarding.sideOk : onboarding.sideFailed}`}
    >
      {check.message[language]}
    </Alert>
  );
}

function Orders({ orders }: { orders: readonly RehearsedOrder[] }) {
  const { text, language } = useSpeech();
  const words = text.operators.onboarding;
  return (
    <Wide label={words.ordersTitle}>
      <Table verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words.order}</Table.Th>
            <Table.Th ta="right">{words.amount}</Table.Th>
            <Table.Th>{words.result}</Table.Th>
            <Table.Th>{words.detail}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {orders.map((order) => (
            <Table.Tr key={order.orderNumber}>
              <Table.Td className="mono">{order.orderNumber}</Table.Td>
              <Table.Td className="number">
                {order.billedYen === null ? '–' : formatYen(order.billedYen, language)}
              </Table.Td>
              <Table.Td>
                <Result order={order} />
              </Table.Td>
              <Table.Td>
                {[
                  ...order.problems.map((problem) => describeProblem(problem, language).message),
                  ...order.unread.map((told) => told[language]),
                ].join(text.common.listComma) || '–'}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Wide>
  );
}

function Result({ order }: { order: RehearsedOrder }) {
  const words = useSpeech().text.operators.onboarding;
  if (order.outcome !== 'taken' || !order.state)
    return (
      <Tag tone={order.outcome === 'unreadable' ? 'bad' : 'ended'}>
        {wordOr(words.outcomes, order.outcome)}
      </Tag>
    );
  return (
    <Group gap={6}>
      <StateTag state={order.state} />
      {order.actor && order.actor !== 'none' && <ActorTag actor={order.actor} />}
      <span className="quiet">{order.operation === null ? words.would.none : words.would.register}</span>
    </Group>
  );
}

function Words({ rehearsal }: { rehearsal: Rehearsal }) {
  const { text } = useSpeech();
  const words = text.operators.onboarding;
  return (
    <div>
      <Title order={3} size="h5">
        {words.wordsTitle}
      </Title>
      <Text size="sm">{words.wordsLead}</Text>
      <Wide label={words.wordsTitle}>
        <Table verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{text.wordsPage.axis}</Table.Th>
              <Table.Th>{words.word}</Table.Th>
              <Table.Th>{words.meaning}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rehearsal.words.map(({ axis, raw, value, orders }) => (
              <Table.Tr key={`${axis}:${raw}`}>
                <Table.Td>{text.wordsPage.axes[axis]}</Table.Td>
                <Table.Td>
                  {raw} <span className="quiet">{text.wordsPage.orders(orders)}</span>
                </Table.Td>
                <Table.Td>
                  {value === null ? (
                    <Tag tone="attention">{words.unmapped}</Tag>
                  ) : (
                    wordOr(words.meanings, value)
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Wide>
    </div>
  );
}

/** Those that people at the cart look for. */
const shownKeys: readonly State[] = [
  'received',
  'reviewing',
  'approved',
  'held',
  'rejected',
  'blocked',
  'reported',
  'cancelled',
];

function Outgoing({ rehearsal }: { rehearsal: Rehearsal }) {
  const { text } = useSpeech();
  const words = text.operators.onboarding;
  const wordOf = new Map(rehearsal.outgoing.map(({ key, word }) => [key, word]));
  return (
    <details>
      <summary>{words.outgoingTitle}</summary>
      <dl className="pairs">
        {shownKeys.map((key) => (
          <div className="pair" key={key}>
            <dt>{text.states[key].label}</dt>
            <dd>{wordOf.get(key) ?? words.nothingSent}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

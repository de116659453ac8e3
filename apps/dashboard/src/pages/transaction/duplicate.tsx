import { Anchor, Button, Group, Stack, Table, Text } from '@mantine/core';
import type { DuplicateView, LookalikeView, TransactionView } from '@np-hub/model';
import { useState } from 'react';
import { Link } from 'react-router';
import { Section } from '../../components/section.js';
import { StateTag } from '../../components/tag.js';
import { Wide } from '../../components/wide.js';
import { formatMoment, formatYen } from '../../format.js';
import { useSpeech } from '../../text/speech.js';
import { ActionDialog } from './action-dialog.js';

/** An order that looks like another one: both side by side, and what to say about it. */
export function Duplicate({ view }: { view: TransactionView }) {
  const { text } = useSpeech();
  const words = text.doubts.duplicate;
  const { duplicate } = view;
  if (duplicate === null) return null;
  return (
    <Section title={words.title[duplicate.why]}>
      <Stack gap="sm">
        <Text size="sm">{leadOf(duplicate, words)}</Text>
        {duplicate.others.length > 0 && <Orders view={view} others={duplicate.others} />}
        {duplicate.others.length === 0 && duplicate.hidden === 0 && <Text size="sm">{words.none}</Text>}
        {duplicate.hidden > 0 && <Text size="sm">{words.hidden(duplicate.hidden)}</Text>}
        {duplicate.waits && <Answers view={view} />}
      </Stack>
    </Section>
  );
}

function leadOf(
  { why, waits, genuine }: DuplicateView,
  words: { lead: Record<DuplicateView['why'], string>; warned: string; answered: string },
): string {
  if (why === 'held-by-np' || waits) return words.lead[why];
  return genuine ? words.answered : words.warned;
}

function Orders({ view, others }: { view: TransactionView; others: readonly LookalikeView[] }) {
  const { text } = useSpeech();
  const words = text.doubts.duplicate;
  const own: LookalikeView = {
    ...view,
    goods: (view.payload?.goods ?? []).map(({ name, quantity }) => `${name} × ${quantity}`).slice(0, 5),
  };
  return (
    <Wide label={words.table}>
      <Table verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words.columns.order}</Table.Th>
            <Table.Th>{words.columns.orderedAt}</Table.Th>
            <Table.Th>{words.columns.buyer}</Table.Th>
            <Table.Th ta="right">{words.columns.amount}</Table.Th>
            <Table.Th>{words.columns.goods}</Table.Th>
            <Table.Th>{words.columns.state}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {[own, ...others].map((order) => (
            <Order key={order.id} order={order} isOwn={order === own} />
          ))}
        </Table.Tbody>
      </Table>
    </Wide>
  );
}

function Order({ order, isOwn }: { order: LookalikeView; isOwn: boolean }) {
  const { text, language } = useSpeech();
  return (
    <Table.Tr>
      <Table.Td>
        {isOwn ? (
          <strong>{text.doubts.duplicate.this}</strong>
        ) : (
          <Anchor
            component={Link}
            size="sm"
            to={`/transactions/${encodeURIComponent(order.shopId)}/${encodeURIComponent(order.id)}`}
          >
            {order.orderNumber}
          </Anchor>
        )}
        <span className="cell-small"> {order.shopName}</span>
      </Table.Td>
      <Table.Td>{formatMoment(order.orderedAt, language)}</Table.Td>
      <Table.Td>{order.buyerName}</Table.Td>
      <Table.Td className="number">{formatYen(order.billedYen, language)}</Table.Td>
      <Table.Td>
        {order.goods.map((goods, index) => (
          <div key={`${index} ${goods}`}>{goods}</div>
        ))}
      </Table.Td>
      <Table.Td>
        <StateTag state={order.state} />
      </Table.Td>
    </Table.Tr>
  );
}

/** Either way the whole consequence is shown before anything is done. */
function Answers({ view }: { view: TransactionView }) {
  const words = useSpeech().text.doubts.duplicate;
  const [asked, setAsked] = useState<'confirm-repeat' | 'cancel' | null>(null);
  const labels = { 'confirm-repeat': words.genuine, cancel: words.cancel };
  if (!view.actions.includes('confirm-repeat')) return null;
  return (
    <>
      <Group gap="xs">
        <Button onClick={() => setAsked('confirm-repeat')}>{words.genuine}</Button>
        <Button variant="outline" color="red" onClick={() => setAsked('cancel')}>
          {words.cancel}
        </Button>
      </Group>
      <Text size="sm" className="quiet">
        {words.cancelHelp}
      </Text>
      {asked !== null && (
        <ActionDialog
          view={view}
          action={asked}
          label={labels[asked]}
          danger={asked === 'cancel'}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  );
}

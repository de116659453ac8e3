import { Text, Title } from '@mantine/core';
import { carriers, type NpPayload, type OrderLine, type Party, type TransactionView } from '@np-hub/model';
import { Moment } from '../../components/moment.js';
import { Pair, Section } from '../../components/section.js';
import { formatYen } from '../../format.js';
import { StackTable } from '../../components/stack-table.js';
import { useSpeech } from '../../text/speech.js';
import { fieldLabel } from '../../words.js';
import { payloadPathOf, settlementText } from './fields.js';

const partyKeys = [
  'name',
  'kana',
  'company',
  'department',
  'postalCode',
  'address',
  'phone',
  'email',
] as const;

/** What NP is to have, with the corrections and the parcels; masked as the API masks it. */
export function Content({ view }: { view: TransactionView }) {
  const { text } = useSpeech();
  const { content, settlement } = text.detail;
  const { payload } = view;
  return (
    <Section title={content.title}>
      {payload ? (
        <>
          <Text size="sm" mb="xs">
            {settlement[payload.settlementType]}
          </Text>
          <PartyTable title={content.buyer} party={payload.customer} />
          <Destination payload={payload} />
          <Goods lines={payload.goods} />
        </>
      ) : (
        <Text size="sm">{content.erased}</Text>
      )}
      <Parcels view={view} />
      {view.corrections.length > 0 && <Corrections view={view} />}
    </Section>
  );
}

function PartyTable({ title, party }: { title: string; party: Party }) {
  const { language } = useSpeech();
  return (
    <>
      <Title order={3} size="h6" mt="sm">
        {title}
      </Title>
      <dl className="pairs">
        {partyKeys.map((key) =>
          party[key] ? (
            <Pair
              key={key}
              label={fieldLabel(`destination.${key}`, language).replace(/^(お届け先の|Destination's )/u, '')}
            >
              <span className="value-text">{party[key]}</span>
            </Pair>
          ) : null,
        )}
      </dl>
    </>
  );
}

function Destination({ payload }: { payload: NpPayload }) {
  const { content } = useSpeech().text.detail;
  if (payload.destination) return <PartyTable title={content.destination} party={payload.destination} />;
  return (
    <>
      <Title order={3} size="h6" mt="sm">
        {content.destination}
      </Title>
      <Text size="sm">{content.sameAsBuyer}</Text>
    </>
  );
}

function Goods({ lines }: { lines: readonly OrderLine[] }) {
  const { text, language } = useSpeech();
  const { content } = text.detail;
  const total = lines.reduce((sum, line) => sum + line.unitPriceYen * line.quantity, 0);
  return (
    <>
      <Title order={3} size="h6" mt="sm">
        {content.goods}
      </Title>
      <StackTable
        label={content.goods}
        columns={[
          { key: 'name', head: content.goodsName },
          { key: 'price', head: content.unitPrice, number: true },
          { key: 'quantity', head: content.quantity, number: true },
          { key: 'subtotal', head: content.subtotal, number: true },
        ]}
        rows={[
          ...lines.map((line, index) => ({
            key: `${index} ${line.name}`,
            cells: {
              name: line.name,
              price: formatYen(line.unitPriceYen, language),
              quantity: line.quantity,
              subtotal: formatYen(line.unitPriceYen * line.quantity, language),
            },
          })),
          {
            key: 'total',
            cells: {
              name: <strong>{content.total}</strong>,
              price: null,
              quantity: null,
              subtotal: <strong>{formatYen(total, language)}</strong>,
            },
          },
        ]}
      />
    </>
  );
}

/** The carrier's own name where the API gives our word for it; the cart's word otherwise. */
function carrierName(carrier: string): string {
  const known: Readonly<Record<string, { readonly name: string }>> = carriers;
  return known[carrier]?.name ?? carrier;
}

function Parcels({ view }: { view: TransactionView }) {
  const { content } = useSpeech().text.detail;
  return (
    <>
      <Title order={3} size="h6" mt="sm">
        {content.parcels}
      </Title>
      {view.parcels.length === 0 && <Text size="sm">{content.noParcels}</Text>}
      {view.parcels.map((parcel, index) => (
        <dl key={`${index} ${parcel.slipNumber}`} className="pairs">
          <Pair label={content.carrier}>{carrierName(parcel.carrier) || '–'}</Pair>
          <Pair label={content.slip}>
            <span className="mono">{parcel.slipNumber || '–'}</span>
          </Pair>
          <Pair label={content.shippedAt}>
            {parcel.shippedAt ? <Moment at={parcel.shippedAt} exact /> : content.notShipped}
          </Pair>
        </dl>
      ))}
    </>
  );
}

function Corrections({ view }: { view: TransactionView }) {
  const { text, language } = useSpeech();
  const { content, correct } = text.detail;
  return (
    <>
      <Title order={3} size="h6" mt="sm">
        {content.corrections}
      </Title>
      <dl className="pairs">
        {view.corrections.map(({ path, value, replaced }) => (
          <Pair key={path} label={fieldLabel(payloadPathOf(path), language)}>
            <span className="value-text">
              {path === 'settlementType' ? settlementText(value, text) : carrierName(value)}
            </span>{' '}
            {path !== 'settlementType' && <span className="quiet">{correct.original(replaced || '–')}</span>}
          </Pair>
        ))}
      </dl>
    </>
  );
}

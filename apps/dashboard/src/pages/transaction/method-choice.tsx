import { Radio, Text } from '@mantine/core';
import type { PaymentChange } from '@np-hub/model';
import { StackTable } from '../../components/stack-table.js';
import { formatYen } from '../../format.js';
import { useSpeech } from '../../text/speech.js';

type Offer = PaymentChange['offers'][number];

interface Props {
  readonly change: PaymentChange;
  /** Undefined: only to be looked at. */
  readonly chosen: string | null | undefined;
  readonly onChoose: (name: string) => void;
}

/** Each of the shop's methods with its sum, or why it is not possible. */
export function MethodChoice({ change, chosen, onChoose }: Props) {
  const { text, language } = useSpeech();
  const { payment } = text.desk;
  const yen = (amount: number | null, sign = '') =>
    amount === null ? '–' : `${amount === 0 ? '' : sign}${formatYen(amount, language)}`;
  const columns = [
    { key: 'name', head: payment.columns.name },
    { key: 'now', head: payment.columns.now, number: true },
    { key: 'npFee', head: payment.columns.npFee, number: true },
    { key: 'fee', head: payment.columns.fee, number: true },
    { key: 'total', head: payment.columns.total, number: true },
  ] as const;
  return (
    <StackTable
      label={payment.table}
      columns={columns}
      rows={change.offers.map((offer) => ({
        key: offer.name,
        cells: {
          name: <Name offer={offer} chosen={chosen} onChoose={onChoose} />,
          now: yen(change.totalYen),
          npFee: yen(change.feeYen, '−'),
          fee: yen(offer.feeYen, '＋'),
          total: offer.obstacle === null ? <strong>{yen(offer.totalYen)}</strong> : yen(offer.totalYen),
        },
      }))}
    />
  );
}

function Name({ offer, chosen, onChoose }: { offer: Offer } & Pick<Props, 'chosen' | 'onChoose'>) {
  const { text, language } = useSpeech();
  const { payment } = text.desk;
  const limit = offer.limitYen === null ? '' : formatYen(offer.limitYen, language);
  if (offer.obstacle !== null) {
    const reason =
      offer.obstacle === 'over-limit' ? payment.overLimit(limit) : payment.obstacles[offer.obstacle];
    return (
      <>
        {offer.name}
        <Text size="sm" c="dimmed">
          {payment.impossible}
          {text.common.colon}
          {reason}
        </Text>
      </>
    );
  }
  const under = limit === '' ? null : payment.limit(limit);
  if (chosen === undefined) {
    return (
      <>
        {offer.name}
        {under !== null && (
          <Text size="sm" c="dimmed">
            {under}
          </Text>
        )}
      </>
    );
  }
  return (
    <Radio
      name="other-method"
      label={offer.name}
      description={under}
      aria-label={payment.choose(offer.name)}
      checked={chosen === offer.name}
      onChange={() => onChoose(offer.name)}
    />
  );
}

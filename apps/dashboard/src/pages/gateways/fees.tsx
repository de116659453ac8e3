import { Text } from '@mantine/core';
import type { TransactionView } from '@np-hub/model';
import { Pair, Section } from '../../components/section.js';
import { formatYen } from '../../format.js';
import { useSpeech } from '../../text/speech.js';

/** What the gateway is expected to charge, where that is known beforehand. */
export function Fees({ view: { expectedFees } }: { view: TransactionView }) {
  const { text, language } = useSpeech();
  const { fees } = text.gateways;
  if (expectedFees === null) return null;
  const { transactionYen, reissueYen, surcharge } = expectedFees;
  const yen = (amount: number): string => formatYen(amount, language);
  return (
    <Section title={fees.title}>
      <dl className="pairs" data-testid="expected-fees">
        <Pair label={fees.transaction}>{fees.withoutTax(yen(transactionYen))}</Pair>
        <Pair label={fees.reissue}>{reissueYen === 0 ? fees.free : yen(reissueYen)}</Pair>
        {surcharge && (
          <Pair label={fees.surcharge}>
            {fees.range(yen(surcharge.convenienceStoreYen), yen(surcharge.japanPostYen))}
          </Pair>
        )}
      </dl>
      <Text size="sm" c="dimmed" mt="xs">
        {fees.note}
      </Text>
    </Section>
  );
}

import { Button, Group, NumberInput, Stack, Text } from '@mantine/core';
import type { ContractFees } from '@np-hub/model';
import { useState } from 'react';
import { useContractFees, useSetFees } from '../../api/settlements.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { LoadFailed, PageSkeleton } from '../../components/load.js';
import { Section } from '../../components/section.js';
import { useText } from '../../text/speech.js';

/** What each contract charges, as an operator reads it there. */
export function FeesSection() {
  const words = useText().settlements.fees;
  const fees = useContractFees();
  return (
    <Section title={words.title}>
      <Stack gap="sm">
        <Text size="sm">{words.lead}</Text>
        {fees.isPending && <PageSkeleton rows={1} />}
        {fees.isError && <LoadFailed error={fees.error} onAgain={() => void fees.refetch()} />}
        {fees.data?.map((each) => (
          <Contract key={each.connectionId} fees={each} />
        ))}
      </Stack>
    </Section>
  );
}

function Contract({ fees }: { fees: ContractFees }) {
  const words = useText().settlements.fees;
  const set = useSetFees();
  const [rate, setRate] = useState<number | string>((fees.rateBasisPoints ?? 0) / 100);
  const [per, setPer] = useState<number | string>(fees.perTransactionYen ?? 0);
  const [tax, setTax] = useState<number | string>(fees.taxPercent ?? 10);
  const isWhole = rate !== '' && per !== '' && tax !== '';
  return (
    <div>
      <Text size="sm">
        <strong>{fees.name}</strong> <span className="quiet">{words.sources[fees.source]}</span>
      </Text>
      <Group align="flex-end">
        <NumberInput
          label={words.rate}
          value={rate}
          onChange={setRate}
          min={0}
          max={100}
          decimalScale={2}
          w={120}
        />
        <NumberInput
          label={words.per}
          value={per}
          onChange={setPer}
          min={0}
          max={100_000}
          decimalScale={0}
          w={220}
        />
        <NumberInput
          label={words.tax}
          value={tax}
          onChange={setTax}
          min={0}
          max={100}
          decimalScale={0}
          w={120}
        />
        <Button
          variant="default"
          loading={set.isPending}
          disabled={!isWhole}
          onClick={() =>
            set.mutate({
              connectionId: fees.connectionId,
              fees: {
                rateBasisPoints: Math.round(Number(rate) * 100),
                perTransactionYen: Number(per),
                taxPercent: Number(tax),
              },
            })
          }
        >
          {words.save}
        </Button>
        {set.isSuccess && (
          <Text size="sm" role="status">
            {words.saved}
          </Text>
        )}
      </Group>
      {set.isError && <ErrorNotice error={set.error} title={words.failed} />}
    </div>
  );
}

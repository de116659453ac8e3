import { Button, Group, Stack, Text } from '@mantine/core';
import type { ContractFees } from '@np-hub/model';
import { useRef, useState } from 'react';
import { useContractFees, useSetFees } from '../../api/settlements.js';
import { wholeWithin, type Amount } from '../../components/amount.js';
import { ErrorNotice } from '../../components/error-notice.js';
import { LoadFailed, PageSkeleton } from '../../components/load.js';
import { showMistake } from '../../components/mistake.js';
import { NumberField } from '../../components/number-field.js';
import { Section } from '../../components/section.js';
import { useText } from '../../text/speech.js';

const limits = {
  rate: { min: 0, max: 100, places: 2 },
  per: wholeWithin(0, 100_000),
  tax: wholeWithin(0, 100),
};
const widths = [
  ['rate', 120],
  ['per', 220],
  ['tax', 120],
] as const;

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
  const { numbers, settlements } = useText();
  const words = settlements.fees;
  const set = useSetFees();
  const [entered, setEntered] = useState<Readonly<Record<keyof typeof limits, Amount>>>({
    rate: (fees.rateBasisPoints ?? 0) / 100,
    per: fees.perTransactionYen ?? 0,
    tax: fees.taxPercent ?? 10,
  });
  const body = useRef<HTMLDivElement>(null);
  const save = () => {
    const { rate, per, tax } = entered;
    if (typeof rate !== 'number' || typeof per !== 'number' || typeof tax !== 'number')
      return showMistake(body.current);
    set.mutate({
      connectionId: fees.connectionId,
      fees: {
        rateBasisPoints: Math.round(rate * 100),
        perTransactionYen: per,
        taxPercent: tax,
      },
    });
  };
  return (
    <div ref={body}>
      <Text size="sm">
        <strong>{fees.name}</strong> <span className="quiet">{words.sources[fees.source]}</span>
      </Text>
      <Group align="flex-end">
        {widths.map(([name, width]) => (
          <NumberField
            key={name}
            w={width}
            label={words[name]}
            value={entered[name]}
            limits={limits[name]}
            error={entered[name] === '' ? numbers.within(limits[name]) : null}
            onChange={(value) => setEntered({ ...entered, [name]: value })}
          />
        ))}
        <Button variant="default" mt="1.55rem" loading={set.isPending} onClick={save}>
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

import { Button, Group, Stack, Text } from '@mantine/core';
import { AddButton } from '../../components/add-button.js';
import { useText } from '../../text/speech.js';
import { wholeWithin, type Amount } from '../../components/amount.js';
import { NumberField } from '../../components/number-field.js';
import { isPlan, planFaults, type EnteredPaymentBand } from './policy-form.js';

const mostBands = 12;

interface Props {
  readonly plan: readonly EnteredPaymentBand[];
  readonly tried: boolean;
  readonly onChange: (plan: readonly EnteredPaymentBand[]) => void;
}

/** How often NP is asked for the buyer's payment, by the days since the shipment report; the last line has no end. */
export function PaymentPlanFields({ plan, tried, onChange }: Props) {
  const { payments } = useText().policies;
  const set = (at: number, band: Partial<EnteredPaymentBand>) =>
    onChange(plan.map((one, index) => (index === at ? { ...one, ...band } : one)));
  const faults = planFaults(plan);
  const add = () => onChange([...plan.slice(0, -1), { untilDays: '', everyHours: '' }, ...plan.slice(-1)]);
  return (
    <Stack gap="xs" role="group" aria-label={payments.title}>
      <Text size="sm" c="dimmed">
        {payments.help}
      </Text>
      {plan.map((band, index) => (
        <Group key={index} gap="xs" align="flex-start">
          {band.untilDays === null ? (
            <Text size="sm" lh="30px">
              {payments.after}
            </Text>
          ) : (
            <Figure
              label={payments.daysOf(index + 1)}
              value={band.untilDays}
              most={3_650}
              unit={payments.days}
              error={tried && faults[index] === 'days'}
              onChange={(untilDays) => set(index, { untilDays })}
            />
          )}
          <Figure
            label={payments.hoursOf(index + 1)}
            value={band.everyHours}
            most={2_160}
            unit={payments.hours}
            error={tried && faults[index] === 'hours'}
            onChange={(everyHours) => set(index, { everyHours })}
          />
          {band.untilDays !== null && (
            <Button
              size="xs"
              variant="default"
              aria-label={payments.removeOf(index + 1)}
              onClick={() => onChange(plan.filter((_, at) => at !== index))}
            >
              {payments.remove}
            </Button>
          )}
        </Group>
      ))}
      <Group>
        <AddButton label={payments.add} disabled={plan.length >= mostBands} onClick={add} />
      </Group>
      {tried && !isPlan(plan) && (
        <Text size="sm" className="run-error" role="alert">
          {payments.fault}
        </Text>
      )}
    </Stack>
  );
}

function Figure(props: {
  readonly label: string;
  readonly value: Amount;
  readonly most: number;
  readonly unit: string;
  readonly error: boolean;
  readonly onChange: (value: Amount) => void;
}) {
  const { label, value, most, unit, error, onChange } = props;
  return (
    <NumberField
      size="xs"
      w="9rem"
      aria-label={label}
      value={value}
      limits={wholeWithin(1, most)}
      unit={unit}
      error={error}
      onChange={onChange}
    />
  );
}

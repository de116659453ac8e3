import { Button, Group, Stack, Text } from '@mantine/core';
import { AddButton } from '../../components/add-button.js';
import { useErrorAt } from '../../components/field-errors.js';
import { YenInput } from '../../components/yen-input.js';
import { useText } from '../../text/speech.js';
import { bandFaults, type EnteredBand } from './policy-form.js';

const mostBands = 20;
const parts = ['fromYen', 'toYen', 'feeYen'] as const;

export const emptyBand: EnteredBand = { fromYen: '', toYen: '', feeYen: '' };

interface Props {
  readonly label: string;
  readonly help: string;
  /** Where they stand in what the API is sent. */
  readonly path: string;
  readonly bands: readonly EnteredBand[];
  readonly tried: boolean;
  readonly onBands: (bands: readonly EnteredBand[]) => void;
}

/** A fee for each band of amounts; `円〜円の注文を 円にする`. */
export function FeeBands({ label, help, path, bands, tried, onBands }: Props) {
  const { fees } = useText().policies;
  const faults = bandFaults(bands);
  return (
    <div role="group" aria-label={label}>
      <Text size="sm" c="dimmed" mb={6}>
        {help}
      </Text>
      <Stack gap="xs">
        {bands.map((band, index) => (
          <BandRow
            key={index}
            number={index + 1}
            path={`${path}[${index}]`}
            band={band}
            fault={tried || faults[index] !== 'incomplete' ? (faults[index] ?? null) : null}
            onChange={(next) => onBands(bands.map((one, at) => (at === index ? next : one)))}
            onRemove={() => onBands(bands.filter((_, at) => at !== index))}
          />
        ))}
        <Group>
          <AddButton
            label={fees.add}
            disabled={bands.length >= mostBands}
            onClick={() => onBands([...bands, emptyBand])}
          />
        </Group>
      </Stack>
    </div>
  );
}

interface RowProps {
  readonly number: number;
  readonly path: string;
  readonly band: EnteredBand;
  readonly fault: ReturnType<typeof bandFaults>[number];
  readonly onChange: (band: EnteredBand) => void;
  readonly onRemove: () => void;
}

function BandRow({ number, path, band, fault, onChange, onRemove }: RowProps) {
  const { fees } = useText().policies;
  const errorAt = useErrorAt();
  return (
    <div>
      <div className="fee-band">
        {parts.map((part) => (
          <span key={part} className="fee-part">
            <YenInput
              size="xs"
              aria-label={fees.partOf(number, fees.parts[part])}
              value={band[part]}
              error={
                (fault !== null && (fault !== 'incomplete' || typeof band[part] !== 'number')) ||
                errorAt(`${path}.${part}`)
              }
              onChange={(value) => onChange({ ...band, [part]: value })}
            />
            <Text size="sm" lh="30px" component="span">
              {fees.after[part]}
            </Text>
          </span>
        ))}
        <Button size="xs" variant="default" aria-label={fees.removeOf(number)} onClick={onRemove}>
          {fees.remove}
        </Button>
      </div>
      {fault !== null && (
        <Text size="sm" className="run-error" role="alert">
          {fees.faults[fault]}
        </Text>
      )}
    </div>
  );
}

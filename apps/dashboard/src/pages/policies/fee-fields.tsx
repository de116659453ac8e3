import { Button, Group, NumberInput, Radio, Stack, Text } from '@mantine/core';
import type { ShopPolicies } from '@np-hub/model';
import { AddButton } from '../../components/add-button.js';
import { useText } from '../../text/speech.js';
import { bandFaults, type Amount, type EnteredBand } from './policy-form.js';

const modes: readonly ShopPolicies['feeMode'][] = ['keep', 'replace', 'add'];
const mostBands = 20;
const largestYen = 9_999_999;
const emptyBand: EnteredBand = { fromYen: '', toYen: '', feeYen: '' };
const parts = ['fromYen', 'toYen', 'feeYen'] as const;

interface Props {
  readonly mode: ShopPolicies['feeMode'];
  readonly bands: readonly EnteredBand[];
  readonly tried: boolean;
  readonly onChange: (fees: {
    readonly mode: ShopPolicies['feeMode'];
    readonly bands: readonly EnteredBand[];
  }) => void;
}

/** 手数料設定: leave the amount as it is, or a fee for each band of amounts; `円〜円の注文を 円にする`. */
export function FeeFields({ mode, bands, tried, onChange }: Props) {
  const { fees } = useText().policies;
  const choose = (value: string) => {
    const chosen = modes.find((one) => one === value);
    if (chosen === undefined) return;
    onChange({ mode: chosen, bands: chosen !== 'keep' && bands.length === 0 ? [emptyBand] : bands });
  };
  return (
    <Stack gap="sm">
      <Radio.Group label={fees.mode} description={fees.modeHelp} value={mode} onChange={choose}>
        <Stack gap={6} mt={6}>
          {modes.map((one) => (
            <Radio key={one} value={one} label={fees.modes[one]} description={fees.modesHelp[one]} />
          ))}
        </Stack>
      </Radio.Group>
      {mode !== 'keep' && (
        <Bands bands={bands} tried={tried} onBands={(next) => onChange({ mode, bands: next })} />
      )}
    </Stack>
  );
}

interface BandsProps extends Pick<Props, 'bands' | 'tried'> {
  readonly onBands: (bands: readonly EnteredBand[]) => void;
}

function Bands({ bands, tried, onBands }: BandsProps) {
  const { fees } = useText().policies;
  const faults = bandFaults(bands);
  return (
    <div role="group" aria-label={fees.bands}>
      <Text size="sm" c="dimmed" mb={6}>
        {fees.bandsHelp}
      </Text>
      <Stack gap="xs">
        {bands.map((band, index) => (
          <BandRow
            key={index}
            number={index + 1}
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
  readonly band: EnteredBand;
  readonly fault: ReturnType<typeof bandFaults>[number];
  readonly onChange: (band: EnteredBand) => void;
  readonly onRemove: () => void;
}

function BandRow({ number, band, fault, onChange, onRemove }: RowProps) {
  const { fees } = useText().policies;
  const amountOf = (value: number | string): Amount => (typeof value === 'number' ? value : '');
  return (
    <div>
      <div className="fee-band">
        {parts.map((part) => (
          <span key={part} className="fee-part">
            <NumberInput
              size="xs"
              aria-label={fees.partOf(number, fees.parts[part])}
              value={band[part]}
              min={0}
              max={largestYen}
              allowDecimal={false}
              allowNegative={false}
              thousandSeparator=","
              hideControls
              inputMode="numeric"
              error={fault !== null && (fault !== 'incomplete' || band[part] === '')}
              onChange={(value) => onChange({ ...band, [part]: amountOf(value) })}
            />
            <Text size="sm" component="span">
              {fees.after[part]}
            </Text>
          </span>
        ))}
        <Button size="compact-xs" variant="default" aria-label={fees.removeOf(number)} onClick={onRemove}>
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

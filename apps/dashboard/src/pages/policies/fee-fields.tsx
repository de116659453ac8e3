import { Radio, Stack } from '@mantine/core';
import type { ShopPolicies } from '@np-hub/model';
import { useText } from '../../text/speech.js';
import { emptyBand, FeeBands } from './fee-bands.js';
import type { EnteredBand } from './policy-form.js';

const modes: readonly ShopPolicies['feeMode'][] = ['keep', 'replace', 'add'];

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
        <FeeBands
          label={fees.bands}
          help={fees.bandsHelp}
          path="policies.feeBands"
          bands={bands}
          tried={tried}
          onBands={(next) => onChange({ mode, bands: next })}
        />
      )}
    </Stack>
  );
}

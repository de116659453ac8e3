import { Checkbox, Fieldset, NativeSelect, Stack } from '@mantine/core';
import type { ShopView } from '@np-hub/model';
import type { Policies } from '../api/types.js';
import { useText } from '../text/speech.js';

const ticks = ['emailRequired', 'reregisterAfterLapse', 'contractedCarrier'] as const;

/** The policies of a saved shop; the hub's own careful defaults for a new one. */
export const readPolicies = (saved: ShopView['policies']): Policies => ({
  splitShipments: saved['splitShipments'] === 'first' ? 'first' : 'all',
  contractedCarrier: saved['contractedCarrier'] === true,
  emailRequired: saved['emailRequired'] !== false,
  reregisterAfterLapse: saved['reregisterAfterLapse'] !== false,
});

interface Props {
  readonly policies: Policies;
  readonly onChange: (policies: Policies) => void;
}

/** The policies of a shop as a form, each with what it leads to. */
export function PolicyFields({ policies, onChange }: Props) {
  const { policies: words } = useText().shopsPage;
  return (
    <Fieldset legend={words.title}>
      <Stack gap="md">
        <NativeSelect
          label={words.splitShipments}
          description={words.splitShipmentsHelp}
          value={policies.splitShipments}
          data={[
            { value: 'all', label: words.splitAll },
            { value: 'first', label: words.splitFirst },
          ]}
          onChange={(event) =>
            onChange({ ...policies, splitShipments: event.currentTarget.value === 'first' ? 'first' : 'all' })
          }
        />
        {ticks.map((name) => (
          <Checkbox
            key={name}
            label={words[name]}
            description={words[`${name}Help`]}
            checked={policies[name]}
            onChange={(event) => onChange({ ...policies, [name]: event.currentTarget.checked })}
          />
        ))}
      </Stack>
    </Fieldset>
  );
}

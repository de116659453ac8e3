import { Checkbox, Fieldset, NativeSelect, Stack } from '@mantine/core';
import { useText } from '../../text/speech.js';
import type { EnteredPolicies } from './policy-form.js';
import { PolicySelect } from './policy-select.js';

const hours = Array.from({ length: 24 }, (_, hour) => hour);

/** When the shop is compared with NP and its cart, and what is repaired by itself. */
export function ReconciliationFields({
  policies,
  onChange,
}: {
  readonly policies: EnteredPolicies;
  readonly onChange: (policies: EnteredPolicies) => void;
}) {
  const words = useText().reconciliation.policies;
  return (
    <Fieldset legend={words.title}>
      <Stack gap="md">
        <Checkbox
          label={words.nightly}
          description={words.nightlyHelp}
          checked={policies.reconcileNightly}
          onChange={(event) => onChange({ ...policies, reconcileNightly: event.currentTarget.checked })}
        />
        {policies.reconcileNightly && (
          <NativeSelect
            label={words.hour}
            description={words.hourHelp}
            value={String(policies.reconcileHour)}
            data={hours.map((hour) => ({ value: String(hour), label: words.hourOf(hour) }))}
            onChange={(event) => onChange({ ...policies, reconcileHour: Number(event.currentTarget.value) })}
          />
        )}
        <PolicySelect
          label={words.word}
          help={words.wordHelp}
          value={policies.wordDrift}
          choices={words.words}
          onChange={(wordDrift) => onChange({ ...policies, wordDrift })}
        />
        <PolicySelect
          label={words.ended}
          help={words.endedHelp}
          value={policies.endedAlive}
          choices={words.endeds}
          onChange={(endedAlive) => onChange({ ...policies, endedAlive })}
        />
      </Stack>
    </Fieldset>
  );
}

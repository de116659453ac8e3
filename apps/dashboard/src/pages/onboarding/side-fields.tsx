import { Stack } from '@mantine/core';
import type { SettingField, SideCheck } from '@np-hub/model';
import { errorAt, type FieldError } from '../../components/field-errors.js';
import { SettingsFields } from '../../components/settings-fields.js';
import type { Entered, Fault } from '../../components/settings-form.js';
import { useText } from '../../text/speech.js';
import { refusedBy } from '../settings-test.js';

interface Props {
  readonly fields: readonly SettingField[];
  readonly entered: Entered;
  readonly faults: Readonly<Record<string, Fault>>;
  readonly errors: readonly FieldError[];
  /** Before the names of this side's fields in the errors of the API. */
  readonly prefix: string;
  readonly check: SideCheck | undefined;
  readonly changing: boolean;
  readonly onChange: (entered: Entered) => void;
}

/** The settings of one side: what has to be given first, the rest behind one line; what the test refused stands at its field. */
export function SideFields({ fields, entered, faults, errors, prefix, check, changing, onChange }: Props) {
  const { onboarding } = useText().operators;
  const told = [
    ...errors
      .filter(({ field }) => field.startsWith(prefix))
      .map((one) => ({ ...one, field: one.field.slice(prefix.length) })),
    ...refusedBy(check),
  ];
  const needed = fields.filter(({ required }) => required);
  const others = fields.filter(({ required }) => !required);
  const isMarked = others.some(({ name }) => faults[name] || errorAt(told, name));
  const common = { entered, faults, serverErrors: told, changing, onChange };
  return (
    <Stack gap="md" className="settings-form">
      <SettingsFields fields={needed} {...common} />
      {others.length > 0 && (
        <details {...(isMarked || needed.length === 0 ? { open: true } : {})}>
          <summary>{onboarding.more}</summary>
          <Stack gap="md" mt="sm">
            <SettingsFields fields={others} {...common} />
          </Stack>
        </details>
      )}
    </Stack>
  );
}

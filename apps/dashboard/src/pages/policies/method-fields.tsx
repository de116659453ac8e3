import { Button, Fieldset, Group, Radio, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { AddButton } from '../../components/add-button.js';
import { YenInput } from '../../components/yen-input.js';
import { useErrorAt } from '../../components/field-errors.js';
import { useText } from '../../text/speech.js';
import { emptyBand, FeeBands } from './fee-bands.js';
import { methodFaults, type EnteredMethod, type MethodFault } from './policy-form.js';

const mostMethods = 20;
const emptyMethod: EnteredMethod = {
  name: '',
  feeBy: 'flat',
  feeYen: 0,
  feeBands: [],
  limitYen: '',
  note: '',
};

interface Props {
  readonly methods: readonly EnteredMethod[];
  readonly tried: boolean;
  readonly onChange: (methods: readonly EnteredMethod[]) => void;
}

/** Other ways to pay, which staff propose to buyers of orders that NP does not take. */
export function MethodFields({ methods, tried, onChange }: Props) {
  const words = useText().policies.methods;
  const faults = methodFaults(methods);
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        {words.help}
      </Text>
      {methods.map((method, index) => (
        <Method
          key={index}
          number={index + 1}
          method={method}
          faults={(faults[index] ?? []).filter((fault) => tried || fault === 'twice' || fault === 'limit')}
          tried={tried}
          onChange={(next) => onChange(methods.map((one, at) => (at === index ? next : one)))}
          onRemove={() => onChange(methods.filter((_, at) => at !== index))}
        />
      ))}
      <Group>
        <AddButton
          label={words.add}
          disabled={methods.length >= mostMethods}
          onClick={() => onChange([...methods, emptyMethod])}
        />
      </Group>
    </Stack>
  );
}

interface MethodProps {
  readonly number: number;
  readonly method: EnteredMethod;
  readonly faults: readonly MethodFault[];
  readonly tried: boolean;
  readonly onChange: (method: EnteredMethod) => void;
  readonly onRemove: () => void;
}

function Method({ number, method, faults, tried, onChange, onRemove }: MethodProps) {
  const words = useText().policies.methods;
  const errorAt = useErrorAt();
  const path = `policies.otherMethods[${number - 1}]`;
  const set = (change: Partial<EnteredMethod>) => onChange({ ...method, ...change });
  const fault = (...names: readonly MethodFault[]) => {
    const found = names.find((name) => faults.includes(name));
    return found === undefined ? null : words.faults[found];
  };
  return (
    <Fieldset legend={method.name.trim() || words.numbered(number)}>
      <Stack gap="sm">
        <TextInput
          label={words.name}
          description={words.nameHelp}
          maxLength={50}
          value={method.name}
          error={fault('name', 'twice') ?? errorAt(`${path}.name`)}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <Radio.Group
          label={words.fee}
          value={method.feeBy}
          onChange={(value) => {
            const bands = value === 'bands';
            const first = bands && method.feeBands.length === 0 ? { feeBands: [emptyBand] } : {};
            set({ feeBy: bands ? 'bands' : 'flat', ...first });
          }}
        >
          <Group gap="md" mt={4}>
            <Radio value="flat" label={words.flat} />
            <Radio value="bands" label={words.bands} />
          </Group>
        </Radio.Group>
        {method.feeBy === 'flat' ? (
          <YenInput
            label={words.feeYen}
            value={method.feeYen}
            error={fault('fee') ?? errorAt(`${path}.feeYen`)}
            onChange={(feeYen) => set({ feeYen })}
          />
        ) : (
          <>
            <FeeBands
              label={words.bandsOf(method.name.trim() || words.numbered(number))}
              help={words.bandsHelp}
              path={`${path}.feeBands`}
              bands={method.feeBands}
              tried={tried}
              onBands={(feeBands) => set({ feeBands })}
            />
            {method.feeBands.length === 0 && fault('bands') !== null && (
              <Text size="sm" className="run-error" role="alert" tabIndex={-1} data-mistake>
                {fault('bands')}
              </Text>
            )}
          </>
        )}
        <YenInput
          label={words.limit}
          description={words.limitHelp}
          min={1}
          value={method.limitYen}
          error={fault('limit') ?? errorAt(`${path}.limitYen`)}
          onChange={(limitYen) => set({ limitYen })}
        />
        <Textarea
          label={words.note}
          description={words.noteHelp}
          autosize
          minRows={2}
          maxLength={300}
          value={method.note}
          error={errorAt(`${path}.note`)}
          onChange={(event) => set({ note: event.currentTarget.value })}
        />
        <Group>
          <Button
            size="compact-xs"
            variant="default"
            aria-label={words.removeOf(method.name.trim() || String(number))}
            onClick={onRemove}
          >
            {words.remove}
          </Button>
        </Group>
      </Stack>
    </Fieldset>
  );
}

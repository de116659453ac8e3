import type { ConnectionView } from '@np-hub/model';
import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { AddButton } from '../../components/add-button.js';
import { useErrorAt } from '../../components/field-errors.js';
import { useText } from '../../text/speech.js';
import { mallFaults, type EnteredMall } from './policy-form.js';

interface Props {
  readonly malls: readonly EnteredMall[];
  readonly connections: readonly ConnectionView[];
  readonly tried: boolean;
  readonly onChange: (malls: readonly EnteredMall[]) => void;
}

/** Malls of one account, each with the contract at NP that its orders go under. */
export function MallFields({ malls, connections, tried, onChange }: Props) {
  const { policies, shopsPage } = useText();
  const words = policies.malls;
  const errorAt = useErrorAt();
  const faults = mallFaults(malls);
  const change = (index: number, next: Partial<EnteredMall>) =>
    onChange(malls.map((mall, at) => (at === index ? { ...mall, ...next } : mall)));
  return (
    <Stack gap="xs">
      <Text size="sm" c="dimmed">
        {words.help}
      </Text>
      {malls.map((mall, index) => {
        const fault = faults[index] ?? null;
        const shown = tried || fault === 'twice' ? fault : null;
        return (
          <div key={index} className="mall-row">
            <TextInput
              size="xs"
              label={words.name}
              value={mall.name}
              error={
                shown !== null && (shown === 'twice' || !mall.name.trim())
                  ? words.faults[shown]
                  : errorAt(`policies.malls.${mall.name.trim()}`)
              }
              onChange={(event) => change(index, { name: event.currentTarget.value })}
            />
            <NativeSelect
              size="xs"
              label={words.connection}
              value={mall.connectionId}
              error={shown === 'incomplete' && !mall.connectionId ? words.faults.incomplete : null}
              data={[
                { value: '', label: shopsPage.form.choose },
                ...connections.map(({ id, name }) => ({ value: id, label: name })),
              ]}
              onChange={(event) => change(index, { connectionId: event.currentTarget.value })}
            />
            <Button
              size="compact-xs"
              variant="default"
              aria-label={words.removeOf(mall.name || String(index + 1))}
              onClick={() => onChange(malls.filter((_, at) => at !== index))}
            >
              {words.remove}
            </Button>
          </div>
        );
      })}
      <Group>
        <AddButton label={words.add} onClick={() => onChange([...malls, { name: '', connectionId: '' }])} />
      </Group>
    </Stack>
  );
}

import { Checkbox } from '@mantine/core';
import { useText } from '../text/speech.js';
import { toggled } from './chosen.js';

interface Props {
  /** Everything that is shown. */
  readonly keys: readonly string[];
  readonly chosen: ReadonlySet<string>;
  readonly onChange: (chosen: ReadonlySet<string>) => void;
}

/** All rows of a table, or none of them. */
export function ChooseAll({ keys, chosen, onChange }: Props) {
  const words = useText().list.bulk;
  const count = keys.filter((key) => chosen.has(key)).length;
  return (
    <Checkbox
      size="sm"
      label={words.chooseAll}
      checked={count > 0 && count === keys.length}
      indeterminate={count > 0 && count < keys.length}
      onChange={() => onChange(toggled(chosen, keys))}
    />
  );
}

/** One row of a table, chosen or not. */
export function ChooseRow({
  label,
  rowKey,
  chosen,
  onChange,
}: {
  label: string;
  rowKey: string;
} & Pick<Props, 'chosen' | 'onChange'>) {
  const words = useText().list.bulk;
  return (
    <Checkbox
      size="sm"
      aria-label={words.choose(label)}
      checked={chosen.has(rowKey)}
      onChange={() => onChange(toggled(chosen, [rowKey]))}
    />
  );
}

import { Kbd, Switch, Table } from '@mantine/core';
import { Dialog } from './dialog.js';
import { setShortcutsEnabled, useShortcutsEnabled } from '../shortcuts.js';
import { useText } from '../text/speech.js';

/** The list of keys, and the switch that turns letter keys off. */
export function ShortcutHelp({ onClose }: { onClose: () => void }) {
  const { shortcuts } = useText();
  const enabled = useShortcutsEnabled();
  return (
    <Dialog onClose={onClose} title={shortcuts.title}>
      <Table mb="md">
        <Table.Tbody>
          {Object.entries(shortcuts.keys).map(([key, meaning]) => (
            <Table.Tr key={key}>
              <Table.Th scope="row" w={90}>
                {key.split(' ').map((part) => (
                  <Kbd key={part} mr={4}>
                    {part}
                  </Kbd>
                ))}
              </Table.Th>
              <Table.Td>{meaning}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Switch
        checked={enabled}
        onChange={(event) => setShortcutsEnabled(event.currentTarget.checked)}
        label={shortcuts.enabled}
      />
    </Dialog>
  );
}

import { Checkbox, Stack } from '@mantine/core';
import type { ShopView } from '@np-hub/model';
import { useText } from '../text/speech.js';

interface Props {
  readonly shops: readonly ShopView[];
  readonly label: string;
  readonly help: string;
  /** None: every shop. */
  readonly value: readonly string[];
  readonly onChange: (shopIds: string[]) => void;
}

/** Some of the shops, or none for all; nothing where there is only one. */
export function ShopChoice({ shops, label, help, value, onChange }: Props) {
  if (shops.length < 2) return null;
  return (
    <Checkbox.Group label={label} description={help} value={[...value]} onChange={onChange}>
      <Stack gap={6} mt={6}>
        {shops.map((shop) => (
          <Checkbox key={shop.id} value={shop.id} label={shop.name} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}

/** The names of shops, in one text; null is every one. */
export function useShopNames(
  shops: readonly ShopView[],
  all: string,
): (shopIds: readonly string[] | null) => string {
  const { listComma } = useText().common;
  return (shopIds) =>
    shopIds === null
      ? all
      : shopIds.map((id) => shops.find((shop) => shop.id === id)?.name ?? id).join(listComma);
}

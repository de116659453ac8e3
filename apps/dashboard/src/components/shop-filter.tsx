import { NativeSelect } from '@mantine/core';
import { useShops } from '../api/queries.js';
import { useText } from '../text/speech.js';

/** Narrows a page to one shop; not there where there is no choice. */
export function ShopFilter({ value, onChange }: { value: string; onChange: (shopId: string) => void }) {
  const { list } = useText();
  const shops = useShops().data ?? [];
  if (shops.length < 2) return null;
  return (
    <NativeSelect
      label={list.shop}
      value={value}
      data={[
        { value: '', label: list.everyShop },
        ...shops.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

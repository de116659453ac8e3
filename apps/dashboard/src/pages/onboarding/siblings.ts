import type { Choice, Settings } from '../../api/types.js';
import type { Entered } from '../../components/settings-form.js';

const isAddress = (name: string): boolean => /url|endpoint/iu.test(name);

/** Addresses are the same for every shop of one cart, and every contract of one service: they come from what is there. */
export function siblingSettings(
  choice: Choice | undefined,
  siblings: readonly { readonly settings: Settings }[],
): Entered {
  const [first] = siblings;
  if (!choice || !first) return {};
  return Object.fromEntries(
    choice.fields.flatMap(({ name, secret }): [string, string][] => {
      const value = first.settings[name];
      return !secret && isAddress(name) && typeof value === 'string' ? [[name, value]] : [];
    }),
  );
}

import type { SideCheck } from '@np-hub/model';
import { useEffect } from 'react';
import { ApiError } from '../api/client.js';
import type { Settings } from '../api/types.js';
import { useCheckSettings } from '../api/writes.js';
import type { FieldError } from '../components/field-errors.js';

/** What the API says of single fields. */
export const refusedIn = (error: unknown): readonly FieldError[] =>
  error instanceof ApiError ? error.view.fields : [];

/** What the other side did not accept, at the fields that it named. */
export const refusedBy = (check: SideCheck | undefined): readonly FieldError[] =>
  check && !check.ok ? check.fields.map((field) => ({ field, message: check.message })) : [];

/** A test of the settings in a form, which holds only for what stood there. */
export interface SettingsTest {
  readonly result: SideCheck | undefined;
  readonly refused: readonly FieldError[];
  readonly error: unknown;
  readonly isPending: boolean;
  /** `then` hears the answer, unless somebody has typed on meanwhile. */
  readonly run: (then?: (result: SideCheck) => void) => void;
}

/** Asks the cart or the gateway whether the settings hold; of saved ones, over what is saved. Nothing is saved. */
export function useSettingsTest(
  kind: 'shops' | 'connections',
  tested: { readonly choice: string; readonly settings: Settings; readonly id: string | null },
): SettingsTest {
  const check = useCheckSettings(kind);
  const content = JSON.stringify(tested);
  const { reset } = check;
  useEffect(() => {
    reset();
  }, [content, reset]);
  return {
    result: check.data,
    refused: [...refusedIn(check.error), ...refusedBy(check.data)],
    error: check.error,
    isPending: check.isPending,
    run: (then) => check.mutate(tested, { onSuccess: (result) => result && then?.(result) }),
  };
}

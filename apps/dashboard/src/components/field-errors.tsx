import { createContext, useContext } from 'react';
import type { LocalText } from '../api/types.js';
import { useSpeech } from '../text/speech.js';

/** What the API says of one field of a form, by its path. */
export interface FieldError {
  readonly field: string;
  readonly message: LocalText;
}

/** What is said of a field, or else of a part of it: `policies.malls.本店` of `policies.malls`. */
export const errorAt = (errors: readonly FieldError[], path: string): FieldError | undefined =>
  errors.find(({ field }) => field === path) ??
  errors.find(({ field }) => field.startsWith(`${path}.`) || field.startsWith(`${path}[`));

/** What the API refused of the form around, for the fields deep inside of it. */
export const FieldErrors = createContext<readonly FieldError[]>([]);

/** Gives the error of a field by its path, in the present language; null where nothing is said of it. */
export function useErrorAt(): (path: string) => string | null {
  const { language } = useSpeech();
  const errors = useContext(FieldErrors);
  return (path) => errorAt(errors, path)?.message[language] ?? null;
}

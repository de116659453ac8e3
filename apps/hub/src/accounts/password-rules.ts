import { createRequire } from 'node:module';
import type * as CommonWords from '@zxcvbn-ts/language-common';
import { z } from 'zod';

const fewest = 12;
const most = 200;
const fewestLetters = 5;

let common: ReadonlySet<string> | undefined;

/** Unpacked once somebody sets a password: it takes a tenth of a second that no start has to wait for. */
function commonPasswords(): ReadonlySet<string> {
  const load = createRequire(import.meta.url) as (name: string) => typeof CommonWords;
  common ??= new Set(load('@zxcvbn-ts/language-common').dictionary['passwords-common']);
  return common;
}

/** Without what people put around a common word to make it longer. */
const coreOf = (password: string): string => password.toLowerCase().replace(/^[\d\W_]+|[\d\W_]+$/gu, '');

/** `abcabcabc` → `abc`; anything else as it is. */
const unrepeated = (text: string): string => /^(.+?)\1+$/u.exec(text)?.[1] ?? text;

/**
 * Whether a password is among the 49,000 most used ones, also with digits and signs around it, doubled, or made of
 * fewer than five different letters. Nothing is said about kinds of characters (NIST SP 800-63B, 5.1.1.2).
 */
export function isCommonPassword(password: string): boolean {
  const core = coreOf(password);
  const candidates = [password.toLowerCase(), core, unrepeated(password.toLowerCase()), unrepeated(core)];
  return candidates.some((text) => commonPasswords().has(text)) || new Set(password).size < fewestLetters;
}

/** A new password. What people type is taken as it is: spaces and every script are allowed. */
export const newPasswordSchema = z
  .string()
  .min(fewest, `${fewest}文字以上で入力してください。 / At least ${fewest} characters.`)
  .max(most, `${most}文字以内で入力してください。 / At most ${most} characters.`)
  .refine(
    (password) => !isCommonPassword(password),
    'よく使われるパスワードは使えません。別のものにしてください。 / This password is too common. Choose another one.',
  );

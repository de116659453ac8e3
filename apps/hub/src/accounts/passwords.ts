import { hash, verify } from '@node-rs/argon2';

/** A stored password: argon2id with the library's defaults (19 MiB, 2 passes), which are OWASP's first choice. */
export const hashPassword = (password: string): Promise<string> => hash(password);

/** Of somebody who has not set one yet: no password fits. */
export const noPassword = '';

let decoy: Promise<string> | undefined;

/** Takes the same time whether there is such a user or not, so that logins cannot be guessed by the clock. */
export async function passwordFits(stored: string | undefined, password: string): Promise<boolean> {
  decoy ??= hashPassword('nobody has this password');
  const known = stored !== undefined && stored !== noPassword;
  const fits = await verify(known ? stored : await decoy, password);
  return known && fits;
}

import { normaliseDigits } from '@np-hub/model';

/** What a person typed or pasted as an NP transaction id: full-width digits made half-width, spaces and hyphens gone. */
export const readNpId = (typed: string): string => normaliseDigits(typed).replace(/[\s\-‐‑–—−ー－]/gu, '');

/** What is wrong with an id: nothing (null), something that is no digit, or the number of digits. */
export function npIdFault(id: string): null | 'digits' | 'length' {
  if (!/^\d*$/u.test(id)) return 'digits';
  return id.length === 11 ? null : 'length';
}

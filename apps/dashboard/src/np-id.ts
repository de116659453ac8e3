import { idShapes, normaliseDigits, type IdForm } from '@np-hub/model';

/**
 * What a person typed or pasted as a transaction id: full-width characters made half-width, spaces gone, and from NP's
 * digits hyphens as well.
 */
export const readNpId = (typed: string, form: IdForm = 'np'): string =>
  form === 'np'
    ? normaliseDigits(typed).replace(/[\s\-‐‑–—−ー－]/gu, '')
    : typed.normalize('NFKC').replace(/\s/gu, '');

/** What is wrong with an id: nothing (null), something that is no digit, the number of digits, or its form as a whole. */
export function npIdFault(id: string, form: IdForm = 'np'): null | 'digits' | 'length' | 'form' {
  if (form !== 'np') return idShapes[form].pattern.test(id) ? null : 'form';
  if (!/^\d*$/u.test(id)) return 'digits';
  return id.length === 11 ? null : 'length';
}

import { z } from 'zod';

/** How a gateway writes its transaction ids. */
export const idFormSchema = z.enum(['np', 'sps']);
export type IdForm = z.infer<typeof idFormSchema>;

interface IdShape {
  readonly pattern: RegExp;
  /** A well-formed id of nobody's. */
  readonly sample: string;
}

/**
 * `np`: NP's eleven digits. `sps`: SBPS's transaction id and tracking id (sbps.md: at most 32 and 14 characters), with
 * a stroke between them, because every later request names both; what began with the link type's form has a tracking id alone.
 */
export const idShapes: Readonly<Record<IdForm, IdShape>> = {
  np: { pattern: /^[0-9]{11}$/u, sample: '00000000000' },
  sps: { pattern: /^[0-9A-Za-z]{0,32}\/[0-9A-Za-z]{1,14}$/u, sample: '0/0' },
};

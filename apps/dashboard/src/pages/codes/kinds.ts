import type { CodeCardView } from '@np-hub/model';

/** The kinds of codes, in the order in which people look for them. */
export const codeKinds = ['staff', 'hold', 'rejected', 'refused', 'sbps', 'other'] as const;
export type CodeKind = (typeof codeKinds)[number];

const forms: readonly (readonly [CodeKind, RegExp])[] = [
  ['hold', /^RE/u],
  ['rejected', /^(?:NG|authori_ng\.)/u],
  ['refused', /^E/u],
  ['sbps', /^\d/u],
];

/** What a code tells of, by how it is written; what staff have explained themselves is a kind of its own. */
export function kindOf({ code, staff }: Pick<CodeCardView, 'code' | 'staff'>): CodeKind {
  if (staff) return 'staff';
  return forms.find(([, form]) => form.test(code))?.[0] ?? 'other';
}

import { describeProblem, partyRules, type CodeCardView, type RepairGroup } from '@np-hub/model';
import type { Language } from '../../text/language.js';

/** What is wrong, in the words of the card of its code; where no code is known, in those of the checks. */
export function patternTitle(
  group: Pick<RepairGroup, 'kind' | 'name' | 'field'>,
  codes: readonly CodeCardView[],
  language: Language,
): string {
  const code = codeOf(group);
  const card = codes.find((each) => each.code === code);
  if (card) return `${group.kind === 'reason' ? `${card.code} ` : ''}${card.title[language]}`;
  if (group.kind === 'reason') return group.name;
  return describeProblem({ field: group.field, rule: group.name, npCode: null }, language).message;
}

/** The code that NP would answer for a rule at a field; the figures of a single order are not those of all. */
function codeOf({ kind, name, field }: Pick<RepairGroup, 'kind' | 'name' | 'field'>): string | null {
  if (kind === 'reason') return name;
  const [side, key] = field.split('.', 2);
  const rule = partyRules.find((each) => each.rule === name && each.field === key);
  return (side === 'destination' ? rule?.destination : rule?.customer) ?? null;
}

import { describeProblem, type CodeCardView, type RepairGroup } from '@np-hub/model';
import type { Language } from '../../text/language.js';

/** What is wrong, in the words of the checks or of the code's card. */
export function patternTitle(
  group: Pick<RepairGroup, 'kind' | 'name' | 'field'>,
  codes: readonly CodeCardView[],
  language: Language,
): string {
  if (group.kind === 'problem') {
    const problem = describeProblem({ field: group.field, rule: group.name, npCode: null }, language);
    return problem.message;
  }
  const card = codes.find(({ code }) => code === group.name);
  return card ? `${group.name} ${card.title[language]}` : group.name;
}

import { outcomeSchema } from '../np/magic.js';
import type { World } from '../world.js';
import type { Courses } from './courses.js';

/** What NP is to say to the next question about one order: the choices of the forms. */
export const decisions = {
  ok: { ja: '審査OK', outcome: {} },
  'over-limit': { ja: '審査NG(①金額超過)', outcome: { result: 'ng', ng: 'NG001' } },
  information: { ja: '審査NG(②情報不備)', outcome: { result: 'ng', ng: 'NG002' } },
  other: { ja: '審査NG(③その他)', outcome: { result: 'ng', ng: 'NG999' } },
  held: { ja: '保留', outcome: { result: 'hold', hold: ['RE009'] } },
  lost: { ja: 'NPの答えが失われる', outcome: {} },
} as const;
export type Decision = keyof typeof decisions;
export const decisionNames = Object.keys(decisions) as [Decision, ...Decision[]];

/** Prepares it; a lost answer is one of this store's merchant, and of the next call only. */
export function prepare(
  world: World,
  courses: Courses,
  of: { readonly number: string; readonly decision: Decision; readonly operation: 'register' | 'edit' },
): void {
  const outcome = outcomeSchema.parse({ ...decisions[of.decision].outcome, onlyNext: true });
  world.np.prepareOutcome(of.number, outcome);
  if (of.decision !== 'lost') return;
  const { merchantCode } = courses.settings;
  world.faults.add({
    fault: 'drop-answer',
    target: 'np',
    operation: `${of.operation}@${merchantCode}`,
    every: 1,
    times: 1,
    probability: 1,
    seed: 1,
    delayMs: 0,
  });
}

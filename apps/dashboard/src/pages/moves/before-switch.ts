import type { MoveStepView } from '@np-hub/model';

/** The steps that keep a shop from being switched. What the hub sees to be done it ticks itself with the press. */
export function stepsBeforeSwitch(steps: readonly MoveStepView[]): readonly MoveStepView[] {
  const missing = new Set(steps.find(({ id }) => id === 'hub-switch')?.missing);
  return steps.filter((step) => missing.has(step.id) && !(step.seen === true && step.missing.length === 0));
}

import fc from 'fast-check';
import {
  dayAfter,
  monthBefore,
  moveKindSchema,
  moveSettingsSchema,
  moveStepNames,
  planMove,
  stepsMissing,
  type MoveSettings,
} from './move-plan.js';

const settings = (of: Partial<MoveSettings>): MoveSettings =>
  moveSettingsSchema.parse({ kind: 'batch-to-real-time', switchOn: '2026-02-01', ...of });
const dueOf = (of: Partial<MoveSettings>, id: string) =>
  planMove(settings(of)).find((step) => step.id === id)?.dueOn;

test('the two examples of the manual: 4日前 and 2月1日 is 1月27日, 7日前 and 2月1日 is 1月24日', () => {
  expect(dueOf({ creditDaysBefore: 4 }, 'credit-timing-zero')).toBe('2026-01-27');
  expect(dueOf({ courseDaysBefore: 7 }, 'course-generation-zero')).toBe('2026-01-24');
});

test('the application is about a month ahead', () => {
  expect(dueOf({}, 'apply')).toBe('2026-01-01');
  expect(monthBefore('2026-03-31')).toBe('2026-02-28');
  expect(monthBefore('2026-01-15')).toBe('2025-12-15');
});

const anySettings = fc.record({
  kind: fc.constantFrom(...moveKindSchema.options),
  switchOn: fc
    .date({ min: new Date('2024-01-01'), max: new Date('2035-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10)),
  creditDaysBefore: fc.integer({ min: 0, max: 90 }),
  courseDaysBefore: fc.option(fc.integer({ min: 0, max: 90 })),
  enclosedInvoice: fc.constantFrom('none' as const, 'kept' as const, 'new' as const),
  landingForms: fc.boolean(),
  tsukuru: fc.boolean(),
  visibility: fc.constantFrom('shown' as const, 'hidden' as const),
  shippingMethods: fc.array(fc.constantFrom('宅急便', 'ゆうパック', '飛脚'), { maxLength: 4 }),
});

test('no order for the switch or later is checked, or made, under the old settings; and a day later is too late', () => {
  fc.assert(
    fc.property(anySettings, fc.integer({ min: 0, max: 60 }), (of, later) => {
      const steps = planMove({ ...of, kind: 'batch-to-real-time' });
      const ships = dayAfter(of.switchOn, later);
      for (const [id, days] of [
        ['credit-timing-zero', of.creditDaysBefore],
        ['course-generation-zero', of.courseDaysBefore],
      ] as const) {
        const due = steps.find((step) => step.id === id)?.dueOn;
        if (due === undefined || days === null) continue;
        // Changed on the last day, before any order for the switch or later has come to its moment…
        expect(due < dayAfter(ships, -days)).toBe(true);
        // …and one day later the first of them has.
        expect(dayAfter(due, 1)).toBe(dayAfter(of.switchOn, -days));
      }
    }),
  );
});

test('every plan can be walked: each step once, after those it needs, and nothing irreversible before the switch', () => {
  fc.assert(
    fc.property(anySettings, (of) => {
      const steps = planMove(of);
      const done = new Set<string>();
      for (const step of steps) {
        expect(moveStepNames).toContain(step.name);
        expect(done.has(step.id)).toBe(false);
        expect(stepsMissing(steps, step.id, done)).toEqual([]);
        if (step.irreversible) expect(done.has('hub-switch')).toBe(true);
        if (step.phase === 'prepare') expect(step.dueOn < of.switchOn).toBe(true);
        done.add(step.id);
      }
      expect(done.has('hub-switch') && done.has('check')).toBe(true);
      expect(done.has('course-masters')).toBe(
        of.kind === 'batch-to-real-time' && of.courseDaysBefore !== null,
      );
    }),
  );
});

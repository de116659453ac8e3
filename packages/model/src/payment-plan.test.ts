import { nextPaymentQuestion, paymentBands, paymentPlanSchema } from './payment-plan.js';

const dayMs = 86_400_000;
const reported = Date.parse('2026-01-01T00:30:00.000Z');
const after = (days: number, undisclosed = false): number =>
  (Date.parse(
    nextPaymentQuestion({
      bands: paymentBands,
      reportedAt: new Date(reported).toISOString(),
      askedAt: new Date(reported + days * dayMs).toISOString(),
      undisclosed,
    }),
  ) -
    (reported + days * dayMs)) /
  3_600_000;

test.each([
  [0, 24],
  [10, 12],
  [30, 24],
  [60, 72],
  [120, 168],
  [1_000, 720],
])('%p days after the report NP is asked again in about %p hours, on a full hour', (days, hours) => {
  expect(after(days)).toBe(hours + 0.5);
});

test('what NP does not disclose is asked for weekly at most', () => {
  expect(after(10, true)).toBe(168.5);
  expect(after(1_000, true)).toBe(720.5);
});

test('a year of questions about one unpaid order is about a hundred', () => {
  let [at, questions] = [reported + dayMs, 0];
  while (at < reported + 365 * dayMs) {
    questions += 1;
    at = Date.parse(
      nextPaymentQuestion({
        bands: paymentBands,
        reportedAt: new Date(reported).toISOString(),
        askedAt: new Date(at).toISOString(),
        undisclosed: false,
      }),
    );
  }
  expect(questions).toBeGreaterThan(60);
  expect(questions).toBeLessThan(110);
});

test('a plan goes up and ends without an end', () => {
  expect(paymentPlanSchema.safeParse(paymentBands).success).toBe(true);
  for (const wrong of [
    [],
    [{ untilDays: 3, everyHours: 1 }],
    [
      { untilDays: null, everyHours: 1 },
      { untilDays: 5, everyHours: 1 },
    ],
    [
      { untilDays: 5, everyHours: 1 },
      { untilDays: 4, everyHours: 1 },
      { untilDays: null, everyHours: 1 },
    ],
  ])
    expect(paymentPlanSchema.safeParse(wrong).success).toBe(false);
});

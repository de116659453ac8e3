import { z } from 'zod';

/** Until so many days after the shipment report NP is asked so often; without an end: from then on. */
const paymentBandSchema = z.object({
  untilDays: z.int().min(1).max(3_650).nullable(),
  everyHours: z.int().min(1).max(2_160),
});
export type PaymentBand = z.infer<typeof paymentBandSchema>;

export const paymentPlanSchema = z.array(paymentBandSchema).min(1).max(12).refine(isAscending, {
  message:
    '日数は小さい順に並べ、最後の行だけを期限なしにしてください。 / Days have to go up, and only the last line has no end.',
});

function isAscending(bands: readonly PaymentBand[]): boolean {
  return bands.every(({ untilDays }, index) => {
    const next = bands[index + 1];
    if (next === undefined) return untilDays === null;
    return untilDays !== null && (next.untilDays === null || next.untilDays > untilDays);
  });
}

/**
 * assumed, ours: NP posts the invoice after the report and asks for payment within 14 days of its issue; most pay around
 * then, some after a reminder, few later. About a hundred questions in the first year, where one every ten minutes
 * would be fifty thousand.
 */
export const paymentBands: readonly PaymentBand[] = [
  { untilDays: 3, everyHours: 24 },
  { untilDays: 21, everyHours: 12 },
  { untilDays: 45, everyHours: 24 },
  { untilDays: 90, everyHours: 72 },
  { untilDays: 180, everyHours: 168 },
  { untilDays: null, everyHours: 720 },
];

const hourMs = 3_600_000;

/** Nobody has the invoice on the day of the report. */
export const firstPaymentPauseMs = 24 * hourMs;

/** NP does not disclose whether this buyer has paid (不明): asked no more often than this. */
const undisclosedHours = 168;

/**
 * When NP is asked next about a payment, ISO 8601: by the age of the report, on a full hour, so that what is due in one
 * hour goes out in one call.
 */
export function nextPaymentQuestion(of: {
  readonly bands: readonly PaymentBand[];
  readonly reportedAt: string;
  readonly askedAt: string;
  readonly undisclosed: boolean;
}): string {
  const asked = Date.parse(of.askedAt);
  const days = (asked - Date.parse(of.reportedAt)) / (24 * hourMs);
  const band = of.bands.find(({ untilDays }) => untilDays === null || days < untilDays) ?? of.bands.at(-1);
  const every = band?.everyHours ?? 24;
  const hours = of.undisclosed ? Math.max(every, undisclosedHours) : every;
  return new Date(Math.ceil((asked + hours * hourMs) / hourMs) * hourMs).toISOString();
}

/** What can go wrong with one call, at most one at a time. */
const callFaults = [
  'lost-request',
  'late-request',
  'lost-answer',
  'throttled',
  'server-error',
  'truncated',
  'half-batch',
  'turned-away',
] as const;
export type CallFault = (typeof callFaults)[number];

/** What can go wrong with one database transaction, at most one at a time. */
const databaseFaults = ['unlocked', 'slow-transaction', 'cut-before', 'cut-after'] as const;
export type DatabaseFault = (typeof databaseFaults)[number];

/** How often each of them happens, when nothing else is asked for. */
export const usualFaults = {
  'lost-request': 0.03,
  'late-request': 0.03,
  'lost-answer': 0.07,
  throttled: 0.03,
  'server-error': 0.03,
  truncated: 0.03,
  'half-batch': 0.06,
  'turned-away': 0.03,
  /** Any answer, also one that is then lost, may take longer than a lease lasts. */
  'late-answer': 0.06,
  unlocked: 0.1,
  'slow-transaction': 0.08,
  'cut-before': 0.01,
  'cut-after': 0.01,
  /** At each step: every connection to the database ends at once. */
  'database-restart': 0.002,
  /** At each start of a hub: its clock is wrong by up to 30 seconds, either way. */
  'clock-skew': 0.5,
  /** At each edit by staff: NP goes on answering the former result for a while. */
  'stale-answer': 0.2,
  /** At each notice that is due: it is lost, or sent once more. */
  'lost-notice': 0.2,
  'repeated-notice': 0.2,
} as const;
type FaultName = keyof typeof usualFaults;
export type Faults = Readonly<Record<FaultName, number>>;

export const faultNames = Object.keys(usualFaults) as readonly FaultName[];

/** No fault at all. */
export const noFaults = Object.fromEntries(faultNames.map((name) => [name, 0])) as unknown as Faults;

/** The same line at better times: a call seldom fails. */
export const fair = (faults: Faults): Faults => ({
  ...faults,
  ...Object.fromEntries(callFaults.map((name) => [name, faults[name] / 10])),
});

/** One fault of a kind, or none: `draw` is a number by chance from 0 up to 1. */
function oneOf<Name extends FaultName>(names: readonly Name[], draw: number, faults: Faults): Name | null {
  let left = draw;
  for (const name of names) {
    left -= faults[name];
    if (left < 0) return name;
  }
  return null;
}

export const callFault = (draw: number, faults: Faults): CallFault | null => oneOf(callFaults, draw, faults);

export const databaseFault = (draw: number, faults: Faults): DatabaseFault | null =>
  oneOf(databaseFaults, draw, faults);

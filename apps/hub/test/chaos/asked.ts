import { faultNames, noFaults, type Faults } from './simulation/faults.js';

/** What `npm run chaos` was asked for. */
export interface Asked {
  readonly seed: number;
  readonly orders: number;
  readonly hubs: number;
  readonly restarts: number;
  readonly kills?: number;
  /** The number of an order whose story is to be printed. */
  readonly show?: string;
  readonly faults?: Readonly<Record<string, number>>;
  readonly mutants?: readonly string[];
}

/** The command's request; null in an ordinary test run. */
export const asked: Asked | null = process.env.CHAOS ? (JSON.parse(process.env.CHAOS) as Asked) : null;

/** One line for the person at the command; in an ordinary test run it stands among the others. */
export const say = (text: string): void => void process.stdout.write(`chaos: ${text}\n`);

/** Named faults alone, or undefined where all are wanted as usual. Throws on a name that there is not. */
export function faultsAsked(named: Asked['faults']): Faults | undefined {
  if (!named) return undefined;
  const unknown = Object.keys(named).filter((name) => !(faultNames as readonly string[]).includes(name));
  if (unknown.length > 0)
    throw new Error(`There is no fault ${unknown.join(', ')}. There are: ${faultNames.join(', ')}`);
  return { ...noFaults, ...named };
}

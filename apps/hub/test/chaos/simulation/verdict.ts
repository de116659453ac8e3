import type { Facts } from '@np-hub/model';
import type { Sandbox } from '@np-hub/sandbox';
import { aliveAtNp, differences, impliedState, impliedWord } from '../../path/implied.js';
import { byOrder, doubles } from '../../kills/support/lives.js';

/** One transaction as the hub's database has it. */
export interface HubRow {
  readonly id: string;
  readonly shop_id: string;
  readonly order_number: string;
  readonly state: string;
  readonly actor: string;
  readonly attentions: readonly string[];
  readonly facts: Facts;
}

/** What went wrong, by kind, each with the orders it happened to. */
export type Findings = Record<
  'lost' | 'double' | 'stuck' | 'wrongState' | 'wrongAmount' | 'wrongCartWord' | 'inDoubtOpen',
  string[]
>;

const closedStates = ['released', 'cancelled', 'cancel-refused-paid'];
const underWay = ['registering', 'amending', 'reporting', 'cancelling', 'reissuing'];

/** A person is asked: by name, or by a mark that the list can be filtered for. */
const isLoud = ({ actor, attentions }: HubRow): boolean => actor === 'shop' || attentions.length > 0;

/** Holds the hub against the records of the cart and of NP alone, order by order. */
export function judge(
  sandbox: Sandbox,
  rows: readonly HubRow[],
  cancelledAtDesk: ReadonlySet<string>,
): Findings {
  const transactions = sandbox.transactions();
  const lives = byOrder(transactions);
  const known = responsible(rows);
  const findings: Findings = {
    lost: [],
    double: doubles(transactions),
    stuck: [],
    wrongState: [],
    wrongAmount: [],
    wrongCartWord: [],
    inDoubtOpen: [],
  };
  for (const order of sandbox.orders()) {
    const number = order.displayOrderNumber;
    const atNp = lives.get(number) ?? [];
    const row = known.get(number);
    const implied = impliedState(order, atNp);
    if (!row) {
      if (!closedStates.includes(implied) || atNp.length > 0) findings.lost.push(number);
      continue;
    }
    if (row.state === 'in-doubt') {
      findings.inDoubtOpen.push(isLoud(row) ? number : `${number}: nobody is told`);
      continue;
    }
    // A notice of deletion may have been lost: then the next readings miss the order, and a person is asked.
    if (order.isDeleted && row.attentions.includes('order-missing')) continue;
    if (underWay.includes(row.state) || row.facts.inFlight !== null)
      findings.stuck.push(`${number}: ${row.state}`);
    const wanted = expectedState(implied, atNp.at(-1)?.state, cancelledAtDesk.has(number));
    if (row.state !== wanted) findings.wrongState.push(`${number}: ${row.state}, implied ${wanted}`);
    const [alive] = aliveAtNp(atNp);
    const isClosed = closedStates.includes(wanted);
    if (alive && isClosed && alive.state !== 'paid')
      findings.wrongState.push(`${number}: closed and alive at NP`);
    const fields = alive && !isClosed ? differences(order, alive) : [];
    if (fields.length > 0 && !isLoud(row)) findings.wrongAmount.push(`${number}: ${fields.join(', ')}`);
    const word = cancelledAtDesk.has(number) ? null : impliedWord(order, impliedState(order, atNp));
    if (word !== null && order.paymentStatus !== word)
      findings.wrongCartWord.push(`${number}: ${order.paymentStatus}, implied ${word}`);
  }
  for (const row of rows)
    if (known.get(row.order_number) !== row && row.state !== 'released')
      findings.stuck.push(`${row.order_number}: ${row.state} in a shop that should have released it`);
  return findings;
}

/** Of two shops that have one order, the one that has taken it to NP speaks for it; the other has released it. */
function responsible(rows: readonly HubRow[]): ReadonlyMap<string, HubRow> {
  const found = new Map<string, HubRow>();
  for (const row of rows) {
    const other = found.get(row.order_number);
    if (!other || weightOf(row) > weightOf(other)) found.set(row.order_number, row);
  }
  return found;
}

const weightOf = ({ state, facts }: HubRow): number =>
  facts.attempts.length * 2 + (state === 'released' ? 0 : 1);

function expectedState(implied: string, atNp: string | undefined, cancelledAtDesk: boolean): string {
  if (!cancelledAtDesk || closedStates.includes(implied)) return implied;
  return atNp === 'paid' ? 'cancel-refused-paid' : 'cancelled';
}

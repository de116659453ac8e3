import {
  actorOf,
  finalStates,
  gateOf,
  isLive,
  stateOf,
  stateSchema,
  type Decision,
  type State,
} from '../src/index.js';
import type { Family, Letter } from './alphabet.js';
import type { Reached } from './explore.js';

const families: readonly Family[] = ['np', 'worker', 'clock', 'cart', 'staff'];
const titles: Readonly<Record<Family, string>> = {
  np: 'NP answers',
  worker: 'the hub calls',
  clock: 'time',
  cart: 'the cart',
  staff: 'staff',
};

/** What was seen of one state: which gates and actors it can have, and where which family of events leads. */
interface Seen {
  readonly gates: Set<string>;
  readonly actors: Set<string>;
  readonly next: Map<Family, Set<State>>;
}

/** Collects what the explorations reach, and writes the page from it. */
export class Diagram {
  private readonly seen = new Map<State, Seen>();

  noteStep(from: Reached, letter: Letter, decision: Decision): void {
    const state = stateOf(from.facts);
    const known = this.of(state);
    known.gates.add(gateOf(from.facts).gate);
    known.actors.add(actorOf(from.facts));
    if (decision.kind === 'refused' || decision.state === state || isBesides(from, letter)) return;
    const reached = known.next.get(letter.family) ?? new Set<State>();
    known.next.set(letter.family, reached.add(decision.state));
  }

  toMarkdown(): string {
    return [
      '# The state machine',
      '',
      'Generated from the functions of `packages/model` by its exhaustive test; do not edit by hand.',
      'To write it anew: `UPDATE_DOCS=1 npx jest --selectProjects model --testPathPatterns exhaustive`, then format it.',
      '',
      'The first diagram is what NP says of an order. The second is what the hub itself and the clock start.',
      'Every state can also move by itself to the next operation that `plan` finds: that is why an answer can lead',
      'straight to `cancelling` or `amending`.',
      '',
      ...this.mermaid(['np']),
      ...this.mermaid(['worker', 'clock']),
      '## States',
      '',
      'The gate and the actor depend on the facts: each value that a state can have is listed.',
      '',
      '| state | gate | who acts | end | the cart moves it to | staff move it to |',
      '| --- | --- | --- | --- | --- | --- |',
      ...stateSchema.options.map((state) => this.row(state)),
      '',
    ].join('\n');
  }

  private of(state: State): Seen {
    const known = this.seen.get(state) ?? { gates: new Set(), actors: new Set(), next: new Map() };
    this.seen.set(state, known);
    return known;
  }

  private mermaid(shown: readonly Family[]): string[] {
    const lines = stateSchema.options.flatMap((from) =>
      stateSchema.options.flatMap((to) => {
        const by = families.filter(
          (family) => shown.includes(family) && this.of(from).next.get(family)?.has(to),
        );
        if (by.length === 0) return [];
        const label = shown.length > 1 ? ` : ${by.map((family) => titles[family]).join(', ')}` : '';
        return [`  ${idOf(from)} --> ${idOf(to)}${label}`];
      }),
    );
    const names = stateSchema.options.map((state) => `  state "${state}" as ${idOf(state)}`);
    const title = `## ${shown.map((family) => titles[family]).join(', ')}`;
    return [title, '', '```mermaid', 'stateDiagram-v2', ...names, ...lines, '```', ''];
  }

  private row(state: State): string {
    const { gates, actors, next } = this.of(state);
    const movedBy = (family: Family): string => [...(next.get(family) ?? [])].sort().join(', ');
    const end = state in finalStates ? 'yes' : '';
    const moves = `${movedBy('cart')} | ${movedBy('staff')}`;
    const list = (values: ReadonlySet<string>): string => [...values].sort().join(' / ');
    return `| \`${state}\` | ${list(gates)} | ${list(actors)} | ${end} | ${moves} |`;
  }
}

/** Late answers of NP about an attempt that is not the living one: proven, but no part of the picture. */
function isBesides({ facts }: Reached, { family, event }: Letter): boolean {
  const attempt = facts.attempts.at(-1);
  return (
    family === 'np' && !(attempt && isLive(attempt) && 'attempt' in event && event.attempt === attempt.number)
  );
}

const idOf = (state: State): string => state.replaceAll('-', '_');

import { readFileSync, writeFileSync } from 'node:fs';
import {
  finalStates,
  stateOf,
  stateSchema,
  wordKeyOf,
  wordKeys,
  type Facts,
  type State,
} from '../src/index.js';
import { Diagram } from './diagram.js';
import { explore, type Reached } from './explore.js';
import { explorations } from './explorations.js';
import { wayOut } from './way-out.js';
import { proveFacts, proveReplay, proveStep } from './proofs.js';

const states = new Set<State>();
const words = new Set<string | null>();
const types = new Set<string>();
const reopenings = new Map<State, Set<string>>();

const diagram = new Diagram();
const page = new URL('../../../docs/state-machine.md', `file://${__filename}`);

/** The formatter pads the columns of tables. */
const unpadded = (markdown: string): string => markdown.replaceAll(/ +/g, ' ').replaceAll(/-{3,}/g, '---');

const isFinal = (state: State): boolean => state in finalStates;

function noteReopening(from: Facts, type: string, after: State): void {
  const state = stateOf(from);
  if (!isFinal(state) || state === after) return;
  const known = reopenings.get(state) ?? new Set<string>();
  reopenings.set(state, known.add(type));
}

describe.each(explorations)('$name', (exploration) => {
  let reached: ReadonlyMap<string, Reached> = new Map();

  test('every letter of the alphabet keeps the properties on every reached facts', () => {
    let steps = 0;
    const proven = new Set<Facts>();
    const disproved = new Map<string, string>();
    reached = explore(exploration, (from, letter, decision) => {
      try {
        if (!proven.has(from.facts)) proveFacts(from.facts);
        proven.add(from.facts);
        proveStep(from.facts, letter, decision);
        if (steps % 50 === 0) proveReplay(from.facts, letter, decision);
      } catch (error) {
        const property = error instanceof Error ? error.message : String(error);
        if (!disproved.has(property)) disproved.set(property, [...from.path, letter.name].join(' > '));
      }
      steps += 1;
      types.add(letter.event.type);
      // Answers of NP that no exploration follows contradict what came before: they are kept out of the picture.
      if (letter.family !== 'np' || exploration.follows(letter)) diagram.noteStep(from, letter, decision);
      if (decision.kind === 'moved') noteReopening(from.facts, letter.event.type, decision.state);
    });
    for (const { facts } of reached.values()) {
      states.add(stateOf(facts));
      words.add(wordKeyOf(facts));
    }
    expect(Object.fromEntries(disproved)).toEqual({});
    expect(steps).toBeGreaterThan(10_000);
  });

  test('from everywhere a way leads on to an end by NP, the clock or staff', () => {
    const stuck = [...reached.values()].filter(({ facts }) => !isFinal(wayOut(facts)));
    expect(stuck.slice(0, 3).map(({ path, facts }) => `${wayOut(facts)}: ${path.join(' > ')}`)).toEqual([]);
  });
});

describe('all explorations together', () => {
  test('the page in docs is what the functions do', () => {
    const markdown = diagram.toMarkdown();
    if (process.env['UPDATE_DOCS']) writeFileSync(page, markdown);
    expect(unpadded(readFileSync(page, 'utf8'))).toBe(unpadded(markdown));
  });

  test('reach every state and every word', () => {
    expect([...states].sort()).toEqual([...stateSchema.options].sort());
    expect([...words].filter((word) => word !== null).sort()).toEqual([...wordKeys].sort());
  });

  test('try every type of event', () => {
    expect(types.size).toBe(64);
  });

  test.each(Object.entries(finalStates))('%s is left by the events that it names', (state, named) => {
    const seen = reopenings.get(state as State) ?? new Set();
    expect(named.filter((type) => !seen.has(type))).toEqual([]);
  });
});

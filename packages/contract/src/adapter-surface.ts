import type { CartAdapter } from '@np-hub/kit';
import { actionSchema, cartInstructionSchema, policiesSchema, stateSchema, wordKeys } from '@np-hub/model';
import { type Check, demand, demandNone } from './check.js';

const isBlank = (text: { ja: string; en: string }): boolean => text.ja.trim() === '' || text.en.trim() === '';

const twice = (values: readonly string[]): string[] =>
  values.filter((value, index) => values.indexOf(value) !== index);

function checkButtons<Settings>({ buttons = [] }: CartAdapter<Settings>): void {
  demandNone(
    buttons.flatMap(({ action, label }) => (isBlank(label) ? [action] : [])),
    'buttons: write the label in both languages, in Japanese as it stands in the cart.',
  );
  demandNone(
    buttons.flatMap(({ action }) => (actionSchema.safeParse(action).success ? [] : [String(action)])),
    'buttons: these are no actions of the hub.',
  );
  demandNone(
    buttons.flatMap(({ label, states }) =>
      states.length > 0 && states.every((state) => stateSchema.safeParse(state).success) ? [] : [label.ja],
    ),
    'buttons: name the states in which the cart shows this button.',
  );
  demandNone(
    twice(
      buttons.flatMap(({ label, action, states }) =>
        states.map((state) => `${label.ja} (${action}) in ${state}`),
      ),
    ),
    'buttons: one button twice in one state.',
  );
}

function checkReminders<Settings>({ reminders = [] }: CartAdapter<Settings>): void {
  demandNone(
    reminders.flatMap(({ text }) => (isBlank(text) ? [JSON.stringify(text)] : [])),
    'reminders: write the text in both languages.',
  );
  demandNone(
    reminders.flatMap(({ text, states }) =>
      states.length > 0 && states.every((state) => stateSchema.safeParse(state).success) ? [] : [text.ja],
    ),
    'reminders: name the states in which people have to think of this.',
  );
  demandNone(
    twice(reminders.map(({ text }) => text.ja)),
    'reminders: one text twice; put its states together.',
  );
}

function checkInstructions<Settings>({
  instructions = [],
  push,
  file,
  defaultPolicies = {},
}: CartAdapter<Settings>): void {
  demandNone(
    [
      ...twice(instructions),
      ...instructions.filter((each) => !cartInstructionSchema.safeParse(each).success),
    ],
    'instructions: each of the known ones at most once.',
  );
  demand(
    instructions.length === 0 || push !== undefined || file !== undefined,
    'instructions: the cart can only be told by `push` or by the result file of `file`, and the adapter has neither.',
  );
  const needed = [
    ...(defaultPolicies.onRejected === 'change-to-cod' ? (['change-to-cod'] as const) : []),
    ...(defaultPolicies.stopCourseOnRejected === true ? (['stop-course'] as const) : []),
  ];
  demandNone(
    needed.filter((each) => !instructions.includes(each)),
    'defaultPolicies asks for something that the cart cannot do by `instructions`:',
  );
}

function checkPolicies<Settings>({ defaultPolicies = {} }: CartAdapter<Settings>): void {
  const shape: Readonly<Record<string, { safeParse(value: unknown): { success: boolean } }>> =
    policiesSchema.shape;
  demandNone(
    Object.entries(defaultPolicies).flatMap(([name, value]) =>
      shape[name]?.safeParse(value).success ? [] : [name],
    ),
    'defaultPolicies: unknown policies, or values that they cannot have (packages/model/src/policies.ts):',
  );
  demand(
    !('malls' in defaultPolicies),
    'defaultPolicies: malls name connections of one shop, which no adapter can know.',
  );
}

function checkOwnWords<Settings>({ ownWords }: CartAdapter<Settings>, settings: Settings): void {
  const words = Object.entries(ownWords?.(settings) ?? {});
  demandNone(
    words.flatMap(([key, word]) =>
      wordKeys.some((known) => known === key) && typeof word === 'string' && word.trim() !== '' ? [] : [key],
    ),
    'ownWords: only words for situations of the hub, and none of them empty:',
  );
}

/** What the cart shows to people beside its words. */
export const surfaceChecks = <Settings>(adapter: CartAdapter<Settings>, settings: Settings): Check[] => [
  { name: 'buttons: labelled, known, each once in a state', run: () => checkButtons(adapter) },
  { name: 'reminders: in both languages, in known states', run: () => checkReminders(adapter) },
  { name: 'instructions: known, and there is a way to give them', run: () => checkInstructions(adapter) },
  { name: 'default policies: known, with values that they can have', run: () => checkPolicies(adapter) },
  { name: 'own words: for known situations', run: () => checkOwnWords(adapter, settings) },
];

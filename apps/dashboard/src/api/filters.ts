import {
  actorSchema,
  gateSchema,
  longestSearch,
  stateSchema,
  type Actor,
  type ShipGate,
  type State,
} from '@np-hub/model';

/** What the list is narrowed to; kept in the address of the page, so that it can be shared and survives a reload. */
export interface Filters {
  readonly states: readonly State[];
  readonly actor: Actor | null;
  readonly gate: ShipGate | null;
  readonly shopId: string | null;
  readonly attention: boolean;
  readonly search: string;
}

/** Filters of an address; words that mean nothing are left out. */
export function readFilters(parameters: URLSearchParams): Filters {
  return {
    states: stateSchema.options.filter((state) => parameters.getAll('state').includes(state)),
    actor: actorSchema.options.find((actor) => actor === parameters.get('actor')) ?? null,
    gate: gateSchema.options.find((gate) => gate === parameters.get('gate')) ?? null,
    shopId: parameters.get('shopId') || null,
    attention: parameters.get('attention') === '1',
    search: (parameters.get('q') ?? '').trim().slice(0, longestSearch),
  };
}

/** The same words in the page's address and in the API's. */
export function writeFilters(filters: Filters): URLSearchParams {
  const parameters = new URLSearchParams();
  for (const state of filters.states) parameters.append('state', state);
  if (filters.actor) parameters.set('actor', filters.actor);
  if (filters.gate) parameters.set('gate', filters.gate);
  if (filters.shopId) parameters.set('shopId', filters.shopId);
  if (filters.attention) parameters.set('attention', '1');
  if (filters.search) parameters.set('q', filters.search);
  return parameters;
}

/** True where anything is narrowed. */
export const isNarrowed = (filters: Filters): boolean => writeFilters(filters).size > 0;

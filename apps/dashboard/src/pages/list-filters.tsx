import { Button, Checkbox, Group, NativeSelect } from '@mantine/core';
import { gateSchema, stateSchema, type Actor, type Counts, type State } from '@np-hub/model';
import type { ReactNode } from 'react';
import { isNarrowed, type Filters } from '../api/filters.js';
import { useShops } from '../api/queries.js';
import { actorTones, stateTones } from '../components/tones.js';
import { useText } from '../text/speech.js';

/** In the order of urgency, which is also the order in which they are worked off. */
const actors: readonly Actor[] = ['shop', 'buyer', 'nobody', 'np', 'none'];

interface ActorProps {
  readonly chosen: Actor | null;
  readonly counts: Counts | undefined;
  readonly onChoose: (actor: Actor | null) => void;
}

/** First choice: whose turn it is. Choosing clears the states, so that the figure is what the list then shows. */
export function ActorSegments({ chosen, counts, onChoose }: ActorProps) {
  const text = useText();
  return (
    <div role="group" aria-label={text.list.byActor} className="segments">
      <Segment pressed={chosen === null} count={counts?.total} onPress={() => onChoose(null)} tone="all">
        {text.list.all}
      </Segment>
      {actors.map((actor) => (
        <Segment
          key={actor}
          pressed={chosen === actor}
          count={counts ? (counts.actors[actor] ?? 0) : undefined}
          onPress={() => onChoose(chosen === actor ? null : actor)}
          tone={actorTones[actor]}
        >
          {text.actors[actor].label}
        </Segment>
      ))}
    </div>
  );
}

interface SegmentProps {
  readonly pressed: boolean;
  readonly count: number | undefined;
  readonly onPress: () => void;
  readonly tone: string;
  readonly children: ReactNode;
}

export function Segment({ pressed, count, onPress, tone, children }: SegmentProps) {
  const { list } = useText();
  return (
    <button type="button" aria-pressed={pressed} onClick={onPress} className={`segment edge-${tone}`}>
      <span className="segment-label">{children}</span>
      <span className="segment-count">{count === undefined ? '–' : list.count(count)}</span>
    </button>
  );
}

interface StateProps {
  readonly chosen: readonly State[];
  readonly counts: Counts | undefined;
  readonly onChoose: (states: readonly State[]) => void;
}

/** Second choice: any number of states, each with its figure under the other filters. Empty ones are left out. */
export function StateChips({ chosen, counts, onChoose }: StateProps) {
  const text = useText();
  const present = stateSchema.options.filter(
    (state) => chosen.includes(state) || (counts?.states[state] ?? 0) > 0,
  );
  const toggle = (state: State) =>
    onChoose(chosen.includes(state) ? chosen.filter((other) => other !== state) : [...chosen, state]);
  return (
    <div role="group" aria-label={text.list.byState} className="chips">
      <span className="chips-label" aria-hidden>
        {text.list.byState}
      </span>
      {present.map((state) => (
        <button
          key={state}
          type="button"
          className={`chip tone-${stateTones[state]}`}
          aria-pressed={chosen.includes(state)}
          onClick={() => toggle(state)}
        >
          {text.states[state].label}
          <span className="chip-count">{counts?.states[state] ?? 0}</span>
        </button>
      ))}
    </div>
  );
}

interface RowProps {
  readonly filters: Filters;
  readonly onChange: (next: Partial<Filters>) => void;
  readonly onReset: () => void;
}

/** The remaining filters; shops appear where there is a choice. */
export function FilterRow({ filters, onChange, onReset }: RowProps) {
  const text = useText();
  const shops = useShops();
  const gates = gateSchema.options.map((gate) => ({ value: gate, label: text.gates[gate].label }));
  const shopChoices = (shops.data ?? []).map(({ id, name }) => ({ value: id, label: name }));
  return (
    <Group gap="md" align="flex-end">
      <NativeSelect
        size="sm"
        label={text.list.gate}
        value={filters.gate ?? ''}
        data={[{ value: '', label: text.list.everyGate }, ...gates]}
        onChange={(event) => {
          const { value } = event.currentTarget;
          onChange({ gate: gateSchema.options.find((gate) => gate === value) ?? null });
        }}
      />
      {shopChoices.length > 0 && (
        <NativeSelect
          size="sm"
          label={text.list.shop}
          value={filters.shopId ?? ''}
          data={[{ value: '', label: text.list.everyShop }, ...shopChoices]}
          onChange={(event) => onChange({ shopId: event.currentTarget.value || null })}
        />
      )}
      <Checkbox
        className="filter-check"
        label={text.list.attention}
        checked={filters.attention}
        onChange={(event) => onChange({ attention: event.currentTarget.checked })}
      />
      {isNarrowed(filters) && (
        <Button variant="subtle" size="compact-sm" className="filter-check" onClick={onReset}>
          {text.list.reset}
        </Button>
      )}
    </Group>
  );
}

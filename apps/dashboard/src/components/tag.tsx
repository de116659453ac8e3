import type { Actor, ShipGate, State } from '@np-hub/model';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleMinus,
  IconCircleX,
  IconHandStop,
  IconPackage,
  IconPackageOff,
  IconProgress,
} from '@tabler/icons-react';
import type { ComponentType, ReactNode } from 'react';
import { useText } from '../text/speech.js';
import { actorTones, gateTones, stateTones, type Tone } from './tones.js';

type Icon = ComponentType<{ size?: number; 'aria-hidden'?: boolean }>;

const toneIcons: Readonly<Record<Tone, Icon>> = {
  progress: IconProgress,
  good: IconCircleCheck,
  attention: IconAlertTriangle,
  bad: IconCircleX,
  ended: IconCircleMinus,
};

export const gateIcons: Readonly<Record<ShipGate, Icon>> = {
  ship: IconPackage,
  wait: IconHandStop,
  stop: IconPackageOff,
};

interface TagProps {
  readonly tone: Tone;
  readonly children: ReactNode;
  readonly icon?: Icon;
  readonly large?: boolean;
}

/** A word in the colour of its family, with the family's sign. */
export function Tag({ tone, children, icon, large = false }: TagProps) {
  const Sign = icon ?? toneIcons[tone];
  return (
    <span className={`tag tone-${tone}${large ? ' tag-large' : ''}`}>
      <Sign size={large ? 20 : 15} aria-hidden />
      <span>{children}</span>
    </span>
  );
}

export function StateTag({ state, large = false }: { state: State; large?: boolean }) {
  return (
    <Tag tone={stateTones[state]} large={large}>
      {useText().states[state].label}
    </Tag>
  );
}

/**
 * Of an order that is not linked, or that has left, nobody asks whether it may leave: the gate then says
 * that instead.
 */
export function gateBeyond(row: { state: State; gate: ShipGate }): 'released' | 'shipped' | null {
  const { state, gate } = row;
  if (state === 'released') return 'released';
  if (state === 'reported' || state === 'paid') return 'shipped';
  return gate === 'ship' && (state === 'reporting' || state === 'report-failed') ? 'shipped' : null;
}

export function GateTag({ gate, state }: { gate: ShipGate; state: State }) {
  const text = useText();
  const beyond = gateBeyond({ state, gate });
  if (beyond) return <Tag tone="ended">{text.gatesBeyond[beyond].label}</Tag>;
  return (
    <Tag tone={gateTones[gate]} icon={gateIcons[gate]}>
      {text.gates[gate].label}
    </Tag>
  );
}

export function ActorTag({ actor }: { actor: Actor }) {
  return <Tag tone={actorTones[actor]}>{useText().actors[actor].label}</Tag>;
}

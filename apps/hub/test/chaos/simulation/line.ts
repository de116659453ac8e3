import { createHttpClient, IoError, type HttpClient, type HttpRequest, type HttpResponse } from '@np-hub/kit';
import type { Clock } from '@np-hub/model';
import type { Chance } from './chance.js';
import type { Steps } from './steps.js';

/** What can happen to one call, with how often it does. */
export const lineFaults = [
  'lost-request',
  'lost-answer',
  'late-answer',
  'throttled',
  'server-error',
  'truncated',
  'half-batch',
  'turned-away',
] as const;
export type LineFault = (typeof lineFaults)[number];
export type FaultWeights = Readonly<Partial<Record<LineFault, number>>>;

export interface LineParts {
  readonly steps: Steps;
  readonly chance: Chance;
  readonly clock: Clock & { forward(milliseconds: number): void };
  /** Probability of each fault, by name; read anew for every call. */
  readonly faults: () => FaultWeights;
  /** Arms a fault of the sandbox for the next call to NP. */
  readonly arm: (fault: object) => Promise<void>;
  readonly counts: Map<string, number>;
}

const longerThanAnyLeaseMs = 150_000;
const cut = (applied: 'no' | 'unknown'): IoError =>
  new IoError('unavailable', 'The line was cut (simulated).', { applied });

/** The line from one hub to the outside: the real client behind gates, with faults that the seed decides. */
export function faultyLine(actor: string, parts: LineParts): HttpClient {
  const real = createHttpClient({ clock: parts.clock, log: () => undefined });
  return {
    send: async (request) => {
      await parts.steps.gate(actor);
      const fault = draw(parts);
      if (fault) parts.counts.set(fault, (parts.counts.get(fault) ?? 0) + 1);
      return (await instead(fault, request, parts)) ?? through(fault, actor, request, { real, parts });
    },
  };
}

function draw({ chance, faults }: LineParts): LineFault | null {
  let left = chance.next();
  for (const [fault, probability] of Object.entries(faults()) as [LineFault, number][]) {
    left -= probability;
    if (left < 0) return fault;
  }
  return null;
}

/** Faults in which the request never reaches the other side's work. */
async function instead(
  fault: LineFault | null,
  request: HttpRequest,
  { arm }: LineParts,
): Promise<HttpResponse | null> {
  if (fault === 'lost-request') throw cut('unknown');
  if (fault === 'turned-away') throw cut('no');
  if (fault === 'throttled') return { status: 429, headers: { 'retry-after': '2' }, json: undefined };
  if (fault === 'server-error') return { status: 503, headers: {}, json: undefined };
  const target = request.url.includes('/np/') ? 'np' : null;
  if (fault === 'half-batch' && target) await arm({ fault: 'half-batch', target, times: 1 });
  return null;
}

async function through(
  fault: LineFault | null,
  actor: string,
  request: HttpRequest,
  { real, parts }: { real: HttpClient; parts: LineParts },
): Promise<HttpResponse> {
  const answer = await real.send(request);
  // The work is done over there; here it is not known yet, and the hub may die before it is.
  await parts.steps.gate(actor);
  if (fault === 'late-answer') {
    parts.clock.forward(parts.chance.between(1_000, longerThanAnyLeaseMs));
    await parts.steps.gate(actor);
  }
  if (fault === 'lost-answer') throw cut('unknown');
  return fault === 'truncated' ? { status: 200, headers: {}, json: undefined } : answer;
}

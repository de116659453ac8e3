import { createHttpClient, IoError, type HttpClient, type HttpRequest, type HttpResponse } from '@np-hub/kit';
import type { Clock } from '@np-hub/model';
import type { Chance } from './chance.js';
import { callFault, type CallFault, type Faults } from './faults.js';
import type { Steps } from './steps.js';

export interface LineParts {
  readonly steps: Steps;
  readonly chance: Chance;
  readonly clock: Clock & { forward(milliseconds: number): void };
  /** Read anew for every call to this address. */
  readonly faults: (url: string) => Faults;
  /** Arms a fault of the sandbox for the next call to NP. */
  readonly arm: (fault: object) => Promise<void>;
  /** Delivers a request when its time has come, though nobody waits for its answer any more. */
  readonly deliverLater: (delayMs: number, deliver: () => Promise<unknown>) => void;
  readonly count: (name: string) => void;
}

/** How long an answer may take, and how often others move meanwhile before it does. */
const outlastsACall = { longestMs: 150_000, turns: 8 };
/** As when the whole process stands still. */
const outlastsAnyLease = { longestMs: 400_000, turns: 40 };
/** A call lasts 30 s at most, and a request reaches the other side within that time or never. */
const longestWayMs = 28_000;
const cut = (applied: 'no' | 'unknown'): IoError =>
  new IoError('unavailable', 'The line was cut (simulated).', { applied });

/** The line from one hub to the outside: the real client behind gates, with faults that the seed decides. */
export function faultyLine(actor: string, parts: LineParts): HttpClient {
  const real = createHttpClient({ clock: parts.clock, log: () => undefined });
  return {
    send: async (request) => {
      await parts.steps.gate(actor);
      const fault = callFault(parts.chance.next(), parts.faults(request.url));
      if (fault) parts.count(fault);
      return (
        (await instead(fault, request, { real, parts })) ?? through(fault, actor, request, { real, parts })
      );
    },
  };
}

/** Faults in which nothing is known of the other side's work. */
async function instead(
  fault: CallFault | null,
  request: HttpRequest,
  { real, parts }: { real: HttpClient; parts: LineParts },
): Promise<HttpResponse | null> {
  if (fault === 'lost-request') throw cut('unknown');
  if (fault === 'turned-away') throw cut('no');
  if (fault === 'late-request') {
    parts.deliverLater(parts.chance.between(0, longestWayMs), () => real.send(request));
    throw cut('unknown');
  }
  if (fault === 'throttled') return { status: 429, headers: { 'retry-after': '2' }, json: undefined };
  if (fault === 'server-error') return { status: 503, headers: {}, json: undefined };
  if (fault === 'half-batch' && request.url.includes('/np/')) {
    // The other half is not carried out, or only not answered.
    const work = parts.chance.pick(['done', 'not-done']);
    await parts.arm({ fault: 'half-batch', target: 'np', times: 1, work });
  }
  return null;
}

async function through(
  fault: CallFault | null,
  actor: string,
  request: HttpRequest,
  { real, parts }: { real: HttpClient; parts: LineParts },
): Promise<HttpResponse> {
  const answer = await real.send(request);
  // The work is done over there; here it is not known yet, and the hub may die before it is.
  await parts.steps.gate(actor);
  if (parts.chance.happens(parts.faults(request.url)['late-answer'])) {
    parts.count('late-answer');
    const { longestMs, turns } = parts.chance.happens(0.25) ? outlastsAnyLease : outlastsACall;
    parts.clock.forward(parts.chance.between(1_000, longestMs));
    for (let left = parts.chance.between(1, turns); left > 0; left -= 1) await parts.steps.gate(actor);
  }
  if (fault === 'lost-answer') throw cut('unknown');
  return fault === 'truncated' ? { status: 200, headers: {}, json: undefined } : answer;
}

import { Counter, Histogram } from 'prom-client';

/** Of this process, since its start; every hub shows its own. */
export const callsTotal = new Counter({
  name: 'np_hub_calls_total',
  help: 'Calls to gateways and carts, by operation and by how they ended',
  labelNames: ['operation', 'outcome'],
  registers: [],
});

export const callSeconds = new Histogram({
  name: 'np_hub_call_duration_seconds',
  help: 'How long calls to gateways and carts took',
  labelNames: ['operation'],
  buckets: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
  registers: [],
});

/** Counts one call, as it is written to the log of calls. */
export function countCall(call: {
  readonly operation: string;
  readonly outcome: string;
  readonly durationMs: number;
}): void {
  callsTotal.inc({ operation: call.operation, outcome: call.outcome });
  callSeconds.observe({ operation: call.operation }, call.durationMs / 1_000);
}

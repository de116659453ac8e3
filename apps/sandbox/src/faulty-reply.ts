import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import type { FaultPlan } from './faults.js';
import type { Journal } from './journal.js';

const garbage =
  '<!DOCTYPE html><html><head><title>Maintenance</title></head><body>ただいまメンテナンス中です。</body></html>';

async function delay({ delayMs, delayedBy }: FaultPlan): Promise<void> {
  const signal = AbortSignal.any([...delayedBy]);
  await sleep(delayMs, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}

/**
 * Answers one call as its fault plan says. `work` does the call and gives status and body; it is not run where the fault
 * comes before the work. What was done is in the journal before any byte leaves.
 */
export async function replyWithFaults(
  reply: FastifyReply,
  plan: FaultPlan,
  journal: Journal,
  work: () => { status: number; body: object; type?: string },
): Promise<FastifyReply> {
  if (plan.delayMs > 0) await delay(plan);
  const done = plan.doesWork || plan.kind === 'half-batch' ? work() : null;
  journal.flush();
  switch (plan.kind) {
    case 'drop-answer':
      reply.hijack();
      reply.raw.destroy();
      return reply;
    case 'server-error':
      return reply.code(503).send({ message: 'Service Unavailable' });
    case 'throttle':
      return reply.code(429).header('retry-after', '1').send({ message: 'Too Many Requests' });
    case 'garbage':
      return reply.code(200).type('text/html; charset=utf-8').send(garbage);
    case 'truncate': {
      const body = done?.body ?? {};
      const whole = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
      const half = whole.subarray(0, Math.floor(whole.length / 2));
      return reply
        .code(200)
        .type(done?.type ?? 'application/json; charset=utf-8')
        .send(half);
    }
    default:
      if (done?.type) reply.type(done.type);
      return reply.code(done?.status ?? 500).send(done?.body ?? {});
  }
}

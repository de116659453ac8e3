import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Merchant } from '../config.js';
import { replyWithFaults } from '../faulty-reply.js';
import type { World } from '../world.js';
import { type NpOperation, runBatch } from './batch.js';
import { sandboxCodes } from './wire.js';

/** Section 0: address and method of each operation. */
const operations: readonly { operation: NpOperation; method: 'POST' | 'PATCH'; path: string }[] = [
  { operation: 'register', method: 'POST', path: '/transactions' },
  { operation: 'edit', method: 'PATCH', path: '/transactions/update' },
  { operation: 'cancel', method: 'PATCH', path: '/transactions/cancel' },
  { operation: 'report', method: 'POST', path: '/shipments' },
  { operation: 'reregister', method: 'POST', path: '/transactions/reregister' },
  { operation: 'find', method: 'POST', path: '/authorizations/find' },
  { operation: 'payments', method: 'POST', path: '/transactions/payments/find' },
];

/** NP's API under a base address that ends in `/v1`. */
export function npRoutes(world: World) {
  return async (app: FastifyInstance): Promise<void> => {
    const merchants = new WeakMap<FastifyRequest, Merchant>();
    app.addHook('onRequest', async (request, reply) => {
      const found = authenticate(request, [...world.merchants.values()]);
      if (typeof found === 'number') return refuseCaller(reply, found);
      merchants.set(request, found);
    });
    app.setErrorHandler(async (error: { statusCode?: number }, _request, reply) => {
      const status = error.statusCode ?? 500;
      if (status >= 500) return reply.code(status).send({ message: 'Internal Server Error' });
      return reply.code(status).send({ errors: [{ id: '', codes: [sandboxCodes.unreadable] }] });
    });
    for (const { operation, method, path } of operations) {
      const handle = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
        const merchant = merchants.get(request);
        return merchant
          ? answer(world, { merchant, operation, body: request.body }, reply)
          : refuseCaller(reply, 401);
      };
      app.route({ method, url: path, handler: handle });
      if (method === 'PATCH') app.post(path, overridden(handle));
    }
  };
}

/** A POST that stands for a PATCH (`X-HTTP-Method-Override`, observed in one client). */
function overridden(handle: (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const override = String(request.headers['x-http-method-override'] ?? '').toUpperCase();
    if (override === 'PATCH') return handle(request, reply);
    return reply.code(405).header('allow', 'PATCH').send({ message: 'Method Not Allowed' });
  };
}

async function answer(
  world: World,
  { merchant, operation, body }: { merchant: Merchant; operation: NpOperation; body: unknown },
  reply: FastifyReply,
): Promise<FastifyReply> {
  const plan = world.faults.planFor('np', [operation, `${operation}@${merchant.merchantCode}`]);
  const isHalf = plan.kind === 'half-batch';
  const half = (lineCount: number): number => Math.ceil(lineCount / 2);
  return replyWithFaults(reply, plan, world.journal, () => {
    const call = { ledger: world.np, settings: world.settings, merchant, nowMs: world.nowMs() };
    const lines = isHalf && !plan.doesWork ? half : (lineCount: number) => lineCount;
    const done = runBatch(call, operation, body, lines);
    world.count(`np.${operation}`);
    const isCut = isHalf && plan.doesWork && done.answer.results !== undefined;
    const results = done.answer.results ?? [];
    const answered = isCut
      ? { ...done.answer, results: results.slice(0, half(results.length)) }
      : done.answer;
    return { status: done.status, body: answered };
  });
}

function authenticate(request: FastifyRequest, merchants: readonly Merchant[]): Merchant | 401 | 403 {
  const credentials = /^Basic\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (!credentials) return 401;
  const given = Buffer.from(credentials, 'base64').toString('utf8');
  const known = merchants.filter(({ merchantCode, spCode }) => isSame(given, `${merchantCode}:${spCode}`));
  if (known.length === 0) return 401;
  return known.find(({ terminalId }) => terminalId === request.headers['x-np-terminal-id']) ?? 403;
}

function isSame(left: string, right: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}

/** assumed: the body of a 401 or 403. */
function refuseCaller(reply: FastifyReply, status: 401 | 403): FastifyReply {
  if (status === 401) reply.header('www-authenticate', 'Basic realm="NP"');
  return reply.code(status).send({ message: status === 401 ? 'Unauthorized' : 'Forbidden' });
}

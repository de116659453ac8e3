import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { sbpsServiceSchema, type SbpsService } from '../config.js';
import { ControlProblem, readInput } from '../control/problem.js';
import { replyWithFaults } from '../faulty-reply.js';
import type { World } from '../world.js';
import { outcomeSchema, type Purchase } from './ledger.js';
import { sbpsMagic } from './magic.js';
import { writtenNotice } from './notices.js';
import { functionOf, noticeOf, runRequest } from './operations.js';
import { answerDocument, codes, contentType, readRequest } from './wire.js';
import { sbpsView } from './view.js';

/** The one address of SBPS's API. */
export function sbpsRoutes(world: World) {
  return async (app: FastifyInstance): Promise<void> => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser(
      '*',
      { parseAs: 'buffer' },
      async (_request: FastifyRequest, body: Buffer) => body,
    );
    app.post('/api/xmlapi.do', async (request, reply) => {
      const service = authenticate(request, [...world.sbpsServices.values()]);
      if (!service) {
        return reply.code(401).header('www-authenticate', 'Basic realm="SBPS"').send('Unauthorized');
      }
      const read = readRequest(Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0));
      const name = functionOf(read?.id ?? '') ?? 'unknown';
      const plan = world.faults.planFor('sbps', [name]);
      return replyWithFaults(reply, plan, world.journal, () => {
        world.count(`sbps.${name}`);
        const body = read
          ? runRequest(world, service, read)
          : answerDocument('', [
              ['res_result', 'NG'],
              ['res_err_code', codes.unreadable],
            ]);
        return { status: 200, body, type: contentType };
      });
    });
  };
}

function authenticate(request: FastifyRequest, services: readonly SbpsService[]): SbpsService | null {
  const credentials = /^Basic\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const given = Buffer.from(credentials, 'base64').toString('utf8');
  return (
    services.find(({ basicUser, basicPassword }) => isSame(given, `${basicUser}:${basicPassword}`)) ?? null
  );
}

function isSame(left: string, right: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}

const orderSchema = z.strictObject({ order_id: z.string() });
const resendSchema = orderSchema.extend({
  kind: z.enum(['purchase', 'settle', 'cancel', 'lapse']),
  /** Signed with another key, or sent in another merchant's name. */
  as: z.enum(['genuine', 'forged', 'foreign']).default('genuine'),
});

/** What SBPS's staff, buyers and time do, for tests and training. */
export function sbpsControlRoutes(world: World) {
  const find = (orderId: string): Purchase => {
    const found = world.sbps.all().filter((purchase) => purchase.orderId === orderId);
    const last = found.at(-1);
    if (!last) throw new ControlProblem(404, 'No such purchase');
    return last;
  };
  const change = (purchase: Purchase, set: Partial<Purchase>) => {
    world.sbps.change(purchase, set);
    return sbpsView(purchase);
  };
  return async (app: FastifyInstance): Promise<void> => {
    app.setErrorHandler(async (error: { statusCode?: number; message: string }, _request, reply) => {
      const status = error.statusCode ?? 500;
      return reply.code(status).send({ message: status < 500 ? error.message : 'Internal Server Error' });
    });
    app.get('/control/sbps', async () => ({
      services: [...world.sbpsServices.values()],
      magic: sbpsMagic,
      purchases: world.sbps.all().slice(-100).reverse().map(sbpsView),
    }));
    app.post('/control/sbps/services', async (request, reply) => {
      const service = readInput(sbpsServiceSchema, request.body);
      world.putSbpsService(service);
      return reply.code(201).send(service);
    });
    app.post('/control/sbps/outcome', async (request) => {
      const { order_id: orderId, outcome } = readInput(
        orderSchema.extend({ outcome: outcomeSchema }),
        request.body,
      );
      world.sbps.prepareOutcome(orderId, outcome);
      for (const purchase of world.sbps.all())
        if (purchase.orderId === orderId) change(purchase, { outcome });
      return { ok: true };
    });
    app.post('/control/sbps/pay', async (request) => {
      const purchase = find(readInput(orderSchema, request.body).order_id);
      if (!purchase.settled || purchase.cancelledAtMs !== null) throw new ControlProblem(409, 'Not settled');
      return change(purchase, { paidAtMs: world.nowMs() });
    });
    // In SBPS's own payment administration tool.
    app.post('/control/sbps/cancel', async (request) => {
      const purchase = find(readInput(orderSchema, request.body).order_id);
      if (purchase.cancelledAtMs !== null || purchase.paidAtMs !== null)
        throw new ControlProblem(409, 'Already cancelled or paid');
      const cancelledAtMs = world.nowMs();
      return change(purchase, {
        cancelledAtMs,
        notices: [...purchase.notices, noticeOf('cancel', cancelledAtMs)],
      });
    });
    app.post('/control/sbps/resend', async (request) => {
      const { order_id: orderId, kind, as } = readInput(resendSchema, request.body);
      const purchase = find(orderId);
      const service = world.sbpsServices.get(purchase.service);
      if (!service?.noticeUrl) throw new ControlProblem(409, 'The service has no notice address');
      const sent = purchase.notices.find((notice) => notice.kind === kind);
      const notice = sent ?? noticeOf(kind, world.nowMs());
      const signer = {
        genuine: service,
        forged: { ...service, hashKey: 'forged' },
        foreign: { ...service, merchantId: '99999' },
      }[as];
      const response = await fetch(service.noticeUrl, {
        method: 'POST',
        headers: { 'content-type': contentType },
        body: new Uint8Array(writtenNotice(signer, purchase, notice, world.nowMs())),
      });
      return { status: response.status, answer: await response.text() };
    });
  };
}

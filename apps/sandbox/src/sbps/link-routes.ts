import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { readInput } from '../control/problem.js';
import { linkEndPage, linkErrorPage, linkPage, linkToldPage } from './link-page.js';
import { type LinkDesk, linkResults, readForm } from './link.js';

const html = 'text/html; charset=utf-8';
const visitSchema = z.strictObject({ orderId: z.string(), result: z.enum(linkResults) });
const orderSchema = z.strictObject({ orderId: z.string() });

/** The pages to which a buyer's browser comes with the form of the link type. */
export function linkRoutes(desk: LinkDesk) {
  return async (app: FastifyInstance): Promise<void> => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'buffer' }, async (_: FastifyRequest, body: Buffer) => body);
    // A page of its own address is left with a page: the buyer goes back to the shop by a link.
    app.post('/f01/FepBuyInfoReceive.do', async (request, reply) => {
      const fields = readForm(Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0));
      const visit = desk.open(fields);
      if ('code' in visit) return reply.code(400).type(html).send(linkErrorPage(visit.code));
      const text = (name: string): string => fields.get(name)?.[0] ?? '';
      return reply.type(html).send(linkPage(text('order_id'), text('amount'), text('item_name')));
    });
    app.post('/link/:orderId/tell', async (request, reply) => {
      const { orderId } = readInput(orderSchema, request.params);
      const { answer } = await desk.tell(orderId, 'genuine');
      return reply.type(html).send(linkToldPage(orderId, answer));
    });
    app.post('/link/:orderId/:result', async (request, reply) => {
      const { orderId, result } = readInput(visitSchema, request.params);
      return reply.type(html).send(linkEndPage(orderId, await desk.decide(orderId, result)));
    });
  };
}

const decideSchema = z.strictObject({ order_id: z.string(), result: z.enum(linkResults) });
const tellSchema = z.strictObject({
  order_id: z.string(),
  /** Signed with another key, or in another merchant's name. */
  as: z.enum(['genuine', 'forged', 'foreign']).default('genuine'),
});

/** The same by program. */
export function linkControlRoutes(desk: LinkDesk) {
  return async (app: FastifyInstance): Promise<void> => {
    app.setErrorHandler(
      async (error: { statusCode?: number; message: string }, _: FastifyRequest, reply: FastifyReply) => {
        const status = error.statusCode ?? 500;
        return reply.code(status).send({ message: status < 500 ? error.message : 'Internal Server Error' });
      },
    );
    app.get('/control/sbps/link', async () => ({
      visits: desk
        .all()
        .map(({ fields, result }) => ({ orderId: fields.get('order_id')?.[0] ?? '', result })),
    }));
    app.post('/control/sbps/link/decide', async (request) => {
      const { order_id: orderId, result } = readInput(decideSchema, request.body);
      return { back: await desk.decide(orderId, result) };
    });
    app.post('/control/sbps/link/tell', async (request) => {
      const { order_id: orderId, as } = readInput(tellSchema, request.body);
      return desk.tell(orderId, as);
    });
  };
}

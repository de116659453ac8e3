import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { problemOf } from './problem.js';

const isNotification = (url: string): boolean => url.startsWith('/gateways/');
const isWebhook = (url: string): boolean => url.startsWith('/webhooks/') || isNotification(url);
/** One result of one transaction. */
const notificationBytes = 64 * 1024;
/** A thousand orders in one call, with some dozens of lines each. */
const orderCallBytes = 16 * 1024 * 1024;
const isOrderCall = (url: string): boolean =>
  /^\/api\/v1\/shops\/[^/]+\/(orders|shipments|cancellations)$/u.test(url);
const isUpload = (url: string): boolean =>
  /^\/api\/v1\/(shops\/[^/]+\/imports|np-lists\/[^/]+(\/preview)?|deposits\/[^/]+)(\?|$)/u.test(url);

/**
 * JSON for the API and nothing else: a form of another site cannot send it. What a cart or a gateway sends by itself comes
 * as the very bytes (`@Body() body: Buffer`, whatever its type), because its signature is over the bytes. A file that
 * is uploaded is left unread: its controller reads it as it arrives, once it is known who sends it.
 */
export function registerBodyParsers(fastify: FastifyInstance): void {
  const parseJson = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeAllContentTypeParsers();
  fastify.addHook('onRoute', (route) => {
    if (isOrderCall(route.url)) route.bodyLimit = orderCallBytes;
    if (isNotification(route.url)) route.bodyLimit = notificationBytes;
  });
  fastify.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    if (isWebhook(request.url)) return done(null, body);
    return body.length === 0 ? done(null, undefined) : parseJson(request, body.toString('utf8'), done);
  });
  fastify.addContentTypeParser(
    'application/octet-stream',
    async (request: FastifyRequest, payload: Readable) => {
      if (isUpload(request.url)) return undefined;
      if (isWebhook(request.url)) return wholeBody(payload, request.routeOptions.bodyLimit);
      throw problemOf(415);
    },
  );
  fastify.addContentTypeParser<Buffer>('*', { parseAs: 'buffer' }, (request, body, done) => {
    if (isWebhook(request.url)) return done(null, body);
    return body.length === 0 ? done(null, undefined) : done(problemOf(415));
  });
}

async function wholeBody(payload: Readable, mostBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of payload) {
    chunks.push(chunk as Buffer);
    bytes += (chunk as Buffer).length;
    if (bytes > mostBytes) throw problemOf(413);
  }
  return Buffer.concat(chunks);
}

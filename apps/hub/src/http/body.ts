import type { FastifyInstance } from 'fastify';
import { problemOf } from './problem.js';

const isWebhook = (url: string): boolean => url.startsWith('/webhooks/');

/**
 * JSON for the API and nothing else: a form of another site cannot send it. What a cart sends to `/webhooks/` comes
 * as the very bytes (`@Body() body: Buffer`, whatever its type), because its signature is over the bytes.
 */
export function registerBodyParsers(fastify: FastifyInstance): void {
  const parseJson = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    if (isWebhook(request.url)) return done(null, body);
    return body.length === 0 ? done(null, undefined) : parseJson(request, body.toString('utf8'), done);
  });
  fastify.addContentTypeParser<Buffer>('*', { parseAs: 'buffer' }, (request, body, done) => {
    if (isWebhook(request.url)) return done(null, body);
    return body.length === 0 ? done(null, undefined) : done(problemOf(415));
  });
}

import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { mayBeUnkeepable, pathText, unkeepablePath } from '@np-hub/kit';
import { ApiProblem, notKept, problemOf, wrongField } from './problem.js';

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
    if (body.length === 0) return done(null, undefined);
    const text = textOf(body);
    if (text === undefined || !isUtf8(request)) return done(notUtf8);
    return parseJson(request, text, (error, value) =>
      done(error ?? unkeepableIn(request, text, value), value),
    );
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

const notUtf8 = new ApiProblem(400, 'invalid-input', {
  ja: 'JSON を UTF-8 で送信してください。',
  en: 'Please send JSON in UTF-8.',
});

/** Bytes that are not UTF-8 would all become the same sign, and two orders one. */
function textOf(body: Buffer): string | undefined {
  try {
    return utf8.decode(body);
  } catch {
    return undefined;
  }
}
const utf8 = new TextDecoder('utf-8', { fatal: true });

const isUtf8 = ({ headers }: FastifyRequest): boolean =>
  /^utf-?8$/iu.test(/;\s*charset="?([^";\s]+)/iu.exec(headers['content-type'] ?? '')?.[1] ?? 'utf-8');

/** Text that no database keeps is refused where it stands; in a call with many orders, those that have it are. */
function unkeepableIn({ routeOptions }: FastifyRequest, text: string, value: unknown): ApiProblem | null {
  if (isOrderCall(routeOptions.url ?? '') || !mayBeUnkeepable(text)) return null;
  const path = unkeepablePath(value);
  return path ? wrongField(pathText(path), notKept) : null;
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

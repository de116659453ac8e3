import type {} from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sessionLengthMs, type Device } from './sessions.js';

const plainName = 'np_hub_session';

export const deviceOf = (request: FastifyRequest): Device => ({
  address: request.ip,
  userAgent: request.headers['user-agent'] ?? '',
});

const isHttps = (request: FastifyRequest, publicUrl: string | null): boolean =>
  request.protocol === 'https' || (publicUrl?.startsWith('https:') ?? false);

/** Behind https with the prefix that keeps other hosts of the domain from planting one (RFC 6265bis, 4.1.3.2). */
const nameOf = (request: FastifyRequest, publicUrl: string | null): string =>
  isHttps(request, publicUrl) ? `__Host-${plainName}` : plainName;

/** The token that the browser shows; undefined where it shows none, or only one that anybody could have planted. */
export const sessionTokenOf = (request: FastifyRequest, publicUrl: string | null): string | undefined =>
  request.cookies[nameOf(request, publicUrl)] || undefined;

/** Scripts and other sites cannot use it, and behind https it does not leave by http. */
const placeOf = (request: FastifyRequest, publicUrl: string | null) =>
  ({ path: '/', httpOnly: true, sameSite: 'strict', secure: isHttps(request, publicUrl) }) as const;

export function setSessionCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  { token, publicUrl }: { readonly token: string; readonly publicUrl: string | null },
): void {
  reply.setCookie(nameOf(request, publicUrl), token, {
    ...placeOf(request, publicUrl),
    maxAge: sessionLengthMs / 1_000,
  });
}

export const clearSessionCookie = (
  request: FastifyRequest,
  reply: FastifyReply,
  publicUrl: string | null,
): void => void reply.clearCookie(nameOf(request, publicUrl), placeOf(request, publicUrl));

import type {} from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sessionCookie } from './session-guard.js';
import { sessionLengthMs, type Device } from './sessions.js';

export const deviceOf = (request: FastifyRequest): Device => ({
  address: request.ip,
  userAgent: request.headers['user-agent'] ?? '',
});

/** Scripts and other sites cannot use it, and behind https it does not leave by http. */
export function cookiePlace(request: FastifyRequest, publicUrl: string | null) {
  const secure = request.protocol === 'https' || (publicUrl?.startsWith('https:') ?? false);
  return { path: '/', httpOnly: true, sameSite: 'strict', secure } as const;
}

export function setSessionCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  { token, publicUrl }: { readonly token: string; readonly publicUrl: string | null },
): void {
  reply.setCookie(sessionCookie, token, {
    ...cookiePlace(request, publicUrl),
    maxAge: sessionLengthMs / 1_000,
  });
}

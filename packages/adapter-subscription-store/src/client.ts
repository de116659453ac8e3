import { type AdapterIo, type HttpRequest, type HttpResponse, IoError, errorOfStatus } from '@np-hub/kit';
import type { z } from 'zod';
import type { Settings } from './settings.js';
import { accessAnswer, refusal } from './wire.js';

export type StoreIo = AdapterIo<Settings>;
type RemoteErrors = z.output<typeof refusal>['errors'];
type Call = Pick<HttpRequest, 'method' | 'json'> & { readonly path: string };

/** What the cart says went wrong, fit for a log or a page: short, and without this shop's secret, should it echo it. */
export function errorText(errors: RemoteErrors, { clientSecret }: Settings): string {
  const text = (errors ?? []).map(({ message }) => message).join('; ');
  return text.replaceAll(clientSecret ?? '\0', '***').slice(0, 300);
}

/** The answer of a call that went through; anything else is thrown, and never taken for success. */
function answerOf<T>({ settings, clock }: StoreIo, response: HttpResponse, shape: z.ZodType<T>): T {
  const failure = errorOfStatus(response, 'subscription-store', clock);
  if (failure) throw failure;
  const answer = shape.safeParse(response.json);
  if (answer.success) return answer.data;
  const { data: refused } = refusal.safeParse(response.json);
  const text = refused ? errorText(refused.errors, settings) : 'an answer of unknown shape';
  const kind = refused ? 'rejected' : 'malformed';
  throw new IoError(kind, `subscription-store: ${text}`, { applied: 'unknown' });
}

/**
 * Calls of one run, each with the wanted shape of its answer, under one token, which is asked for at the first of them, and anew when it is turned away, once a
 * call: a 401 applies nothing. Only reads are repeated by the client. Throws `IoError`.
 */
export function openSession(io: StoreIo) {
  const { apiUrl = '', apiPaths, clientId, clientSecret } = io.settings;
  let token = '';
  const send = ({ path, ...call }: Call, headers: Record<string, string>, safeRetries: number) =>
    io.http.send({ ...call, url: apiUrl.replace(/\/$/, '') + path, headers, safeRetries });
  const access = { method: 'POST', path: apiPaths.access } as const;
  const attempt = async (call: Call, known: string) => {
    const json = { client_id: clientId, client_secret: clientSecret };
    token = known || answerOf(io, await send({ ...access, json }, {}, 2), accessAnswer);
    return send(call, { authorization: `Bearer ${token}` }, call.method === 'GET' ? 2 : 0);
  };
  return async <T>(call: Call, shape: z.ZodType<T>): Promise<T> => {
    const first = await attempt(call, token);
    return answerOf(io, first.status === 401 ? await attempt(call, '') : first, shape);
  };
}

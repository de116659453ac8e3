import { type AdapterIo, IoError, errorOfStatus } from '@np-hub/kit';
import { z } from 'zod';
import type { MakeshopSettings } from './settings.js';
import { requestHeaders } from './wire.js';

export type MakeshopIo = AdapterIo<MakeshopSettings>;

const errorSchema = z.object({
  message: z.string(),
  extensions: z.object({ code: z.string().optional() }).nullish(),
});
const answerSchema = z.object({ data: z.unknown().optional(), errors: z.array(errorSchema).nullish() });

/** What a remote text may quote of an order: anything in quotation marks, mail addresses, long numbers. */
const quoted = /"[^"]*"|'[^']*'|「[^」]*」|『[^』]*』|[^\s@"']+@[^\s@"']+|\+?\d[\d-]{6,}/gu;
const isFieldName = (text: string): boolean => /^["'][A-Za-z_]\w*["']$/u.test(text);

/** A remote text fit for a log or a page: short, without this shop's secrets and without what it may quote of people. */
export function safeText(text: string, { token, apiKey, webhookSecret }: MakeshopSettings): string {
  const secrets = [token, apiKey, webhookSecret].filter((secret) => secret !== undefined);
  return secrets
    .reduce((safe, secret) => safe.replaceAll(secret, '***'), text)
    .replaceAll(quoted, (part) => (isFieldName(part) ? part : '…'))
    .slice(0, 300);
}

/**
 * One GraphQL call; gives its `data` in the wanted shape. Throws `IoError`. Only queries are repeated by the
 * client; the failure of a mutation says whether it may have been applied.
 */
export async function call<T>(
  io: MakeshopIo,
  query: string,
  input: unknown,
  shape: z.ZodType<T>,
): Promise<T> {
  const { settings, clock } = io;
  const changes = query.startsWith('mutation');
  const response = await io.http.send({
    method: 'POST',
    url: settings.endpoint,
    headers: requestHeaders(settings.token, settings.apiKey, clock.now()),
    json: { query, variables: { input }, operationName: null },
    safeRetries: changes ? 0 : 2,
  });
  const failure = errorOfStatus(response, 'makeshop', clock);
  const answer = answerSchema.safeParse(response.json);
  const errors = answer.data?.errors ?? [];
  if (failure && (failure.kind !== 'rejected' || errors.length === 0)) throw failure;
  const applied = changes && !failure ? 'unknown' : 'no';
  if (errors.length > 0) {
    const text = errors
      .map(({ message, extensions }) => `${extensions?.code ?? ''} ${message}`.trim())
      .join('; ');
    const kind = /UNAUTH|FORBIDDEN/i.test(text) ? 'unauthorized' : 'rejected';
    throw new IoError(kind, `makeshop: ${safeText(text, settings)}`, { applied });
  }
  const data = shape.safeParse(answer.data?.data);
  if (data.success) return data.data;
  throw new IoError('malformed', 'makeshop: an answer of unknown shape', { applied });
}

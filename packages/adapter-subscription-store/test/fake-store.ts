import type { HttpClient, HttpRequest, HttpResponse } from '@np-hub/kit';

/** An API that gives a token, and for each other call what `answer` says; it remembers what it was asked. */
export function storeAnswering(
  answer: (request: HttpRequest, sent: readonly HttpRequest[]) => unknown,
  status = 200,
): { http: HttpClient; sent: HttpRequest[]; tokens: () => number } {
  const sent: HttpRequest[] = [];
  let tokens = 0;
  const send = (request: HttpRequest): Promise<HttpResponse> => {
    if (request.url.endsWith('/access_tokens')) {
      tokens += 1;
      return Promise.resolve({ status: 200, headers: {}, json: { access_token: `token-${tokens}` } });
    }
    sent.push(request);
    const json = answer(request, sent);
    return Promise.resolve({ status: json === 401 ? 401 : status, headers: {}, json });
  };
  return { http: { send }, sent, tokens: () => tokens };
}

export interface StatusWrite {
  readonly orders: readonly Record<string, unknown>[];
}

/** The answer to a status write: each order with what `refusalOf` says of it, in another order than asked. */
export const statusResults = (body: unknown, refusalOf: (uid: string) => string | null = () => null) => ({
  success: true,
  results: (body as StatusWrite).orders
    .map(({ uid }) => {
      const message = refusalOf(String(uid));
      return { uid, success: message === null, errors: message === null ? [] : [{ message }] };
    })
    .reverse(),
});

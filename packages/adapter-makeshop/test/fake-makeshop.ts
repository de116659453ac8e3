import type { HttpClient, HttpRequest } from '@np-hub/kit';

interface Input {
  startOrderDate?: string;
  endOrderDate?: string;
  page?: number;
  limit?: number;
  updateOrderPaymentStatusRequests?: { displayOrderNumber: string; paymentStatus: string }[];
}

interface Sent extends HttpRequest {
  readonly query: string;
  readonly input: Input;
}

/** A cart that gives `data` for each input, and remembers what it was asked. */
export function answering(data: (input: Input, sent: readonly Sent[]) => unknown): {
  http: HttpClient;
  sent: Sent[];
} {
  const sent: Sent[] = [];
  const send = async (request: HttpRequest) => {
    const body = request.json as { query: string; variables: { input: Input } };
    sent.push({ ...request, query: body.query, input: body.variables.input });
    return { status: 200, headers: {}, json: { data: await data(body.variables.input, sent) } };
  };
  return { http: { send }, sent };
}

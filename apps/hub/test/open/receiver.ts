import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChangeView } from '@np-hub/model';

/** One call as another system gets it. */
export interface Received {
  readonly path: string;
  /** As it was answered. */
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
  readonly body: { id: string; kind: string; shopId: string; changes: ChangeView[]; next: string | null };
}

export interface Behaviour {
  readonly status?: number;
  readonly delayMs?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly text?: string;
}

export interface Receiver {
  readonly url: string;
  readonly calls: Received[];
  /** The most calls to one path that were open at once. */
  readonly mostAtOnce: Map<string, number>;
  /** What each path answers from now on; 200 at once where nothing is said. */
  readonly behaviour: Map<string, Behaviour>;
  /** How many calls to a path are open now. */
  open(path: string): number;
  callsTo(path: string): Received[];
  /** What was taken: answered with 200. */
  changesTo(path: string): ChangeView[];
  stop(): Promise<void>;
}

/** Another system that takes webhooks. */
export async function startReceiver(): Promise<Receiver> {
  const calls: Received[] = [];
  const behaviour = new Map<string, Behaviour>();
  const open = new Map<string, number>();
  const mostAtOnce = new Map<string, number>();
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = request.url ?? '';
    const now = (open.get(path) ?? 0) + 1;
    open.set(path, now);
    mostAtOnce.set(path, Math.max(now, mostAtOnce.get(path) ?? 0));
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const { status = 200, delayMs = 0, headers = {}, text: answer = 'ok' } = behaviour.get(path) ?? {};
    // A call that nobody waits for any more does not keep the test run.
    await sleep(delayMs, undefined, { ref: false });
    calls.push({ path, status, headers: request.headers, text, body: JSON.parse(text) as Received['body'] });
    open.set(path, (open.get(path) ?? 1) - 1);
    response.writeHead(status, headers).end(answer);
  };
  const server = createServer((request, response) => {
    take(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const callsTo = (path: string): Received[] => calls.filter((call) => call.path === path);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    mostAtOnce,
    behaviour,
    open: (path) => open.get(path) ?? 0,
    callsTo,
    changesTo: (path) =>
      callsTo(path).flatMap(({ status, body }) =>
        status === 200 && body.kind === 'changes' ? body.changes : [],
      ),
    stop: () =>
      new Promise((stopped) => {
        server.closeAllConnections();
        server.close(() => stopped());
      }),
  };
}

/** As a receiver checks it, written from the documentation. */
export function isSigned(call: Received, secret: string): boolean {
  const header = String(call.headers['x-np-hub-signature']);
  const [, time, digest] = /^t=(\d+),v1=([0-9a-f]{64})$/u.exec(header) ?? [];
  return digest === createHmac('sha256', secret).update(`${time}.${call.text}`).digest('hex');
}

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import { IoError } from './errors.js';
import { createHttpClient, type HttpClientOptions, type HttpLogEntry } from './http.js';

type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void;

const clock = { now: () => new Date('2026-11-21T00:00:00Z') };
const servers: { close(): unknown }[] = [];
let requestsSeen = 0;

async function listening<T extends Server | ReturnType<typeof createTcpServer>>(server: T): Promise<string> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function serve(handler: Handler): Promise<string> {
  const server = createServer((request, response) => {
    requestsSeen += 1;
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => handler(request, response, body));
  });
  servers.push({ close: () => server.closeAllConnections() });
  return listening(server);
}

/** A server of raw bytes: for answers that no HTTP server would give. */
function serveBytes(onRequest: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  servers.push({ close: () => sockets.forEach((socket) => socket.destroy()) });
  return listening(
    createTcpServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.once('data', () => {
        requestsSeen += 1;
        onRequest(socket);
      });
    }),
  );
}

function client(options: Partial<HttpClientOptions> = {}) {
  const entries: HttpLogEntry[] = [];
  return {
    entries,
    ...createHttpClient({ clock, log: (entry) => entries.push(entry), random: () => 0, ...options }),
  };
}

async function failure(promise: Promise<unknown>): Promise<IoError> {
  const error = await promise.then(
    () => new Error('resolved'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof IoError)) throw error;
  return error;
}

/** A port on which nobody listens. */
async function refusedHost(): Promise<string> {
  const server = createTcpServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `127.0.0.1:${port}`;
}

beforeEach(() => {
  requestsSeen = 0;
});
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

describe('whole answers', () => {
  it('sends JSON with the given headers and gives status, headers and JSON', async () => {
    const host = await serve((request, response, body) => {
      const echo = {
        method: request.method,
        url: request.url,
        terminal: request.headers['x-terminal'],
        body,
      };
      response.writeHead(201, { 'content-type': 'text/plain', 'X-Answer': 'yes' }).end(JSON.stringify(echo));
    });
    const answer = await client().send({
      method: 'PATCH',
      url: `http://${host}/a?b=c`,
      headers: { 'X-Terminal': '2000022000' },
      json: { 名: '山田' },
    });
    expect(answer.status).toBe(201);
    expect(answer.headers['x-answer']).toBe('yes');
    expect(answer.json).toEqual({
      method: 'PATCH',
      url: '/a?b=c',
      terminal: '2000022000',
      body: '{"名":"山田"}',
    });
  });

  it.each([
    ['<html>', 502],
    ['', 204],
    ['{"half":', 200],
  ])('resolves with json undefined for the body %p', async (body, status) => {
    const host = await serve((_request, response) => response.writeHead(status).end(body));
    const answer = await client().send({ method: 'GET', url: `http://${host}/` });
    expect(answer).toMatchObject({ status });
    expect(answer.json).toBeUndefined();
  });

  it('a NUL and half a character, which no database keeps, come as the sign for what cannot be shown', async () => {
    const body = '{"a":"x\\u0000y","b":["\\ud83d"],"c":"\\ud83d\\ude00","d":"\\\\u0000"}';
    const host = await serve((_request, response) => response.writeHead(200).end(body));
    const { json } = await client().send({ method: 'GET', url: `http://${host}/` });
    expect(json).toEqual({ a: 'x\uFFFDy', b: ['\uFFFD'], c: '\u{1F600}', d: '\\u0000' });
  });

  it('does not follow a redirect', async () => {
    const host = await serve((_request, response) => response.writeHead(302, { location: '/next' }).end());
    expect((await client().send({ method: 'GET', url: `http://${host}/` })).status).toBe(302);
    expect(requestsSeen).toBe(1);
  });
});

describe('requests that cannot have left', () => {
  it.each([
    ['a refused port', async () => `http://${await refusedHost()}/`, 'unavailable'],
    ['a name that does not resolve', async () => 'http://no-such-host.invalid/', 'unavailable'],
    [
      'a server without TLS',
      async () => `https://${await serveBytes((socket) => socket.end('HTTP/1.1 400 no\r\n\r\n'))}/`,
      'unavailable',
    ],
    ['something that is no address', async () => 'file:///etc/hosts', 'rejected'],
  ])('%s is applied: no', async (_name, address, kind) => {
    const error = await failure(client().send({ method: 'POST', url: await address(), json: {} }));
    expect(error).toMatchObject({ kind, details: { applied: 'no' } });
  });

  it('a deadline that ends during the TLS handshake is applied: no', async () => {
    const host = await serveBytes(() => undefined);
    const error = await failure(
      client().send({ method: 'POST', url: `https://${host}/`, json: {}, timeoutMs: 150 }),
    );
    expect(error).toMatchObject({ kind: 'unavailable', details: { applied: 'no' } });
  });

  it('a host that is not allowed is never called and is named', async () => {
    const host = await serve((_request, response) => response.end('{}'));
    const error = await failure(
      client({ allowedHosts: (name) => name !== host }).send({ method: 'GET', url: `http://${host}/` }),
    );
    expect(error).toMatchObject({ kind: 'rejected', details: { applied: 'no' } });
    expect(error.message).toContain(host);
    expect(requestsSeen).toBe(0);
  });
});

describe('answers lost on the way', () => {
  const cases: [string, () => Promise<string>, string][] = [
    [
      'the socket is closed after the request was read',
      () => serve((request) => request.socket.destroy()),
      'unavailable',
    ],
    ['the headers never come', () => serve(() => undefined), 'unavailable'],
    [
      'the body stops half-way and hangs',
      () => serve((_request, response) => void response.writeHead(200).write('{"results":')),
      'unavailable',
    ],
    [
      'the body is shorter than announced',
      () => serveBytes((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{"results":[]}')),
      'unavailable',
    ],
    [
      'the chunked body is cut off',
      () =>
        serveBytes((socket) =>
          socket.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n'),
        ),
      'unavailable',
    ],
    [
      'the answer is not HTTP',
      () => serveBytes((socket) => socket.end('SSH-2.0-OpenSSH\r\n\r\n')),
      'malformed',
    ],
    [
      'the answer is larger than 32 MiB',
      () =>
        serve((_request, response) => {
          const chunk = Buffer.alloc(1024 * 1024, 0x20);
          const more = () =>
            void (response.writableEnded || response.destroyed || response.write(chunk, more));
          response.writeHead(200);
          more();
        }),
      'malformed',
    ],
  ];

  it.each(cases)('%s: applied unknown, sent once', async (name, start, kind) => {
    const url = `http://${await start()}/`;
    const timeoutMs = name.includes('MiB') ? 20_000 : 400;
    const error = await failure(client().send({ method: 'POST', url, json: {}, timeoutMs }));
    expect(error).toMatchObject({ kind, details: { applied: 'unknown' } });
    expect(requestsSeen).toBe(1);
  });

  it('holds the deadline against a body that trickles', async () => {
    const host = await serve((_request, response) => {
      response.writeHead(200);
      const trickle = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(trickle));
    });
    const startedAt = performance.now();
    await failure(client().send({ method: 'GET', url: `http://${host}/`, timeoutMs: 300 }));
    expect(performance.now() - startedAt).toBeLessThan(1_500);
  });
});

describe('retries', () => {
  it('never repeats a POST without safeRetries, whatever the failure', async () => {
    const host = await serve((_request, response) => response.writeHead(503, { 'retry-after': '0' }).end());
    expect((await client().send({ method: 'POST', url: `http://${host}/`, json: {} })).status).toBe(503);
    expect(requestsSeen).toBe(1);
  });

  it.each([
    ['5xx', (response: ServerResponse) => response.writeHead(500).end()],
    [
      '429 with Retry-After',
      (response: ServerResponse) => response.writeHead(429, { 'retry-after': '0' }).end(),
    ],
    ['a closed socket', (response: ServerResponse) => response.destroy()],
    ['a timeout', () => undefined],
  ])('repeats on %s until it works', async (_name, fail) => {
    const host = await serve((_request, response) => {
      if (requestsSeen < 3) fail(response);
      else response.end('{"ok":true}');
    });
    const answer = await client().send({
      method: 'POST',
      url: `http://${host}/`,
      safeRetries: 2,
      timeoutMs: 3_000,
    });
    expect(answer.json).toEqual({ ok: true });
    expect(requestsSeen).toBe(3);
  });

  it('is bounded and gives the last answer', async () => {
    const host = await serve((_request, response) => response.writeHead(500).end());
    expect((await client().send({ method: 'GET', url: `http://${host}/`, safeRetries: 2 })).status).toBe(500);
    expect(requestsSeen).toBe(3);
  });

  it.each([
    ['has no Retry-After', {}],
    ['asks for longer than the deadline', { 'retry-after': '60' }],
  ])('gives a 429 back at once where it %s', async (_name, headers) => {
    const host = await serve((_request, response) => response.writeHead(429, headers).end());
    const startedAt = performance.now();
    const answer = await client().send({
      method: 'GET',
      url: `http://${host}/`,
      safeRetries: 3,
      timeoutMs: 5_000,
    });
    expect(answer.status).toBe(429);
    expect(requestsSeen).toBe(1);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });

  it('spreads retries by the random source', async () => {
    const pauseOf = async (random: () => number) => {
      const host = await serve((_request, response) => response.writeHead(500).end());
      const startedAt = performance.now();
      await client({ random }).send({ method: 'GET', url: `http://${host}/`, safeRetries: 2 });
      return performance.now() - startedAt;
    };
    // The shortest of several: a busy machine makes any of them longer, and none shorter.
    const shortest = async (random: () => number) =>
      Math.min(await pauseOf(random), await pauseOf(random), await pauseOf(random));
    expect((await shortest(() => 0.99)) - (await shortest(() => 0))).toBeGreaterThan(150);
  });
});

describe('rate limit', () => {
  const url = async () => `http://${await serve((_request, response) => response.end('{}'))}/`;

  it('spaces the calls of one key evenly, also across clients, and leaves other keys alone', async () => {
    const target = await url();
    const limited = (key: string) => client({ rateLimit: { key, requestsPerSecond: 2 } });
    const startedAt = performance.now();
    const finishedAfter = async (key: string) => {
      await limited(key).send({ method: 'GET', url: target });
      return performance.now() - startedAt;
    };
    const times = await Promise.all([
      finishedAfter('one'),
      finishedAfter('one'),
      finishedAfter('one'),
      finishedAfter('two'),
    ]);
    const [, , third = 0, other = 0] = times;
    expect(third).toBeGreaterThanOrEqual(995);
    expect(other).toBeLessThan(third);
  });

  it('refuses, without sending, a call whose turn comes after its deadline', async () => {
    const target = await url();
    const limited = client({ rateLimit: { key: 'slow', requestsPerSecond: 0.5 } });
    await limited.send({ method: 'GET', url: target });
    const error = await failure(limited.send({ method: 'POST', url: target, json: {}, timeoutMs: 100 }));
    expect(error).toMatchObject({ kind: 'throttled', details: { applied: 'no' } });
    expect(requestsSeen).toBe(1);
  });
});

it('logs method, host, path, status and time, and nothing else', async () => {
  const host = await serve((_request, response) => response.end('{"answer":"geheim"}'));
  const { entries, send } = client();
  await send({
    method: 'POST',
    url: `http://user:geheim@${host}/orders?phone=geheim#geheim`,
    headers: { authorization: 'geheim' },
    json: { name: 'geheim' },
  });
  expect(entries).toEqual([
    { method: 'POST', target: `${host}/orders`, status: 200, durationMs: expect.any(Number), failure: null },
  ]);
});

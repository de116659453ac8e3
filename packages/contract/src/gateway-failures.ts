import { type HttpRequest, type HttpResponse, IoError } from '@np-hub/kit';
import * as fc from 'fast-check';
import {
  callOf,
  type GatewayCall,
  type GatewayCase,
  gatewayReads,
  gatewayWrites,
  ioErrorOf,
  ioOf,
  limitOf,
  scriptedClient,
} from './gateway-case.js';
import { doneEntry, sampleLines, successWord } from './gateway-samples.js';

/** The body both ways, so that a gateway that reads bytes meets the same as one that reads JSON. */
const answerOf = (status: number, json: unknown, headers: Record<string, string> = {}): HttpResponse => ({
  status,
  headers,
  json,
  bytes: Buffer.from(json === undefined ? '<html>Maintenance</html>' : JSON.stringify(json)),
});

/** Answers that a request got at the door: nothing can have been applied. */
const turnedAway: readonly (readonly [HttpResponse, string])[] = [
  [answerOf(401, undefined), 'unauthorized'],
  [answerOf(403, undefined), 'unauthorized'],
  [answerOf(403, { errors: [] }), 'unauthorized'],
  [answerOf(429, undefined, { 'retry-after': '7' }), 'throttled'],
];

/** What leaves open whether anything was applied. */
const unclear: readonly (readonly [string, HttpResponse | IoError])[] = [
  ...[408, 500, 502, 503, 504].map((status) => [`HTTP ${status}`, answerOf(status, undefined)] as const),
  ['HTTP 500 with a body', answerOf(500, { results: [], errors: [] })],
  ['a body that is not JSON', answerOf(200, undefined)],
  ['JSON of another kind', answerOf(200, ['results'])],
  ['a number', answerOf(200, 42)],
  ['a 400 that is not JSON', answerOf(400, undefined)],
  ['a redirect', answerOf(302, undefined)],
  ['a timeout', new IoError('unavailable', 'no answer in time', { applied: 'unknown' })],
  ['a reset', new IoError('unavailable', 'the connection failed', { applied: 'unknown' })],
  ['an answer that is not HTTP', new IoError('malformed', 'the answer is not HTTP', { applied: 'unknown' })],
];

/** Failures: what cannot have been applied is thrown, what may have been is lost, and no secret gets out. */
export function describeFailures<Settings>(gatewayCase: GatewayCase<Settings>): void {
  const { gateway } = gatewayCase;

  const runAgainst = (call: GatewayCall, answer: HttpResponse | IoError) => {
    const run = callOf(gatewayCase, call, scriptedClient(() => answer).http);
    if (run === undefined) throw new Error(`${call} is absent`);
    return run(sampleLines(gatewayCase, Math.min(2, limitOf(gatewayCase, call))));
  };
  const expectNoSecret = (...values: unknown[]) => {
    for (const secret of gatewayCase.secrets) expect(JSON.stringify(values)).not.toContain(secret);
  };

  describe.each([...gatewayWrites, ...gatewayReads].filter((call) => gateway[call] !== undefined))(
    '%s: failures',
    (call) => {
      const isWrite = gatewayWrites.some((write) => write === call);

      it.each(turnedAway)('throws where the request was turned away: %j is %s', async (answer, kind) => {
        const error = await ioErrorOf(runAgainst(call, answer));
        expect(error).toMatchObject({ kind, details: { applied: 'no', httpStatus: answer.status } });
        if (kind === 'throttled') expect(error.details.retryAfterMs).toBe(7_000);
        expectNoSecret(error.message, error.details);
      });

      it('throws where the request never left', async () => {
        const never = new IoError('unavailable', 'connection refused', { applied: 'no' });
        expect(await ioErrorOf(runAgainst(call, never))).toMatchObject({ details: { applied: 'no' } });
      });

      it.each(unclear)(`${isWrite ? 'loses every line' : 'throws'} on %s`, async (_name, answer) => {
        if (!isWrite) {
          const error = await ioErrorOf(runAgainst(call, answer));
          expectNoSecret(error.message, error.details);
          return;
        }
        const results = await runAgainst(call, answer);
        expect(results.length).toBeGreaterThan(0);
        expect(results.every(({ kind }) => kind === 'lost')).toBe(true);
        expectNoSecret(results);
      });

      it('takes no body that it does not understand for success', async () => {
        const property = fc.asyncProperty(
          fc.constantFrom(200, 201, 400),
          fc.jsonValue(),
          async (status, json) => {
            const outcome = await runAgainst(call, answerOf(status, json)).catch((error: unknown) => error);
            if (Array.isArray(outcome)) {
              expect(outcome.every(({ kind }) => kind === 'lost' || kind === 'refused')).toBe(true);
            } else expect(outcome).toBeInstanceOf(IoError);
          },
        );
        await fc.assert(property);
      });

      it('takes no half of a good answer for success', async () => {
        const [line] = sampleLines(gatewayCase, 1);
        if (!line) return;
        const cut = (share: number) => {
          const whole = (request: HttpRequest) =>
            gatewayCase.wire.answer(call, [doneEntry(line, successWord(gatewayCase, call))], request);
          const half = (request: HttpRequest): HttpResponse => {
            const { bytes, ...answer } = whole(request);
            const kept = bytes?.subarray(0, Math.floor(bytes.length * share));
            return { ...answer, json: undefined, ...(kept ? { bytes: kept } : {}) };
          };
          return callOf(gatewayCase, call, scriptedClient(half).http)?.([line]);
        };
        for (const share of [0.2, 0.5, 0.9]) {
          const outcome = await cut(share)?.catch((error: unknown) => error);
          if (Array.isArray(outcome)) expect(outcome.map(({ kind }) => kind as string)).toEqual(['lost']);
          else expect(outcome).toBeInstanceOf(IoError);
        }
      });
    },
  );

  describeConnectionCheck(gatewayCase);
}

function describeConnectionCheck<Settings>({
  gateway,
  settings,
  wire,
  secrets,
}: GatewayCase<Settings>): void {
  const check = (answer: HttpResponse | IoError) =>
    gateway.checkConnection(ioOf(settings, scriptedClient(() => answer).http));

  describe('checkConnection', () => {
    it('is ok for the answer that proves it', async () => {
      expect(await check(wire.connected)).toMatchObject({ kind: 'ok' });
    });

    it.each([401, 403])('says that the credentials were refused on %p', async (status) => {
      const result = await check(answerOf(status, wire.connected.json));
      expect(result.kind).toBe('failed');
      for (const secret of secrets) expect(JSON.stringify(result)).not.toContain(secret);
    });

    it.each([...unclear, ['HTTP 404', answerOf(404, undefined)] as const])(
      'is never ok on %s',
      async (_name, answer) => {
        const outcome = await check(answer).catch((error: unknown) => error);
        if (!(outcome instanceof IoError)) expect(outcome).toMatchObject({ kind: 'failed' });
      },
    );

    it.each([429, 503])('throws on %p: nothing is known about the credentials', async (status) => {
      await ioErrorOf(check(answerOf(status, undefined)));
    });
  });
}

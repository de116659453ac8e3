import { inspect } from 'node:util';
import { type AdapterIo, type CartAdapter, type HttpClient, type HttpResponse, IoError } from '@np-hub/kit';
import * as fc from 'fast-check';
import type { AdapterSubject } from './adapter-subject.js';
import { clock, now, secretsOf, settingFields } from './adapter-samples.js';

const dayMs = 86_400_000;
const window = { from: new Date(now.getTime() - dayMs), to: now };

/** What an answer has to be thrown as; null where any kind will do. */
const badAnswers = [
  { status: 401, kind: 'unauthorized' },
  { status: 403, kind: 'unauthorized' },
  { status: 429, kind: 'throttled' },
  { status: 500, kind: 'unavailable' },
  { status: 503, kind: 'unavailable' },
  { status: 400, kind: null },
  { status: 302, kind: null },
  { status: 200, kind: null },
] as const;

/** A cart that answers everything alike, and repeats every secret it was given in all the usual places. */
function echoingCart(status: number, secrets: readonly string[]): HttpClient {
  const text = `no: ${secrets.join(' ')}`;
  const json = { message: text, error: text, errors: [{ message: text, code: text }], data: null };
  return { send: () => Promise.resolve({ status, headers: { 'x-echo': text }, json }) };
}

/** A cart whose answers are no JSON. */
const silentCart: HttpClient = {
  send: () => Promise.resolve({ status: 200, headers: {}, json: undefined } satisfies HttpResponse),
};

async function failureOf(work: () => Promise<unknown>): Promise<unknown> {
  try {
    return { notThrown: await work() };
  } catch (error) {
    return error;
  }
}

function expectNoSecret(value: unknown, secrets: readonly string[]): void {
  const text = inspect(value, { depth: Infinity, showHidden: true });
  expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
}

async function expectSafeFailure(
  work: () => Promise<unknown>,
  kind: IoError['kind'] | null,
  secrets: readonly string[],
): Promise<void> {
  const error = await failureOf(work);
  expect(error).toBeInstanceOf(IoError);
  if (kind) expect(error).toMatchObject({ kind });
  expectNoSecret(error, secrets);
}

export function describePull<Settings>(
  subject: AdapterSubject<Settings>,
  pull: NonNullable<CartAdapter<Settings>['pull']>,
  settings: Settings,
): void {
  const secrets = secretsOf(subject);
  const drain = async (io: AdapterIo<Settings>) => {
    for await (const page of pull.fetchOrders(io, window)) expect(Array.isArray(page)).toBe(true);
  };

  describe('pull', () => {
    it.each(badAnswers)(
      'fetchOrders throws HTTP $status as an IoError without secrets',
      async ({ status, kind }) => {
        const http = echoingCart(status, secrets);
        await expectSafeFailure(() => drain({ settings, http, clock }), kind, secrets);
      },
    );

    it('fetchOrders takes no unreadable answer for an empty one', async () => {
      await expectSafeFailure(() => drain({ settings, http: silentCart, clock }), 'malformed', secrets);
    });

    it.each(badAnswers)('checkConnection explains HTTP $status in both languages', async ({ status }) => {
      const check = await pull.checkConnection({ settings, http: echoingCart(status, secrets), clock });
      const texts = { ja: expect.stringMatching(/\S/), en: expect.stringMatching(/\S/) };
      expect(check).toEqual({ kind: 'failed', error: expect.stringMatching(/\S/), message: texts });
      expectNoSecret(check, secrets);
    });
  });
}

export function describePush<Settings>(
  subject: AdapterSubject<Settings>,
  push: NonNullable<CartAdapter<Settings>['push']>,
  settings: Settings,
): void {
  const secrets = secretsOf(subject);
  const word = String(subject.adapter.words.approved);
  const updates = Array.from({ length: 250 }, (_, index) => ({ orderNumber: `P${1000 + index}`, word }));

  describe('push', () => {
    it('has a stand-in for the cart', () => expect(subject.push).toBeDefined());

    it('says whether it is switched on', () => expect(typeof push.enabled(settings)).toBe('boolean'));

    it.each([0, 1, 120, 249])(
      'gives results in the order of the updates, with number %d refused',
      async (refused) => {
        const http = subject.push?.cartRefusing(`P${1000 + refused}`) ?? silentCart;
        const results = await push.pushStatus({ settings, http, clock }, updates);
        expect(results.map(({ kind }) => kind)).toEqual(
          updates.map((_, index) => (index === refused ? 'refused' : 'done')),
        );
      },
    );

    it('makes no call for nothing', async () => {
      const send = jest.fn(silentCart.send);
      expect(await push.pushStatus({ settings, http: { send }, clock }, [])).toEqual([]);
      expect(send).not.toHaveBeenCalled();
    });

    it.each(badAnswers)('throws HTTP $status as an IoError without secrets', async ({ status, kind }) => {
      const io = { settings, http: echoingCart(status, secrets), clock };
      await expectSafeFailure(() => push.pushStatus(io, updates), kind, secrets);
    });

    it('never takes an unreadable answer for success', async () => {
      const io = { settings, http: silentCart, clock };
      await expectSafeFailure(() => push.pushStatus(io, updates), 'malformed', secrets);
    });
  });
}

export function describeWebhook<Settings>(
  subject: AdapterSubject<Settings>,
  webhook: NonNullable<CartAdapter<Settings>['webhook']>,
  settings: Settings,
): void {
  describe('webhook', () => {
    const { webhook: sample } = subject;
    if (!sample) {
      it('has a sample', () => expect(sample).toBeDefined());
      return;
    }
    const read = (request: ReturnType<typeof sample.sign>) => webhook.read(request, settings, clock);
    const good = sample.sign(sample.body, now);

    it('reads a good notice as a hint', () => {
      const reading = read(good);
      expect(reading).toMatchObject({ kind: 'hint' });
      expect(reading.kind === 'hint' && reading.orderNumbers.length).toBeGreaterThan(0);
    });

    it.each([-2, 2])('refuses a good notice that is %d days off', (days) => {
      const request = sample.sign(sample.body, new Date(now.getTime() + days * dayMs));
      expect(read(request)).toEqual({ kind: 'rejected', reason: 'stale' });
    });

    it.each([' ', '\n', '{}'])('refuses a body with %j added after signing', (tail) => {
      const request = { ...good, body: Buffer.concat([good.body, Buffer.from(tail)]) };
      expect(read(request)).toEqual({ kind: 'rejected', reason: 'bad-signature' });
    });

    it.each(Object.keys(good.headers))('refuses a notice with another %s, an empty one or none', (name) => {
      const value = good.headers[name] ?? '';
      const last = value.endsWith('0') ? '1' : '0';
      for (const other of [undefined, '', `${value}0`, value.slice(0, -1), value.slice(0, -1) + last]) {
        const request = { ...good, headers: { ...good.headers, [name]: other } };
        expect(read(request)).toEqual({ kind: 'rejected', reason: 'bad-signature' });
      }
    });

    it.each(['', 'null', '[]', '{}', '"x"', '{', '<xml/>'])(
      'refuses the signed body %j as malformed',
      (body) => {
        expect(read(sample.sign(body, now))).toEqual({ kind: 'rejected', reason: 'malformed' });
      },
    );

    it('refuses everything while the secret is not set', () => {
      for (const [name, meta] of settingFields(subject.adapter)) {
        const without = subject.adapter.settings.safeParse({ ...subject.settings, [name]: undefined });
        if (meta['secret'] === true && without.success)
          expect(webhook.read(good, without.data, clock)).toMatchObject({ kind: 'rejected' });
      }
    });

    it('never throws and never believes garbage', () => {
      const names = fc.constantFrom(...Object.keys(good.headers));
      const request = fc.record({
        headers: fc.dictionary(names, fc.oneof(fc.string(), fc.constantFrom(...Object.values(good.headers)))),
        body: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
      });
      fc.assert(fc.property(request, (garbage) => expect(read(garbage)).toMatchObject({ kind: 'rejected' })));
    });
  });
}

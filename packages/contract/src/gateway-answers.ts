import * as fc from 'fast-check';
import {
  type AnswerEntry,
  callOf,
  type GatewayCall,
  type GatewayCase,
  gatewayReads,
  gatewayWrites,
  limitOf,
  ioErrorOf,
  type SampleLine,
  scriptedClient,
} from './gateway-case.js';
import { doneEntry, refusedEntry, sampleLine, sampleLines, successWord } from './gateway-samples.js';

const calls: readonly GatewayCall[] = [...gatewayWrites, ...gatewayReads];

/** Whole answers: every line gets what was said of it, whatever the order, and nothing else. */
export function describeAnswers<Settings>(gatewayCase: GatewayCase<Settings>): void {
  const { gateway, wire } = gatewayCase;
  const present = calls.filter((call) => gateway[call] !== undefined);

  const runWith = (call: GatewayCall, lines: readonly SampleLine[], entries: readonly AnswerEntry[]) => {
    const client = scriptedClient((request) => wire.answer(call, entries, request));
    const run = callOf(gatewayCase, call, client.http);
    if (run === undefined) throw new Error(`${call} is absent`);
    return { results: run(lines), requests: client.requests };
  };

  describe.each(present)('%s: answers', (call) => {
    const accepted = gatewayCase.accepted?.[call] ?? 'done';
    const done = (line: SampleLine) => doneEntry(line, successWord(gatewayCase, call));
    const size = Math.min(3, limitOf(gatewayCase, call));

    it('gives results in the order of the lines, whatever the order of the answer', async () => {
      const lines = sampleLines(gatewayCase, size);
      const entries = lines
        .map((line, index) => (index % 2 === 1 ? refusedEntry(line) : done(line)))
        .reverse();
      const results = await runWith(call, lines, entries).results;
      expect(results.map(({ kind }) => kind)).toEqual(
        lines.map((_, index) => (index % 2 === 1 ? 'refused' : accepted)),
      );
    });

    it('refuses with the codes as they came, explained where the dictionary knows them', async () => {
      const line = sampleLine(gatewayCase, 0);
      const [result] = await runWith(call, [line], [refusedEntry(line)]).results;
      if (result?.kind !== 'refused') throw new Error(`expected a refusal, got ${result?.kind}`);
      expect(result.reasons.length).toBeGreaterThan(0);
      const known = result.reasons.filter((reason) => gateway.codes.some(({ code }) => code === reason.code));
      expect(result.reasons.filter((reason) => reason.known)).toEqual(known);
    });

    it('gives a line that the answer does not mention as lost', async () => {
      const lines = sampleLines(gatewayCase, size);
      const results = await runWith(call, lines, lines.slice(1).map(done)).results;
      expect(results.map(({ kind }) => kind)).toEqual(['lost', ...lines.slice(1).map(() => accepted)]);
    });

    it('ignores an entry about a transaction that was not asked for', async () => {
      const line = sampleLine(gatewayCase, 0);
      const results = await runWith(call, [line], [done(sampleLine(gatewayCase, 7)), done(line)]).results;
      expect(results.map(({ kind }) => kind)).toEqual([accepted]);
    });

    it('trusts no answer that says two things of one line', async () => {
      const line = sampleLine(gatewayCase, 0);
      const results = await runWith(call, [line], [done(line), refusedEntry(line)]).results;
      expect(results.map(({ kind }) => kind)).toEqual(['lost']);
    });

    it('takes as many lines as its limit allows, and sends nothing for one more', async () => {
      const limit = limitOf(gatewayCase, call);
      const lines = sampleLines(gatewayCase, limit + 1);
      const full = await runWith(call, lines.slice(1), lines.slice(1).map(done)).results;
      expect(full).toHaveLength(limit);
      expect(full.every(({ kind }) => kind === accepted)).toBe(true);
      const { results, requests } = runWith(call, lines, []);
      expect(await ioErrorOf(results)).toMatchObject({ kind: 'rejected', details: { applied: 'no' } });
      expect(requests).toEqual([]);
    });

    it('sends nothing for no lines, and nothing for two lines with one id', async () => {
      const line = sampleLine(gatewayCase, 0);
      const none = runWith(call, [], []);
      expect(await none.results).toEqual([]);
      const twice = runWith(call, [line, line], []);
      if (limitOf(gatewayCase, call) > 1) {
        expect(await ioErrorOf(twice.results)).toMatchObject({
          kind: 'rejected',
          details: { applied: 'no' },
        });
      } else await ioErrorOf(twice.results);
      expect([...none.requests, ...twice.requests]).toEqual([]);
    });

    it('keeps to its deadline, repeats no write by itself, and shows no secret in an address', async () => {
      const line = sampleLine(gatewayCase, 0);
      const { results, requests } = runWith(call, [line], [done(line)]);
      await results;
      for (const request of requests) {
        expect(request.timeoutMs).toBeLessThanOrEqual(gateway.callDeadlineMs);
        if (gatewayWrites.some((write) => write === call)) expect(request.safeRetries ?? 0).toBe(0);
        for (const secret of gatewayCase.secrets) expect(request.url).not.toContain(secret);
        expect(request.url.startsWith(gateway.baseUrlOf(gatewayCase.settings).replace(/\/+$/, ''))).toBe(
          true,
        );
      }
    });
  });

  describeWords(gatewayCase);
}

function describeWords<Settings>(gatewayCase: GatewayCase<Settings>): void {
  const { gateway, wire } = gatewayCase;
  const line = sampleLine(gatewayCase, 0);

  const valueFor = async (call: GatewayCall, word: string) => {
    const client = scriptedClient((request) => wire.answer(call, [doneEntry(line, word)], request));
    const [result] = (await callOf(gatewayCase, call, client.http)?.([line])) ?? [];
    return result?.kind === 'done' ? result.value : result;
  };

  if (gateway.findCredit !== undefined) {
    it.each(Object.entries(wire.creditWords))('reads the credit word %p as %p', async (word, result) => {
      expect(await valueFor('findCredit', word)).toMatchObject({ result, raw: word });
    });

    it('reads any other credit word as unknown', async () => {
      const others = fc.oneof(fc.string(), fc.constantFrom('0', '000', ' 00', 'OK', '30', '99', 'toString'));
      const property = fc.asyncProperty(others, async (word) => {
        fc.pre(!Object.hasOwn(wire.creditWords, word));
        expect(await valueFor('findCredit', word)).toMatchObject({ result: 'unknown', raw: word });
      });
      await fc.assert(property);
    });
  }

  if (gateway.findPayment !== undefined) {
    it.each(Object.entries(wire.paymentWords))('reads the payment word %p as %p', async (word, status) => {
      expect(await valueFor('findPayment', word)).toMatchObject({ status, raw: word });
    });

    it('reads any other payment word as unknown', async () => {
      const property = fc.asyncProperty(fc.string(), async (word) => {
        fc.pre(!Object.hasOwn(wire.paymentWords, word));
        expect(await valueFor('findPayment', word)).toMatchObject({ status: 'unknown', raw: word });
      });
      await fc.assert(property);
    });
  }
}

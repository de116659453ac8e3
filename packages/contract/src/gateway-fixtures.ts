import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HttpResponse } from '@np-hub/kit';
import {
  callOf,
  type GatewayCall,
  type GatewayCase,
  type SampleLine,
  scriptedClient,
} from './gateway-case.js';

/** `<case>.in.json`: a call, the settings that differ, its lines, and the answer that comes. */
interface FixtureIn {
  readonly call: GatewayCall;
  readonly settings?: object;
  readonly lines: readonly SampleLine[];
  /** `text` is a body that is no JSON. */
  readonly answer: { readonly status: number; readonly json?: unknown; readonly text?: string };
}

const jsonAt = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

/**
 * Golden cases: for `<case>.in.json` the requests (method, address, JSON) and the results, or the error, have
 * to be those of `<case>.out.json`.
 */
export function describeFixtures<Settings>(gatewayCase: GatewayCase<Settings>): void {
  const names = readdirSync(gatewayCase.fixtures).flatMap((file) => /^(.+)\.in\.json$/.exec(file)?.[1] ?? []);

  describe('fixtures', () => {
    it('has one for every write that the gateway offers', () => {
      const inputs = names.map((name) => jsonAt(join(gatewayCase.fixtures, `${name}.in.json`)) as FixtureIn);
      const writes = (['register', 'amend', 'cancel', 'report', 'reissue'] as const).filter(
        (call) => gatewayCase.gateway[call] !== undefined,
      );
      expect(inputs.map(({ call }) => call)).toEqual(expect.arrayContaining(writes));
    });

    it.each(names)('%s', async (name) => {
      const input = jsonAt(join(gatewayCase.fixtures, `${name}.in.json`)) as FixtureIn;
      const settings = { ...gatewayCase.settings, ...input.settings };
      const { text, ...given } = input.answer;
      const bytes = text === undefined ? {} : { bytes: Buffer.from(text) };
      const answer: HttpResponse = { headers: {}, json: undefined, ...given, ...bytes };
      const client = scriptedClient(() => answer);
      const results = await callOf({ ...gatewayCase, settings }, input.call, client.http)?.(input.lines);
      const requests = client.requests.map(({ method, url, json, body }) => ({
        method,
        url,
        json,
        ...(body ? { text: new TextDecoder('shift_jis').decode(body.bytes) } : {}),
      }));
      const observed: unknown = JSON.parse(JSON.stringify({ requests, results }));
      expect(observed).toEqual(jsonAt(join(gatewayCase.fixtures, `${name}.out.json`)));
    });
  });
}

import fc from 'fast-check';
import { sbpsShop } from '../sbps/service.js';
import { startTestHub, type TestHub } from '../support/hub.js';
import { count, fromElsewhere, limits, manyAddresses, tell } from './fuzzing.js';
import { anyNotice, namedBombs, type Service } from './xml-arbitrary.js';

const contentType = 'text/xml; charset=Shift_JIS';

let hub: TestHub;
let url: string;
let service: Service;

beforeAll(async () => {
  hub = await startTestHub({
    shop: false,
    variables: manyAddresses,
    timing: { tickMs: 3_600_000, pullMs: 3_600_000 },
  });
  const { connectionId } = await sbpsShop(hub);
  const [given] = hub.sandbox.config.sbpsServices;
  if (!given) throw new Error('The sandbox has no service of SBPS');
  service = given;
  url = `${hub.url}/gateways/${connectionId}/notifications`;
});
afterAll(async () => {
  tell();
  await hub.stop();
});

async function post(body: Buffer): Promise<{ status: number; text: string }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': contentType, ...fromElsewhere() },
    body,
  });
  return { status: response.status, text: await response.text() };
}

/** Notices that are kept, and everything that a notice could move. */
async function traces(): Promise<{ kept: number; moved: string }> {
  const [row] = await hub.database.query<{ kept: number; history: number; calls: number }[]>(
    `select (select count(*)::int from gateway_notices) as kept, (select count(*)::int from history) as history,
       (select count(*)::int from calls) as calls`,
  );
  return { kept: row?.kept ?? 0, moved: JSON.stringify([row?.history, row?.calls]) };
}

test('notices by a grammar of XML: answered NG, and only what proves itself is kept', async () => {
  await fc.assert(
    fc.asyncProperty(anyNotice(service), async ({ body, signed }) => {
      const before = await traces();
      const { status, text } = await post(body);
      count('XML', status);
      expect([200, 413]).toContain(status);
      if (status === 200) expect(text).toContain('<res_result>NG</res_result>');
      const after = await traces();
      expect(after.moved).toBe(before.moved);
      if (!signed) expect(after.kept).toBe(before.kept);
    }),
    limits(0.5),
  );
  expect((await traces()).kept).toBeGreaterThan(0);
});

test.each(namedBombs)('%s: refused at once, with nothing of it read', async (name, bytes) => {
  const before = process.memoryUsage().rss;
  const { status, text } = await post(bytes);
  expect([name, status === 413 || text.includes('<res_result>NG</res_result>')]).toEqual([name, true]);
  expect(text).not.toMatch(/root:|aaaaaaaaaa/u);
  expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
});

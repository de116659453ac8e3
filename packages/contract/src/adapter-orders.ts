import { writtenYen } from '@np-hub/kit';
import type { OrderReading } from '@np-hub/kit';
import type { Order } from '@np-hub/model';
import type { Cases } from './adapter-cases.js';
import { type Read, expectSound } from './adapter-reading.js';
import { type Check, demand, demandNone } from './check.js';
import { withoutLocalTime } from './local-time.js';
import { isPlain, leavesOf, pathsOf, replaced, replacedAll, valueAt } from './raw-values.js';

/** Texts that somebody types, or software leaves behind. */
const hostileTexts = [
  '',
  ' 　\t',
  '\u0000',
  '__proto__',
  'constructor',
  '=HYPERLINK("https://example.jp")',
  "'; DROP TABLE orders; --",
  '<script>alert(1)</script>',
  '\u202e\u2066見本',
  '😀👨‍👩‍👧',
  '\ud83d',
  '"a","b"\r\n',
  '9'.repeat(400),
  '長'.repeat(100_000),
];

interface Sample {
  readonly name: string;
  readonly raw: unknown;
  readonly order: Order;
}

async function ordersOf(cases: Cases, read: Read): Promise<Sample[]> {
  return (await cases.all()).flatMap(({ name, raws }) =>
    raws.flatMap(({ raw }) => {
      const reading = read(raw);
      return reading.kind === 'order' ? [{ name, raw, order: reading.order }] : [];
    }),
  );
}

const isAmount = (amount: number) => (leaf: unknown) => writtenYen(String(leaf)) === amount;
const isText = (text: string) => (leaf: unknown) => String(leaf).trim() === text;

/** What people change in a cart, found in the raw order by its value. */
const editsOf = ({
  buyer,
  billedYen,
  parcels,
  note,
}: Order): [string, (leaf: unknown) => boolean, (leaf: unknown) => unknown][] => [
  [
    'billedYen',
    isAmount(billedYen),
    (leaf) => (typeof leaf === 'number' ? billedYen + 1 : String(billedYen + 1)),
  ],
  ...[buyer.name, buyer.address, buyer.email ?? '', note, ...parcels.map(({ slipNumber }) => slipNumber)]
    .filter((text) => text.length > 3)
    .map((text): [string, (leaf: unknown) => boolean, (leaf: unknown) => unknown] => [
      text,
      isText(text),
      (leaf) => `${leaf}1`,
    ]),
];

/** An edit in the cart has to arrive, or to be refused aloud; never to be swallowed. */
async function checkEdits(cases: Cases, read: Read): Promise<void> {
  let edits = 0;
  for (const { name, raw, order } of await ordersOf(cases, read))
    for (const [what, isMeant, changed] of editsOf(order)) {
      if (!leavesOf(raw).some(isMeant)) continue;
      edits += 1;
      const reading = read(replacedAll(raw, isMeant, changed));
      const isSame = JSON.stringify(reading) === JSON.stringify({ kind: 'order', order });
      demand(
        !isSame,
        `fixtures/${name}: an edit of "${what}" in the cart changes nothing in what readOrder gives.`,
      );
    }
  demand(
    edits > 0,
    'fixtures/: no case holds the amount of its order as a plain value, so that no edit could be tried.',
  );
}

const isFree = (reading: OrderReading): boolean => reading.kind === 'order' && reading.order.billedYen === 0;

async function checkMissing(cases: Cases, read: Read): Promise<void> {
  for (const { name, raw, order } of await ordersOf(cases, read)) {
    for (const [index, path] of pathsOf(raw).slice(1).entries())
      expectSound(read(replaced(raw, path, (index + name.length) % 2 === 0 ? undefined : '')));
    if (order.billedYen === 0) continue;
    const without = [undefined, '', null].map((nothing) =>
      read(replacedAll(raw, isAmount(order.billedYen), () => nothing)),
    );
    demand(
      !without.some(isFree),
      `fixtures/${name}: without its amount the order is read as one of 0 yen. A missing amount makes an order unreadable.`,
    );
  }
}

async function checkHostile(cases: Cases, read: Read): Promise<void> {
  for (const { name, raws } of await cases.all())
    for (const { raw } of raws)
      for (const [index, path] of pathsOf(raw).entries()) {
        if (!isPlain(valueAt(raw, path))) continue;
        // Field by field another text: over all cases each of them comes by everywhere, and the suite stays quick.
        const startedAt = performance.now();
        expectSound(read(replaced(raw, path, hostileTexts[(index + name.length) % hostileTexts.length])));
        const seconds = (performance.now() - startedAt) / 1_000;
        demand(
          seconds < 5,
          `fixtures/${name}: a hostile text in ${path.join('.')} keeps readOrder busy for ${seconds.toFixed(1)} s.`,
        );
      }
}

async function checkDestinations(cases: Cases, read: Read): Promise<void> {
  const wrong = (await ordersOf(cases, read)).flatMap(({ name, order }) => {
    const isFlagged = order.flags.includes('several-destinations');
    return isFlagged === order.destinations.length > 1 ? [] : [`fixtures/${name}`];
  });
  demandNone(
    wrong,
    'Flag `several-destinations` exactly where `destinations` holds more than one (see `destinationsOf` of the kit):',
  );
}

async function checkTimeZones(cases: Cases, read: Read): Promise<void> {
  const all = await cases.all();
  for (const { name, raws } of all)
    for (const { raw } of raws) {
      const usual = read(raw);
      const [reading, uses] = withoutLocalTime(() => read(raw));
      demandNone(
        uses,
        `fixtures/${name}: readOrder depends on the time zone of the machine. Read times with \`writtenTime\` or \`japaneseTime\` of the kit.`,
      );
      expect(reading).toEqual(usual);
    }
}

/** Lives of orders: edits, cancels, missing and hostile data, destinations, time zones. */
export const orderChecks = (cases: Cases, read: Read): Check[] => [
  { name: 'lets every edit in the cart through', run: () => checkEdits(cases, read) },
  { name: 'invents nothing for a missing field', run: () => checkMissing(cases, read) },
  { name: 'stays sound on hostile strings', run: () => checkHostile(cases, read) },
  { name: 'flags several destinations, and only those', run: () => checkDestinations(cases, read) },
  { name: 'does not depend on the time zone of the machine', run: () => checkTimeZones(cases, read) },
];

import crypto from 'node:crypto';
import { type CartAdapter, type HttpClient, IoError } from '@np-hub/kit';
import { clock, now } from './adapter-samples.js';
import type { AdapterSubject } from './adapter-subject.js';
import { type Check, demand } from './check.js';

const window = { from: new Date(now.getTime() - 86_400_000), to: now };

type Pull<Settings> = NonNullable<CartAdapter<Settings>['pull']>;

async function pulled<Settings>(
  pull: Pull<Settings>,
  settings: Settings,
  http: HttpClient,
): Promise<string[]> {
  const orders: string[] = [];
  for await (const page of pull.fetchOrders({ settings, http, clock }, window))
    orders.push(...page.map((order) => JSON.stringify(order)));
  return orders;
}

async function checkPages<Settings>(
  { pull: sample }: AdapterSubject<Settings>,
  pull: Pull<Settings>,
  settings: Settings,
) {
  demand(
    sample !== undefined,
    'Give the test a stand-in for the cart: `pull: { cartHolding: (orders) => HttpClient }`. It answers with that many orders, page by page as the cart does.',
  );
  for (const count of [0, 1, 250, 1001]) {
    const orders = await pulled(pull, settings, sample.cartHolding(count));
    demand(
      orders.length === count && new Set(orders).size === count,
      `fetchOrders gives ${orders.length} orders (${new Set(orders).size} different ones) of the ${count} that the cart holds. Ask for every page (\`everyPage\` of the kit); the orders of the stand-in have to differ.`,
    );
  }
}

/** The hub asks for windows that overlap: what comes twice has to come alike. */
async function checkOverlap<Settings>(
  { pull: sample }: AdapterSubject<Settings>,
  pull: Pull<Settings>,
  settings: Settings,
) {
  const http = sample?.cartHolding(30);
  if (!http) return;
  expect(await pulled(pull, settings, http)).toEqual(await pulled(pull, settings, http));
}

const throttled: HttpClient = {
  send: () => Promise.resolve({ status: 429, headers: { 'retry-after': '7' }, json: {} }),
};

async function checkRetryAfter(work: () => Promise<unknown>): Promise<void> {
  const error: unknown = await work().catch((failure: unknown) => failure);
  demand(
    error instanceof IoError && error.kind === 'throttled' && error.details.retryAfterMs === 7_000,
    'A 429 with Retry-After has to become an IoError `throttled` with `retryAfterMs`: use `errorOfStatus` of the kit.',
  );
}

/** The time that a comparison takes must not tell how much of a signature was right. */
function checkConstantTime<Settings>(
  { webhook: sample }: AdapterSubject<Settings>,
  webhook: NonNullable<CartAdapter<Settings>['webhook']>,
  settings: Settings,
): void {
  if (!sample) return;
  const good = sample.sign(sample.body, now);
  const spy = jest.spyOn(crypto, 'timingSafeEqual');
  try {
    for (const headers of [good.headers, turned(good.headers)]) {
      const before = spy.mock.calls.length;
      webhook.read({ ...good, headers }, settings, clock);
      demand(
        spy.mock.calls.length > before,
        'The signature is not compared in constant time: use `timingSafeEqual` of node:crypto, for a wrong signature of the right length too.',
      );
    }
  } finally {
    spy.mockRestore();
  }
}

/** Each header with another last character. */
const turned = (headers: Readonly<Record<string, string | undefined>>) =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value = '']) => [
      name,
      value.slice(0, -1) + (value.endsWith('0') ? '1' : '0'),
    ]),
  );

/** What calls and notices have to keep to, beyond their failures. */
export function exchangeChecks<Settings>(subject: AdapterSubject<Settings>, settings: Settings): Check[] {
  const { pull, push, webhook, words } = subject.adapter;
  const io = { settings, http: throttled, clock };
  const pullChecks: Check[] = pull
    ? [
        {
          name: 'fetchOrders brings every order of every page once',
          run: () => checkPages(subject, pull, settings),
        },
        {
          name: 'fetchOrders brings the orders of an overlap alike',
          run: () => checkOverlap(subject, pull, settings),
        },
        {
          name: 'fetchOrders says how long a cart wants to be left alone',
          run: () => checkRetryAfter(() => pulled(pull, settings, throttled)),
        },
      ]
    : [];
  const updates = [{ orderNumber: 'P1', word: String(words.approved) }];
  return [
    ...pullChecks,
    ...(push
      ? [
          {
            name: 'pushStatus says how long a cart wants to be left alone',
            run: () => checkRetryAfter(() => push.pushStatus(io, updates)),
          },
        ]
      : []),
    ...(webhook
      ? [
          {
            name: 'webhook signatures are compared in constant time',
            run: () => checkConstantTime(subject, webhook, settings),
          },
        ]
      : []),
  ];
}

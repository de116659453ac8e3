import { randomUUID } from 'node:crypto';
import { japanIso } from '../japan-time.js';
import type { Person } from '../offices/people.js';
import { billedYenOf, type StoreOrder } from './order.js';
import type { HubAnswer, Screen } from './question.js';
import type { StoreSettings } from './settings.js';
import { npPayments } from './words.js';

type Hub = NonNullable<StoreSettings['hub']>;
export type AskedOrder = Omit<StoreOrder, 'changedAtMs' | 'life'>;

/** NP lets a client wait for 30 s, the hub a little longer. */
const waitMs = 40_000;

const secondMs = 1_000;
const wholeSecond = (atMs: number): string => japanIso(atMs - (atMs % secondMs));

const partyOf = ({ familyName, givenName, familyKana, givenKana, ...person }: Person, isBuyer: boolean) => ({
  name: `${familyName} ${givenName}`,
  kana: `${familyKana} ${givenKana}`,
  postalCode: person.postalCode,
  address: person.prefecture + person.street + person.building,
  phone: person.phone,
  ...(isBuyer && person.email !== '' ? { email: person.email } : {}),
});

/** An order in the words of the hub's open API: what its 注文データ will say of the same order later. */
function bodyOf(order: AskedOrder, nowMs: number) {
  const amounts: [string, number][] = [
    ['送料', order.shippingYen],
    ['手数料', order.feeYen],
    ['クーポン割引', -order.couponYen],
    ['ポイント利用', -order.pointsYen],
  ];
  const elsewhere = order.destinations.filter(
    ({ person }) => JSON.stringify(person) !== JSON.stringify(order.buyer),
  );
  return {
    orderNumber: order.number,
    orderedAt: wholeSecond(order.placedAtMs),
    changedAt: wholeSecond(nowMs),
    settlementType: order.payment === npPayments[1] ? '03' : '02',
    buyer: partyOf(order.buyer, true),
    destinations: elsewhere.map(({ person }) => partyOf(person, false)),
    lines: [
      ...order.destinations.flatMap(({ goods }) =>
        goods.map(({ name, priceYen, quantity }) => ({ name, unitPriceYen: priceYen, quantity })),
      ),
      ...amounts
        .filter(([, yen]) => yen !== 0)
        .map(([name, unitPriceYen]) => ({ name, unitPriceYen, quantity: 1 })),
    ],
    billedYen: billedYenOf(order),
    note: order.note,
    plannedShipOn: order.plannedShipOn,
    feeYen: order.feeYen,
    ...(order.course
      ? {
          subscription: {
            courseNumber: order.course.number,
            count: order.course.count,
            generated: order.course.generation === '自動生成',
          },
        }
      : {}),
  };
}

/** The hub as the cart calls it. Whatever is no answer is thrown, with a message for the screen. */
export class HubClient {
  constructor(
    private readonly hub: Hub,
    private readonly stop: AbortSignal,
  ) {}

  async authorize(screen: Screen, order: AskedOrder, nowMs: number): Promise<HubAnswer> {
    const { status, body } = await this.#post('authorize', { screen, order: bodyOf(order, nowMs) });
    const answer = body as unknown as Omit<HubAnswer, 'status'> & { message?: unknown };
    if (![200, 202].includes(status) || typeof answer.action !== 'string')
      throw new Error(textOf(body) ?? `HTTP ${status}`);
    const { result, action, message, instruction, npTransactionId } = answer;
    return { status, result, action, message, instruction, npTransactionId };
  }

  /** The order is real, or it was never made: what the hub has of it is to follow. */
  async tell(what: 'confirmations' | 'abandonments', orderNumber: string): Promise<void> {
    const { status, body } = await this.#post(what, { orderNumbers: [orderNumber] });
    if (status !== 200) throw new Error(textOf(body) ?? `HTTP ${status}`);
  }

  async #post(path: string, body: object): Promise<{ status: number; body: Record<string, unknown> }> {
    const { url, shopId, apiKey } = this.hub;
    const response = await fetch(`${url}/api/v1/shops/${shopId}/${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${apiKey}`,
        'idempotency-key': randomUUID(),
      },
      body: JSON.stringify(body),
      signal: AbortSignal.any([this.stop, AbortSignal.timeout(waitMs)]),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }
}

/** A refusal of the hub in its own Japanese words; undefined where it has none. */
function textOf(body: Record<string, unknown>): string | undefined {
  const message = body['message'] as { ja?: unknown } | undefined;
  return typeof message?.ja === 'string' ? message.ja : undefined;
}

import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { faultSchema } from '../faults.js';
import { replyWithFaults } from '../faulty-reply.js';
import { japanIso } from '../japan-time.js';
import type { Person } from '../offices/people.js';
import type { World } from '../world.js';
import { coursesOf } from './courses.js';
import { billedYenOf, type StoreDestination, type StoreOrder } from './order.js';
import { lineOf, settle } from './results.js';
import { creditStatuses, payments } from './words.js';

/**
 * The part of サブスクストア's API that the stand-in speaks, under `/subsc/api/v1`.
 * observed (public client code of the storefront API): the token call, `Bearer`, `success` and `errors[].message`, the
 *   fields of `client_address`, `shipments`, `order_items`, `total` and its parts.
 * assumed: that orders are listed and 決済状況 is written at all under these paths, their parameters, paging and limits.
 */
export const apiClient = { clientId: 'demo-client', clientSecret: 'demo-client-secret' };

const target = faultSchema.shape.target.unwrap().enum['subscription-store'];
const tokenLifeMs = 30 * 60_000;
const writeLimit = 100;

const prefectures = [
  '北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 神奈川県 新潟県 富山県',
  '石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県 滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県 鳥取県 島根県',
  '岡山県 広島県 山口県 徳島県 香川県 愛媛県 高知県 福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県',
].flatMap((row) => row.split(' '));

interface Answer {
  readonly status: number;
  readonly body: object;
}
const refused = (status: number, message: string): Answer => ({
  status,
  body: { success: false, errors: [{ message }] },
});

/** Tokens live in memory: after a restart every client has to ask again, as it must be able to. */
class Tokens {
  readonly #until = new Map<string, number>();

  constructor(private readonly world: World) {}

  issue(): string {
    const token = randomUUID();
    this.#until.set(token, this.world.nowMs() + tokenLifeMs);
    return token;
  }

  isValid(token: string | undefined): boolean {
    return token !== undefined && (this.#until.get(token) ?? 0) > this.world.nowMs();
  }
}

export function subscriptionStoreApi(world: World) {
  const tokens = new Tokens(world);
  return async (app: FastifyInstance): Promise<void> => {
    app.setErrorHandler(async (error: { statusCode?: number }, _request, reply) => {
      const { status, body } = refused(error.statusCode ?? 500, 'Bad request');
      return reply.code(status).send(body);
    });
    const answer = (reply: FastifyReply, operation: string, work: () => Answer): Promise<FastifyReply> =>
      replyWithFaults(reply, world.faults.planFor(target, [operation]), world.journal, () => {
        world.count(`${target}.${operation}`);
        return work();
      });
    const isKnown = ({ headers }: FastifyRequest): boolean =>
      tokens.isValid(/^Bearer\s+(\S+)$/i.exec(headers.authorization ?? '')?.[1]);
    app.post('/external_cooperation/access_tokens', async (request, reply) =>
      answer(reply, 'accessToken', () => giveToken(tokens, request.body)),
    );
    app.get('/external_cooperation/orders', async (request, reply) =>
      answer(reply, 'orders', () =>
        isKnown(request) ? listOrders(world, request.query) : refused(401, 'Unauthorized'),
      ),
    );
    app.post('/external_cooperation/orders/settlement_statuses', async (request, reply) =>
      answer(reply, 'settlementStatuses', () =>
        isKnown(request) ? writeStatuses(world, request.body) : refused(401, 'Unauthorized'),
      ),
    );
  };
}

const clientSchema = z.object({
  client_id: z.literal(apiClient.clientId),
  client_secret: z.literal(apiClient.clientSecret),
});

const giveToken = (tokens: Tokens, body: unknown): Answer =>
  clientSchema.safeParse(body).success
    ? { status: 200, body: { success: true, access_token: tokens.issue() } }
    : refused(401, 'Unauthorized');

const querySchema = z.object({
  ordered_from: z.iso.datetime({ offset: true }),
  ordered_to: z.iso.datetime({ offset: true }),
  page: z.coerce.number().int().min(1).default(1),
  per_page: z.coerce.number().int().min(1).max(500).default(100),
});

/** Orders placed in the window, both ends included. Deleted ones are gone. */
function listOrders(world: World, query: unknown): Answer {
  const read = querySchema.safeParse(query);
  if (!read.success) return refused(422, z.prettifyError(read.error));
  const { ordered_from: from, ordered_to: to, page, per_page: size } = read.data;
  const [fromMs, toMs] = [Date.parse(from), Date.parse(to)];
  const found = coursesOf(world, target)
    .orders.all()
    .filter(
      ({ orderStatus, placedAtMs }) => orderStatus !== '削除' && placedAtMs >= fromMs && placedAtMs <= toMs,
    );
  const orders = found.slice((page - 1) * size, page * size).map(wireOrder);
  return { status: 200, body: { success: true, total_count: found.length, orders } };
}

const statusSchema = z.object({
  orders: z
    .array(
      z.object({
        uid: z.string(),
        settlement_status: z.enum(creditStatuses),
        np_transaction_id: z.string().nullable(),
        error_message: z.string(),
        payment_method_name: z.enum(payments).optional(),
        stop_course: z.boolean().optional(),
      }),
    )
    .min(1)
    .max(writeLimit),
});

function writeStatuses(world: World, body: unknown): Answer {
  const read = statusSchema.safeParse(body);
  if (!read.success) return refused(422, z.prettifyError(read.error));
  const courses = coursesOf(world, target);
  const book = courses.orders;
  const results = read.data.orders.map((line) => {
    const order = book.get(line.uid);
    if (!order || order.orderStatus === '削除') {
      return { uid: line.uid, success: false, errors: [{ message: '注文が見つかりません。' }] };
    }
    const { set } = lineOf({
      number: line.uid,
      creditStatus: line.settlement_status,
      npTransactionId: line.np_transaction_id ?? '',
      npError: line.error_message,
      payment: line.payment_method_name ?? '',
      stopCourse: line.stop_course ?? false,
    });
    book.note(order, set);
    settle(courses, order);
    return { uid: line.uid, success: true, errors: [] };
  });
  return { status: 200, body: { success: true, results } };
}

const wireAddress = (person: Person) => ({
  family_name: person.familyName,
  first_name: person.givenName,
  family_name_kana: person.familyKana,
  first_name_kana: person.givenKana,
  zip_code: person.postalCode.replace('-', ''),
  state_id: prefectures.indexOf(person.prefecture) + 1,
  city: '',
  address: person.street,
  building_name: person.building,
  tel: person.phone.replaceAll('-', ''),
});

const wireShipment = (order: StoreOrder, { person }: StoreDestination, index: number) => ({
  postage: index === 0 ? order.shippingYen : 0,
  scheduled_delivery_on: null,
  shop_shipping_method_name: order.shippingMethod,
  slip_number: order.slipNumber || null,
  shipped_on: order.shippedOn || null,
  shipping_address: wireAddress(person),
});

function wireOrder(order: StoreOrder) {
  const goods = order.destinations.flatMap((destination) => destination.goods);
  const items = goods.map(({ name, priceYen, quantity }) => ({
    name,
    quantity,
    total_includes_tax: priceYen * quantity,
  }));
  return {
    id: Number(order.number.slice(2)),
    uid: order.number,
    ordered_at: japanIso(order.placedAtMs),
    updated_at: japanIso(order.changedAtMs),
    order_status: order.orderStatus,
    settlement_status: order.creditStatus,
    payment_method_name: order.payment,
    np_transaction_id: order.npTransactionId || null,
    total: billedYenOf(order),
    charge_total: order.feeYen,
    coupon_adjustment_total: order.couponYen,
    rank_discount: 0,
    adjustment_total: 0,
    use_point_total: order.pointsYen,
    client_address: { ...wireAddress(order.buyer), email: order.buyer.email },
    scheduled_shipping_on: order.plannedShipOn,
    course_order_number: order.course?.number ?? null,
    course_order_count: order.course?.count ?? null,
    is_generated: order.course?.generation === '自動生成',
    note: order.note,
    shipments: order.destinations.map((destination, index) => wireShipment(order, destination, index)),
    order_items: {
      products: order.course ? [] : items,
      regular_courses: order.course ? items : [],
      distribution_courses: [],
    },
  };
}

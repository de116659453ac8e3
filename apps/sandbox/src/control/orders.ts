import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { makeDelivery, makeOrder, makeOrderNumber } from '../life/generate.js';
import type { Item, Order, Party } from '../makeshop/store.js';
import { paymentMethods, paymentWords } from '../makeshop/wire.js';
import { outcomeSchema } from '../np/magic.js';
import { seededRandom } from '../random.js';
import { defaultWeights, scripts } from '../life/scripts.js';
import { type OrderView, orderView } from '../views.js';
import type { ControlContext } from './context.js';
import { ControlProblem, readInput } from './problem.js';

const partyFields = {
  name: z.string(),
  kana: z.string(),
  post: z.string(),
  prefecture: z.string(),
  address: z.string(),
  address2: z.string(),
  tel: z.string(),
  email: z.string(),
  company: z.string(),
  department: z.string(),
};
const partySchema = z.strictObject(partyFields).partial();

const itemSchema = z.strictObject({
  productCode: z.string().default('000000002443'),
  productName: z.string().min(1),
  variationName: z.string().default(''),
  priceYen: z.int(),
  quantity: z.int().min(1).default(1),
});

const amountFields = {
  payMethod: z.string(),
  paymentStatus: z.string(),
  npTransactionId: z.string(),
  settlementFeeYen: z.int(),
  usePointYen: z.int().min(0),
  couponDiscountYen: z.int().min(0),
  message: z.string(),
  memberId: z.string(),
};

const deliverySchema = z.strictObject({
  receiver: partySchema.default({}),
  items: z.array(itemSchema).min(1).optional(),
  shippingYen: z.int().min(0).optional(),
});

const createSchema = z.strictObject({
  shopId: z.string().optional(),
  displayOrderNumber: z
    .string()
    .regex(/^P\d{18}$/)
    .optional(),
  orderedAt: z.iso.datetime({ offset: true }).optional(),
  /** Decides the made-up rest of the order. */
  seed: z.int().optional(),
  sender: partySchema.default({}),
  /** Left out: one delivery to the buyer. */
  deliveries: z.array(deliverySchema).min(1).optional(),
  items: z.array(itemSchema).min(1).optional(),
  shippingYen: z.int().min(0).optional(),
  ...z.object(amountFields).partial().shape,
  /** What NP will say, by the control API instead of magic words. */
  outcome: outcomeSchema.optional(),
});

const editSchema = z.strictObject({
  sender: partySchema.optional(),
  /** Applied to the receiver of every delivery, or of `deliveryId`. */
  receiver: partySchema.optional(),
  deliveryId: z.int().optional(),
  items: z.array(itemSchema).min(1).optional(),
  shippingYen: z.int().min(0).optional(),
  ...z.object(amountFields).omit({ payMethod: true, paymentStatus: true }).partial().shape,
});

const bulkSchema = z.strictObject({
  count: z.int().min(1).max(100_000),
  seed: z.int().default(1),
  shopId: z.string().optional(),
  /** Weights by script; left out, all approve. `"demo"` is the mix of the demo life. */
  mix: z.union([z.literal('demo'), z.record(z.string(), z.number().min(0))]).default({ shipped: 1 }),
  alive: z.boolean().default(false),
  spacingSeconds: z.number().min(0).default(0),
});

const shipSchema = z.strictObject({
  deliveryId: z.int().optional(),
  slipNumber: z.string(),
  deliveryCompanyCode: z.string().regex(/^\d{3}$/),
});
const deliveryIdSchema = z.strictObject({ deliveryId: z.int().optional() });

const pageSchema = z.strictObject({
  shopId: z.string().optional(),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  newestFirst: z.enum(['true', 'false']).default('false'),
});

/** Two orders of one moment are not the same buyer's: a hub would rightly ask whether they are one. */
const seedOf = (orderNumber: string): number => Number(BigInt(orderNumber.slice(1)) % 2_147_483_647n);

function shopIdOr(context: ControlContext, shopId: string | undefined): string {
  const [first] = context.world.shops.keys();
  const id = shopId ?? first;
  if (!id || !context.world.shops.has(id)) throw new ControlProblem(404, `No shop ${id ?? ''}`);
  return id;
}

const withoutMissing = <T extends object>(fields: T): Partial<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;

function createOrder(context: ControlContext, input: z.output<typeof createSchema>): Order {
  const { world, staff } = context;
  const {
    shopId,
    displayOrderNumber,
    orderedAt,
    seed,
    sender,
    deliveries,
    items,
    shippingYen,
    outcome,
    ...amounts
  } = input;
  const atMs = orderedAt ? Date.parse(orderedAt) : world.nowMs();
  const isTaken = (number: string): boolean => world.orders.get(number) !== undefined;
  if (displayOrderNumber && isTaken(displayOrderNumber)) {
    throw new ControlProblem(409, `${displayOrderNumber} exists`);
  }
  const number = displayOrderNumber ?? makeOrderNumber(atMs, isTaken);
  const made = makeOrder(seededRandom(seed ?? seedOf(number)), shopIdOr(context, shopId), number, atMs);
  const buyer: Party = { ...made.sender, ...sender };
  const madeItems = made.deliveries[0]?.items ?? [];
  const parts = deliveries ?? [{ receiver: {} }];
  const order: Order = {
    ...made,
    sender: buyer,
    deliveries: parts.map((part, index) => {
      const receiver = { ...buyer, ...part.receiver };
      const partItems: Item[] = ('items' in part && part.items) || items || madeItems;
      const delivery = makeDelivery(index + 1, receiver, partItems);
      const partShippingYen = ('shippingYen' in part ? part.shippingYen : undefined) ?? shippingYen;
      return { ...delivery, shippingYen: partShippingYen ?? delivery.shippingYen };
    }),
    ...withoutMissing(amounts),
  };
  if (order.payMethod !== 'N' && input.paymentStatus === undefined) order.paymentStatus = '';
  if (outcome) world.np.prepareOutcome(number, outcome);
  staff.place(order);
  return order;
}

function editOrder(context: ControlContext, order: Order, input: z.output<typeof editSchema>): void {
  const { sender, receiver, deliveryId, items, shippingYen, ...amounts } = input;
  const isMeant = (id: number): boolean => deliveryId === undefined || id === deliveryId;
  const deliveries = order.deliveries.map((delivery) =>
    isMeant(delivery.deliveryId)
      ? { ...delivery, items: items ?? delivery.items, shippingYen: shippingYen ?? delivery.shippingYen }
      : delivery,
  );
  const receivers = receiver
    ? deliveries
        .filter((delivery) => isMeant(delivery.deliveryId))
        .map((delivery) => ({ deliveryId: delivery.deliveryId, receiver: withoutMissing(receiver) }))
    : [];
  context.staff.edit(
    order,
    { ...withoutMissing(amounts), deliveries },
    withoutMissing(sender ?? {}),
    receivers,
  );
}

function createMany(context: ControlContext, input: z.output<typeof bulkSchema>): Order[] {
  const mix = input.mix === 'demo' ? defaultWeights : input.mix;
  const unknown = Object.keys(mix).filter((name) => !scripts[name]);
  if (unknown.length > 0) {
    throw new ControlProblem(
      400,
      `Unknown in mix: ${unknown.join(', ')}. Known: ${Object.keys(scripts).join(', ')}`,
    );
  }
  return context.life.createOrders({ ...input, mix, shopId: shopIdOr(context, input.shopId) });
}

/** One thing that staff do to one order: its path and what it reads from the body. */
type Action = (order: Order, body: unknown) => void;

function actionsOf(context: ControlContext): Readonly<Record<string, Action>> {
  const { staff } = context;
  return {
    ship: (order, body) => {
      const { deliveryId, slipNumber, deliveryCompanyCode } = readInput(shipSchema, body);
      staff.ship(order, deliveryId ?? null, slipNumber, deliveryCompanyCode);
    },
    'withdraw-shipment': (order, body) =>
      staff.withdrawShipment(order, readInput(deliveryIdSchema, body).deliveryId ?? null),
    return: (order, body) =>
      staff.setDeliveryStatus(order, readInput(deliveryIdSchema, body).deliveryId ?? null, 'R'),
    cancel: (order) => staff.cancel(order),
    delete: (order) => staff.remove(order),
    restore: (order) => staff.restore(order),
    'payment-method': (order, body) => {
      const methods = z.enum(Object.keys(paymentMethods));
      const { payMethod } = readInput(z.strictObject({ payMethod: methods }), body);
      staff.changePaymentMethod(order, payMethod);
    },
    'open-for-edit': (order) => staff.setWord(order, '要確認'),
    word: (order, body) => {
      const { paymentStatus } = readInput(z.strictObject({ paymentStatus: z.enum(paymentWords) }), body);
      staff.setWord(order, paymentStatus);
    },
  };
}

/** `/control/makeshop/orders…` */
export async function orderRoutes(app: FastifyInstance, context: ControlContext): Promise<void> {
  const { world } = context;
  const find = (request: FastifyRequest): Order => {
    const { number } = readInput(z.object({ number: z.string() }), request.params);
    const order = world.orders.get(number);
    if (!order) throw new ControlProblem(404, `No order ${number}`);
    return order;
  };
  const path = '/control/makeshop/orders';

  app.get(path, async (request): Promise<{ total: number; orders: OrderView[] }> => {
    const { shopId, offset, limit, newestFirst } = readInput(pageSchema, request.query);
    const orders = world.orders.ofShop(shopIdOr(context, shopId));
    const start = newestFirst === 'true' ? Math.max(orders.length - offset - limit, 0) : offset;
    const end = newestFirst === 'true' ? Math.max(orders.length - offset, 0) : offset + limit;
    const page = orders.slice(start, end).map(orderView);
    return { total: orders.length, orders: newestFirst === 'true' ? page.reverse() : page };
  });
  app.post(path, async (request, reply) =>
    reply.code(201).send(orderView(createOrder(context, readInput(createSchema, request.body)))),
  );
  app.post(`${path}/bulk`, async (request, reply) => {
    const orders = createMany(context, readInput(bulkSchema, request.body));
    return reply.code(201).send({ displayOrderNumbers: orders.map((order) => order.displayOrderNumber) });
  });
  app.get(`${path}/:number`, async (request) => orderView(find(request)));
  app.patch(`${path}/:number`, async (request) => {
    const order = find(request);
    editOrder(context, order, readInput(editSchema, request.body));
    return orderView(order);
  });
  for (const [name, action] of Object.entries(actionsOf(context))) {
    app.post(`${path}/:number/${name}`, async (request) => {
      const order = find(request);
      action(order, request.body);
      return orderView(order);
    });
  }
}

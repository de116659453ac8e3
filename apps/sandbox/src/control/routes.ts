import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { merchantSchema, settingsSchema, shopSchema } from '../config.js';
import { faultSchema } from '../faults.js';
import { scripts } from '../life/scripts.js';
import { assumedFields } from '../makeshop/wire.js';
import { isDead } from '../np/call.js';
import type { NpTransaction } from '../np/ledger.js';
import { amountTable, magicTable, outcomeSchema } from '../np/magic.js';
import { paidAtMsOf, stateOf, withOutcome } from '../np/review.js';
import { sbpsMagic } from '../sbps/magic.js';
import { npView, orderView } from '../views.js';
import type { ControlContext } from './context.js';
import { orderRoutes } from './orders.js';
import { page } from './page.js';
import { ControlProblem, readInput } from './problem.js';

const whichSchema = {
  shop_transaction_id: z.string().optional(),
  np_transaction_id: z.string().optional(),
};

const lifeSchema = z.strictObject({
  on: z.boolean(),
  ordersPerMinute: z.number().min(0).max(6000).optional(),
  paceMs: z.tuple([z.int().min(0), z.int().min(0)]).optional(),
});

/** The control API and the page. It has no login: the sandbox listens on this machine unless told otherwise. */
export function controlRoutes(context: ControlContext) {
  return async (app: FastifyInstance): Promise<void> => {
    app.setErrorHandler(async (error: { statusCode?: number; message: string }, _request, reply) => {
      const status = error.statusCode ?? 500;
      return reply.code(status).send({ message: status < 500 ? error.message : 'Internal Server Error' });
    });
    app.get('/', async (_request, reply) => reply.type('text/html; charset=utf-8').send(page));
    settingRoutes(app, context);
    ledgerRoutes(app, context);
    npRoutes(app, context);
    faultRoutes(app, context);
    await orderRoutes(app, context);
  };
}

function settingRoutes(app: FastifyInstance, { world, webhooks, life }: ControlContext): void {
  app.get('/control/info', async () => ({
    merchants: [...world.merchants.values()],
    shops: [...world.shops.values()],
    sbpsServices: [...world.sbpsServices.values()],
    settings: world.settings,
    life: life.state,
    faults: world.faults.list(),
    calls: world.counts(),
    webhooks: webhooks.counts,
    transactions: world.np.size,
    orders: world.orders.size,
    magic: [
      ...magicTable,
      ...sbpsMagic.map(({ value, ja, en }) => ({ value, ja: `SBPS: ${ja}`, en: `SBPS: ${en}` })),
    ],
    amounts: Object.entries(amountTable).map(([ending, { ja, en }]) => ({ ending, ja, en })),
    scripts: Object.entries(scripts).map(([name, { ja }]) => ({ name, ja })),
    assumedMakeshopFields: assumedFields,
  }));
  app.patch('/control/settings', async (request) => {
    world.changeSettings(readInput(settingsSchema.partial(), request.body));
    return world.settings;
  });
  app.post('/control/merchants', async (request, reply) => {
    const merchant = readInput(merchantSchema, request.body);
    world.putMerchant(merchant);
    return reply.code(201).send(merchant);
  });
  app.post('/control/shops', async (request, reply) => {
    const shop = readInput(shopSchema, request.body);
    world.putShop(shop);
    return reply.code(201).send(shop);
  });
  app.patch('/control/shops/:shopId', async (request) => {
    const { shopId } = readInput(z.object({ shopId: z.string() }), request.params);
    const shop = world.shops.get(shopId);
    if (!shop) throw new ControlProblem(404, `No shop ${shopId}`);
    const changes = readInput(shopSchema.omit({ shopId: true }).partial(), request.body);
    const given = Object.keys(request.body ?? {});
    const set = Object.fromEntries(Object.entries(changes).filter(([name]) => given.includes(name)));
    world.putShop({ ...shop, ...set });
    return world.shops.get(shopId);
  });
  app.post('/control/life', async (request) => {
    const { on, ordersPerMinute, paceMs } = readInput(lifeSchema, request.body);
    const pace = paceMs ? { paceMs } : {};
    if (on) life.start({ ...(ordersPerMinute === undefined ? {} : { ordersPerMinute }), ...pace });
    else life.stop();
    return life.state;
  });
  app.post('/control/reset', async () => {
    world.reset();
    return { ok: true };
  });
}

const pageOfSchema = z.strictObject({
  ...whichSchema,
  /** The last NP id of the page before. */
  after: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});

function ledgerRoutes(app: FastifyInstance, { world }: ControlContext): void {
  app.get('/control/ledger', async (_request, reply) => {
    const lines = function* (): Generator<string> {
      for (const transaction of world.np.all()) {
        yield `${JSON.stringify({ kind: 'np', ...npView(transaction, world.nowMs()) })}\n`;
      }
      for (const order of world.orders.all())
        yield `${JSON.stringify({ kind: 'order', ...orderView(order) })}\n`;
    };
    return reply.type('application/x-ndjson; charset=utf-8').send(Readable.from(lines()));
  });
  app.get('/control/ledger/np', async (request) => {
    const {
      shop_transaction_id: shopId,
      np_transaction_id: npId,
      after,
      limit,
    } = readInput(pageOfSchema, request.query);
    const found: NpTransaction[] = [];
    const source =
      npId === undefined
        ? shopId === undefined
          ? world.np.all()
          : world.np.withShopTransactionId(shopId)
        : [world.np.get(npId)].filter((known) => known !== undefined);
    let total = 0;
    for (const transaction of source) {
      total += 1;
      const isLater = after === undefined || transaction.npTransactionId > after;
      if (isLater && found.length < limit) found.push(transaction);
    }
    return { total, transactions: found.map((transaction) => npView(transaction, world.nowMs())) };
  });
}

function npRoutes(app: FastifyInstance, { world }: ControlContext): void {
  const find = (input: { shop_transaction_id?: string; np_transaction_id?: string }): NpTransaction[] => {
    const { shop_transaction_id: shopId, np_transaction_id: npId } = input;
    const known = npId === undefined ? world.np.withShopTransactionId(shopId ?? '') : [world.np.get(npId)];
    return known.filter((transaction) => transaction !== undefined);
  };
  const act = (path: string, change: (transaction: NpTransaction) => Partial<NpTransaction>): void => {
    app.post(`/control/np/${path}`, async (request) => {
      const found = find(readInput(z.strictObject(whichSchema), request.body));
      const transaction = found.at(-1);
      if (!transaction) throw new ControlProblem(404, 'No such transaction');
      world.np.change(transaction, change(transaction));
      return npView(transaction, world.nowMs());
    });
  };
  app.post('/control/np/outcome', async (request) => {
    const input = readInput(
      z.strictObject({ ...whichSchema, outcome: outcomeSchema.nullable() }),
      request.body,
    );
    if (input.np_transaction_id === undefined && !input.shop_transaction_id) {
      throw new ControlProblem(400, 'shop_transaction_id or np_transaction_id is needed');
    }
    const { outcome } = input;
    if (input.shop_transaction_id) world.np.prepareOutcome(input.shop_transaction_id, outcome);
    const changed = outcome === null ? [] : find(input);
    for (const transaction of changed) {
      if (outcome) {
        world.np.change(transaction, withOutcome(transaction, outcome, world.settings, world.nowMs()));
      }
    }
    return { transactions: changed.map((transaction) => npView(transaction, world.nowMs())) };
  });
  act('pay', (transaction) => {
    if (stateOf(transaction, world.nowMs()) !== 'reported') {
      throw new ControlProblem(409, 'Only a reported, unpaid transaction can be paid');
    }
    return { paidAtMs: world.nowMs() };
  });
  act('lapse', (transaction) => {
    if (transaction.report || transaction.cancelledAtMs !== null) {
      throw new ControlProblem(409, 'A reported or cancelled transaction does not lapse');
    }
    return { lapsedAtMs: world.nowMs() };
  });
  act('cancel', (transaction) => {
    if (transaction.cancelledAtMs !== null || paidAtMsOf(transaction, world.nowMs()) !== null) {
      throw new ControlProblem(409, 'Already cancelled or paid');
    }
    return { cancelledAtMs: world.nowMs() };
  });
  act('revive', (transaction) => {
    if (!isDead({ nowMs: world.nowMs() }, transaction)) {
      throw new ControlProblem(409, 'Only what has been cancelled or has lapsed can be revived');
    }
    return { cancelledAtMs: null, lapsedAtMs: null, lapseDueMs: null };
  });
  act('report', (transaction) => {
    if (stateOf(transaction, world.nowMs()) !== 'approved') {
      throw new ControlProblem(409, 'Only an approved transaction can be reported');
    }
    return {
      report: { atMs: world.nowMs(), carrierCode: '50000', slipNumber: 'CONSOLE', billIssuedOn: null },
    };
  });
  // As if NP had never heard of it: no merchant of this sandbox has it any more.
  act('forget', () => ({ merchantCode: '' }));
  act('print', () => ({ printedAtMs: world.nowMs() }));
}

function faultRoutes(app: FastifyInstance, { world }: ControlContext): void {
  app.get('/control/faults', async () => world.faults.list());
  app.post('/control/faults', async (request, reply) => {
    const id = world.faults.add(readInput(faultSchema, request.body));
    return reply.code(201).send({ id });
  });
  app.delete('/control/faults', async () => {
    world.faults.clear();
    return { ok: true };
  });
  app.delete('/control/faults/:id', async (request) => {
    const { id } = readInput(z.object({ id: z.coerce.number().int() }), request.params);
    world.faults.clear(id);
    return { ok: true };
  });
}

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ControlProblem, readInput } from '../control/problem.js';
import { given } from '../offices/edit.js';
import { officePage, refusalPage } from '../offices/page.js';
import type { World } from '../world.js';
import { generateByHand } from './actions.js';
import { subscriptionStoreApi } from './api.js';
import { buy, buySchema } from './buy.js';
import { coursesOf } from './courses.js';
import { decisionNames, prepare } from './decisions.js';
import { type StoreId, stores } from './order.js';
import { homeOf, questionPage } from './real-time-page.js';
import { storeSettingsSchema, visibilities } from './settings.js';
import { payments } from './words.js';

const ticked = z.literal('true').optional();
const settingsSchema = z.strictObject({
  changeToCod: ticked,
  stopCourseOnError: ticked,
  generateDaysBefore: z.coerce.number().int().min(0).max(90),
  creditDaysBefore: z.coerce.number().int().min(0).max(90).default(3),
});
const paymentFormSchema = z.strictObject({
  visibility: z.enum(visibilities),
  feeYen: z.coerce.number().int().min(0),
  explanation: z.string(),
});
const replaceSchema = z.strictObject({
  target: z.enum(['products', 'courses']),
  sure: z.literal('true').or(z.literal(true)),
});
const numberSchema = z.object({ number: z.string() });
const paymentSchema = z.strictObject({ payment: z.enum(payments) });
const shipmentSchema = z.strictObject({ nextShipOn: z.iso.date() });
const generateSchema = z.strictObject({ decision: z.enum(decisionNames).optional() });

/** What is not about one order: 設定, 定期注文マスター, the cart's own checkout. */
function storeOf(world: World, id: StoreId) {
  const courses = coursesOf(world, id);
  /** What NP is to say of the order that gets the next number. */
  const decideNext = (body: unknown): void => {
    const { decision } = readInput(generateSchema, body);
    if (decision) prepare(world, courses, { number: courses.nextNumber(), decision, operation: 'register' });
  };
  return {
    courses,
    replace: (body: unknown) => ({ changed: courses.replacePayment(readInput(replaceSchema, body).target) }),
    decideNext,
    generate: async (number: string, body: unknown): Promise<void> => {
      decideNext(body);
      await generateByHand(world, id, number);
    },
    buy: (body: unknown) => buy(world, id, readInput(buySchema, body)),
  };
}

/** Forms of the pages: each comes back to where it stands, or says why it was refused. */
function formRoutes(world: World, id: StoreId) {
  const home = homeOf(id);
  const { label } = stores[id];
  const html = 'text/html; charset=utf-8';
  return async (app: FastifyInstance): Promise<void> => {
    const store = storeOf(world, id);
    const { courses } = store;
    app.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string' },
      (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    );
    app.setErrorHandler(async (error: { statusCode?: number; message: string }, _request, reply) =>
      reply
        .code(error.statusCode ?? 500)
        .type(html)
        .send(refusalPage(label, error.message, home)),
    );
    const form = (
      path: string,
      run: (body: unknown, number: string) => string | void | Promise<string | void>,
    ): void => {
      app.post(`${home}/${path}`, async (request, reply) => {
        const { number = '' } = readInput(numberSchema.partial(), request.params);
        return reply.redirect((await run(request.body, number)) ?? home, 303);
      });
    };
    form('settings', (body) => {
      const { changeToCod, stopCourseOnError, ...days } = readInput(settingsSchema, body);
      courses.store.change({
        changeToCod: changeToCod !== undefined,
        stopCourseOnError: stopCourseOnError !== undefined,
        ...days,
      });
    });
    form('service', (body) => courses.store.useService(body));
    form('payment', (body) => courses.store.change(readInput(paymentFormSchema, body)));
    form('carriers', (body) => {
      const codes = Object.entries(readInput(z.record(z.string(), z.string()), body)).flatMap(
        ([name, code]): [string, string][] => (code === '' ? [] : [[name.replace(/^carrier:/u, ''), code]]),
      );
      const { carrierCodes } = storeSettingsSchema.shape;
      courses.store.change({ carrierCodes: readInput(carrierCodes, Object.fromEntries(codes)) });
    });
    form('landing-form', (body) =>
      courses.store.change({ landingFormTicked: readInput(z.object({ ticked }), body).ticked === 'true' }),
    );
    form('replace-payment', (body) => void store.replace(body));
    form('checkout', async (body) => `${home}/questions/${(await store.buy(body)).number}`);
    form('courses/:number/resume', (_body, number) => courses.resume(number));
    form('courses/:number/stop', (_body, number) => courses.stopByHand(number));
    form('courses/:number/generate', (body, number) => store.generate(number, body));
    form('courses/:number/payment', (body, number) =>
      courses.changePayment(number, readInput(paymentSchema, body).payment),
    );
    app.get(`${home}/questions/:number`, async (request, reply) => {
      const question = courses.questions.get(readInput(numberSchema, request.params).number);
      if (!question) throw new ControlProblem(404, 'No such question');
      return reply.type(html).send(officePage(label, questionPage(courses, question)));
    });
  };
}

/** The same by program, and what has no form. */
function controlRoutes(world: World, id: StoreId) {
  const path = `/control/offices/${id}`;
  return async (app: FastifyInstance): Promise<void> => {
    const store = storeOf(world, id);
    const { courses } = store;
    app.setErrorHandler(async (error: { statusCode?: number; message: string }, _request, reply) =>
      reply.code(error.statusCode ?? 500).send({ message: error.message }),
    );
    const withoutKey = () => {
      const { hub, ...settings } = courses.settings;
      return { ...settings, hub: hub && { url: hub.url, shopId: hub.shopId } };
    };
    app.get(`${path}/settings`, async () => withoutKey());
    app.patch(`${path}/settings`, async (request) => {
      courses.store.change(given(readInput(storeSettingsSchema.partial(), request.body)));
      return withoutKey();
    });
    app.post(`${path}/service`, async (request) => {
      courses.store.useService(request.body);
      return withoutKey();
    });
    app.post(`${path}/replace-payment`, async (request) => store.replace(request.body));
    app.post(`${path}/checkout`, async (request, reply) =>
      reply.code(201).send(await store.buy(request.body)),
    );
    app.post(`${path}/next-decision`, async (request, reply) => {
      store.decideNext(request.body);
      return reply.code(204).send();
    });
    app.get(`${path}/questions`, async () => courses.questions.all());
    app.get(`${path}/courses`, async () => courses.courses.all());
    const onCourse = (action: string, run: (number: string, body: unknown) => void | Promise<void>): void => {
      app.post(`${path}/courses/:number/${action}`, async (request) => {
        const { number } = readInput(numberSchema, request.params);
        await run(number, request.body);
        return courses.course(number);
      });
    };
    onCourse('resume', (number) => courses.resume(number));
    onCourse('generate', (number, body) => store.generate(number, body));
    onCourse('next-shipment', (number, body) =>
      courses.changeNextShipment(number, readInput(shipmentSchema, body).nextShipOn),
    );
    onCourse('payment', (number, body) =>
      courses.changePayment(number, readInput(paymentSchema, body).payment),
    );
  };
}

/** All routes of サブスクストア beside those that every office has. */
export function subscriptionStoreRoutes(world: World) {
  return async (app: FastifyInstance): Promise<void> => {
    await app.register(subscriptionStoreApi(world), { prefix: '/subsc/api/v1' });
    for (const id of Object.keys(stores) as StoreId[]) {
      await app.register(formRoutes(world, id));
      await app.register(controlRoutes(world, id));
    }
  };
}

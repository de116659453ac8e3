import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { readInput } from '../control/problem.js';
import type { World } from '../world.js';
import { subscriptionStoreApi } from './api.js';
import { coursesOf } from './courses.js';
import { payments } from './words.js';

const settingsSchema = z.strictObject({
  changeToCod: z.literal('true').optional(),
  stopCourseOnError: z.literal('true').optional(),
  generateDaysBefore: z.coerce.number().int().min(0).max(90),
});
const courseSchema = z.object({ number: z.string() });
const paymentSchema = z.strictObject({ payment: z.enum(payments) });

/** 定期注文マスター and 設定: what is not about one order. Forms come back to the list. */
function courseRoutes(world: World) {
  const home = '/offices/subscription-store';
  return async (app: FastifyInstance): Promise<void> => {
    app.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string' },
      (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    );
    app.setErrorHandler(async (error: { statusCode?: number; message: string }, _request, reply) =>
      reply.code(error.statusCode ?? 500).send({ message: error.message }),
    );
    app.post(`${home}/settings`, async (request, reply) => {
      const { changeToCod, stopCourseOnError, generateDaysBefore } = readInput(settingsSchema, request.body);
      coursesOf(world).changeSettings({
        changeToCod: changeToCod !== undefined,
        stopCourseOnError: stopCourseOnError !== undefined,
        generateDaysBefore,
      });
      return reply.redirect(home, 303);
    });
    const onCourse = (action: string, run: (number: string, body: unknown) => void): void => {
      app.post(`${home}/courses/:number/${action}`, async (request, reply) => {
        run(readInput(courseSchema, request.params).number, request.body);
        return reply.redirect(home, 303);
      });
    };
    onCourse('resume', (number) => coursesOf(world).resume(number));
    onCourse('stop', (number) => coursesOf(world).stopByHand(number));
    onCourse('generate', (number) => void coursesOf(world).generate(number, '手動生成'));
    onCourse('payment', (number, body) =>
      coursesOf(world).changePayment(number, readInput(paymentSchema, body).payment),
    );
    app.get('/control/offices/subscription-store/courses', async () => coursesOf(world).courses.all());
  };
}

/** All routes of サブスクストア beside those that every office has. */
export function subscriptionStoreRoutes(world: World) {
  return async (app: FastifyInstance): Promise<void> => {
    await app.register(subscriptionStoreApi(world), { prefix: '/subsc/api/v1' });
    await app.register(courseRoutes(world));
  };
}

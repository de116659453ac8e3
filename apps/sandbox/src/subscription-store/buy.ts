import { z } from 'zod';
import { given, personSchema } from '../offices/edit.js';
import { seededRandom } from '../random.js';
import type { World } from '../world.js';
import { coursesOf } from './courses.js';
import { decisionNames, prepare } from './decisions.js';
import { makeStoreOrder, type StoreId } from './order.js';
import type { Question } from './question.js';
import { realTimeOf } from './real-time.js';
import { inCourse } from './scripts.js';
import { realTimePayment } from './words.js';

const box = z.stringbool().or(z.boolean()).default(false);

/** One order of a buyer, or by staff; who and what is made up. */
export const buySchema = z.strictObject({
  screen: z.enum(['checkout', 'admin-create']),
  /** What NP is to say. */
  decision: z.enum(decisionNames).default('ok'),
  /** The buyer leaves after the answer. */
  leaves: box,
  /** 定期1回目 instead of 単品. */
  course: box,
  seed: z.coerce.number().int().optional(),
  buyer: personSchema.optional(),
});

/** Asks, and makes the order or not. The question says what came of it. Throws where the shop does not offer 後払い. */
export async function buy(world: World, id: StoreId, input: z.output<typeof buySchema>): Promise<Question> {
  const courses = coursesOf(world, id);
  const index = courses.drawIndex();
  const random = seededRandom(input.seed ?? index + 1);
  const made = makeStoreOrder(id, random, { index, placedAtMs: world.nowMs() });
  const buyer = { ...made.buyer, ...given(input.buyer ?? {}) };
  const order = {
    ...made,
    ...(input.course ? inCourse(() => 1, '')(made, random) : {}),
    payment: realTimePayment,
    feeYen: courses.settings.feeYen,
    buyer,
    destinations: made.destinations.map(({ goods }) => ({ person: buyer, goods })),
  };
  prepare(world, courses, { number: order.number, decision: input.decision, operation: 'register' });
  return realTimeOf(world, id).place(input.screen, order, { leaves: input.leaves });
}

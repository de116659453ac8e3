import { z } from 'zod';

/** What the hub may ask a cart to do with an order, where the cart can: change it to 代引き, or stop its course. */
export const cartInstructionSchema = z.enum(['change-to-cod', 'stop-course']);
export type CartInstruction = z.infer<typeof cartInstructionSchema>;

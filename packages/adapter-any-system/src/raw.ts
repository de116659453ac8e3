import { searchableLine } from '@np-hub/kit';
import { settlementTypeSchema } from '@np-hub/model';
import { z } from 'zod';

/** A time that every database can hold. */
const sane = (text: string): boolean => /^20\d\d-/u.test(text);
const moment = z.iso
  .datetime({ offset: true, abort: true })
  .refine(sane, '2000年から2099年までの日時を指定してください。 / Give a time from 2000 to 2099.');
const day = z.iso
  .date({ abort: true })
  .refine(sane, '2000年から2099年までの日付を指定してください。 / Give a date from 2000 to 2099.');
const text = z.string().max(5_000);
const name = searchableLine;
const yen = z.int().min(-999_999_999).max(999_999_999);

const party = z.strictObject({
  name: text,
  kana: text.optional(),
  company: text.optional(),
  department: text.optional(),
  postalCode: text,
  address: text,
  phone: text,
  email: text.optional(),
});

/** One parcel: the carrier by NP's code, by the hub's id, or in the system's own word. */
const parcel = z.strictObject({
  carrier: name.nullish(),
  slipNumber: name.default(''),
  shippedAt: moment.nullish(),
});

/** An order as another system sends it. Strict: a misspelt field is told, and not lost. */
export const rawOrderSchema = z.strictObject({
  orderNumber: name.min(1),
  orderedAt: moment,
  changedAt: moment.nullish(),
  status: name.min(1).default('open'),
  payment: name.min(1).default('np'),
  settlementType: settlementTypeSchema.optional(),
  npTransactionId: name.nullish(),
  buyer: party,
  destinations: z.array(party).max(100).default([]),
  lines: z.array(z.strictObject({ name: text, unitPriceYen: yen, quantity: yen })).max(1_000),
  billedYen: yen,
  parcels: z.array(parcel).max(100).default([]),
  note: text.default(''),
  reservation: z.boolean().default(false),
  /** Digital contents or services, which some ways to NP do not take. */
  digital: z.boolean().default(false),
  originNumber: name.min(1).optional(),
  mall: name.min(1).optional(),
  plannedShipOn: day.optional(),
  feeYen: yen.optional(),
  subscription: z
    .strictObject({
      courseNumber: name,
      count: z.int().min(1).max(100_000).nullable().default(null),
      generated: z.boolean().default(false),
    })
    .optional(),
});
export type RawOrder = z.output<typeof rawOrderSchema>;

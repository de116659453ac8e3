import { z } from 'zod';
import type { Person } from './people.js';

/** What the page of an order may change of a person. */
export const personSchema = z
  .strictObject({
    familyName: z.string(),
    givenName: z.string(),
    familyKana: z.string(),
    givenKana: z.string(),
    postalCode: z.string(),
    prefecture: z.string(),
    street: z.string(),
    building: z.string(),
    phone: z.string(),
    email: z.string(),
  } satisfies Record<keyof Person, z.ZodString>)
  .partial();

/** An amount as a form sends it: whole yen, never negative. */
export const formYen = z.coerce.number().int().min(0);

type Sent<Fields> = { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> };

/** Only the fields that a form sent. */
export const given = <Fields extends object>(fields: Fields): Sent<Fields> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Sent<Fields>;

/** Another buyer's data, and who a receiver is then: the new buyer where it was the old one, else the same as before. */
export function buyerEdit<Buyer extends Person>(
  before: Buyer,
  set: { readonly [Name in keyof Buyer]?: Buyer[Name] | undefined },
) {
  const buyer: Buyer = { ...before, ...given(set) };
  const old = JSON.stringify(before);
  return {
    buyer,
    receiver: (person: Buyer): Buyer => (JSON.stringify(person) === old ? buyer : person),
  };
}

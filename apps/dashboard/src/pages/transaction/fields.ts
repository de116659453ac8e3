import {
  carrierSchema,
  correctablePaths,
  partyRules,
  settlementTypeSchema,
  type CorrectablePath,
  type Party,
  type TransactionView,
} from '@np-hub/model';
import type { Texts } from '../../text/texts.js';

/** A payload path as the checks and NP's codes name it, for what staff correct: `customer.phone` for `buyer.phone`. */
export const payloadPathOf = (path: string): string =>
  path.replace(/^buyer\./u, 'customer.').replace(/^parcel\./u, 'shipment.');

/** The correctable field behind a payload path; null where the field belongs to the cart (goods, amounts). */
export const correctableOf = (path: string): CorrectablePath | null =>
  correctablePaths.find((correctable) => payloadPathOf(correctable) === path) ?? null;

type PartyKey = keyof Party;

/** The value that NP is to get for a correctable field, as far as the API shows it. */
export function valueOf(view: TransactionView, path: CorrectablePath): string {
  const correction = view.corrections.find((one) => one.path === path);
  if (correction && path.startsWith('parcel.')) return correction.value;
  if (path === 'parcel.slipNumber') return view.parcels[0]?.slipNumber ?? '';
  if (path === 'parcel.carrier') return carrierSchema.safeParse(view.parcels[0]?.carrier).data ?? '';
  if (path === 'settlementType') return correction?.value ?? '';
  const [side, key] = path.split('.', 2);
  const party: Partial<Party> | null | undefined =
    side === 'buyer' ? (view.payload?.customer ?? view.buyer) : view.payload?.destination;
  return party?.[key as PartyKey] ?? '';
}

/** The chosen way of billing in words; empty: nobody has chosen for this order. */
export function settlementText(value: string, { detail }: Texts): string {
  const type = settlementTypeSchema.safeParse(value).data;
  return type ? detail.settlement[type] : detail.correct.settlementDefault;
}

/** Most characters that NP takes in a field; null where no such limit is known. */
export function limitOf(path: CorrectablePath): number | null {
  if (path === 'parcel.slipNumber') return 20;
  const key = path.split('.', 2)[1];
  return partyRules.find((rule) => rule.field === key && rule.rule === 'too-long')?.limit ?? null;
}

/** Fields of this transaction that can be corrected: those of a destination only where there is one. */
export const fieldsOf = (view: TransactionView): readonly CorrectablePath[] =>
  correctablePaths.filter((path) => !path.startsWith('destination.') || view.payload?.destination);

/** The fields that the checks and NP's reasons point at. A wrong postal code may mean a wrong address as well. */
export function offendingFields(view: TransactionView): readonly CorrectablePath[] {
  const named = [
    ...view.problems.map((problem) => problem.field),
    ...[...view.reasons, ...(view.refusal?.reasons ?? [])].flatMap((reason) => reason.fields),
  ];
  const paths = new Set(named.map(correctableOf));
  for (const side of ['buyer', 'destination'] as const) {
    if (
      view.problems.some(
        ({ rule, field }) => rule === 'postal-mismatch' && correctableOf(field)?.startsWith(side),
      )
    ) {
      paths.add(`${side}.address`);
    }
  }
  return fieldsOf(view).filter((path) => paths.has(path));
}

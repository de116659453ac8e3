/**
 * NP's wire as implementers wrote it down. NP's own specification is not public.
 *
 * confirmed by two or more public clients: addresses and methods of the operations, HTTP Basic with `merchant code : SP code`,
 *   the header `X-NP-Terminal-Id`, `transactions[]` / `results[]` / `errors[].codes[]`, results 00 10 20 40, the codes used below.
 * observed in one client: results 30 and 50, payment status 10 20 30, `X-HTTP-Method-Override: PATCH`.
 * assumed here (nothing public says it): everything marked `assumed` below.
 */

/** Lines a call at most (EPRO0102; observed for cancel and report, assumed for the others). */
export const batchLimit = 1000;

/** NP's carrier master (public clients agree), without 55555, which needs a contract of its own. */
export const carrierMaster: ReadonlySet<string> = new Set([
  '50000',
  '59010',
  '59020',
  '59030',
  '59040',
  '59041',
  '59042',
  '59043',
  '59050',
  '59060',
  '59080',
  '59090',
  '59100',
  '59110',
  '59140',
  '59150',
  '59160',
]);
export const contractedCarrier = '55555';

/** Largest difference between goods total and billed amount, in yen (E0102004). */
export const goodsDifferenceLimitYen = 3000;

/** Days between the invoice issue date and the report (E0100126). */
export const billIssueDaysLimit = 10;

/** assumed: codes for rules whose real codes nobody wrote down. They exist in the sandbox only. */
export const sandboxCodes = {
  /** `shop_transaction_id` missing or over 40 characters. */
  shopTransactionId: 'SANDBOX01',
  /** `shop_order_date` missing or no `YYYY-MM-DD` day. */
  shopOrderDate: 'SANDBOX02',
  /** `settlement_type` is neither 02 nor 03. */
  settlementType: 'SANDBOX03',
  /** `billed_amount` is no integer from 1 to 9,999,999. */
  billedAmount: 'SANDBOX04',
  /** `site_name` over 50 or `site_url` over 100 characters. */
  site: 'SANDBOX05',
  /** `goods` empty, or a line without name (at most 150), integer price or quantity from 1. */
  goods: 'SANDBOX06',
  /** More than one transaction in a call that a real-time merchant makes to register or edit. */
  realTimeBatch: 'SANDBOX07',
  /** The body is no JSON, or `transactions` is no list. */
  unreadable: 'SANDBOX08',
  /** Re-registration of a transaction that is not cancelled, or was never reported. */
  baseNotCancelled: 'SANDBOX09',
} as const;

/** What goes over the wire. Only what the sandbox reads; other fields are kept as they came. */
export interface WireParty {
  [field: string]: unknown;
  customer_name?: unknown;
  customer_name_kana?: unknown;
  company_name?: unknown;
  department_name?: unknown;
  zip_code?: unknown;
  address?: unknown;
  tel?: unknown;
  email?: unknown;
}

interface WireGoods {
  goods_name?: unknown;
  goods_price?: unknown;
  quantity?: unknown;
}

export interface WireTransaction {
  [field: string]: unknown;
  shop_transaction_id?: unknown;
  shop_order_date?: unknown;
  settlement_type?: unknown;
  site_name?: unknown;
  site_url?: unknown;
  billed_amount?: unknown;
  customer?: WireParty;
  dest_customer?: WireParty;
  goods?: WireGoods[];
}

/** One line of `results[]`. */
export interface WireResult {
  shop_transaction_id?: string;
  np_transaction_id: string;
  base_np_transaction_id?: string;
  authori_result?: string;
  authori_required_date?: string;
  authori_ng?: string;
  authori_hold?: readonly string[];
  payment_status?: string;
  customer_payment_date?: string;
}

/** One line of `errors[]`. */
export interface WireError {
  id: string;
  codes: readonly string[];
}

/** The text of a field: empty where it is missing or no text. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** The fields of a value that should be an object; none where it is not. */
export function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};
}

import type { Party } from '../order.js';
import type { Problem } from '../reasons.js';

/** Every rule a check can fail. Their texts are in messages.ts, total by type. */
export const ruleIds = [
  'required',
  'too-long',
  'prohibited-characters',
  'not-encodable',
  'postal-characters',
  'postal-format',
  'postal-unknown',
  'postal-mismatch',
  'phone-characters',
  'phone-format',
  'phone-eleven-digits',
  'phone-ten-digits',
  'email-characters',
  'email-format',
  'date-format',
  'goods-missing',
  'goods-total',
  'amount-positive',
  'carrier-missing',
  'unmapped-carrier',
  'unsupported-carrier',
  'carrier-contract',
  'slip-missing',
  'slip-format',
  'invoice-date-required',
  'invoice-date-forbidden',
  'invoice-date-window',
  'np-id-characters',
  'np-id-length',
  'several-destinations',
  'reservation',
  'unmapped-payment',
] as const;
export type RuleId = (typeof ruleIds)[number];

export type PartyField = keyof Party;
export type PartySide = 'customer' | 'destination';

/** Where a problem can be: payload paths, shipment fields, and the order as a whole. */
export type FieldPath =
  | `customer.${PartyField}`
  | `destination.${Exclude<PartyField, 'email'>}`
  | 'shopTransactionId'
  | 'shopOrderDate'
  | 'billedYen'
  | 'goods'
  | 'shipment.carrier'
  | 'shipment.slipNumber'
  | 'shipment.billIssuedOn'
  | 'npTransactionId'
  | 'destinations'
  | 'flags'
  | 'payment';

/**
 * One rule on one field of a party, with the code NP answers for the customer and for the destination; null
 * where the destination has no such field. Codes: np-connect-pro.md, 4b and 4c (source S1, names by S4).
 */
export interface PartyRule {
  readonly field: PartyField;
  readonly rule: PartyRuleId;
  readonly customer: string;
  readonly destination: string | null;
  readonly limit?: number;
  /** `observed`: rule and code as S1 has them. `assumed`: the code is S1's, what exactly earns it is our reading. */
  readonly weight: 'observed' | 'assumed';
}

export type PartyRuleId = Extract<
  RuleId,
  | 'required'
  | 'too-long'
  | 'prohibited-characters'
  | 'not-encodable'
  | `${'postal' | 'phone' | 'email'}-${string}`
>;

const rule = (
  field: PartyField,
  name: PartyRuleId,
  codes: readonly [customer: string, destination: string | null],
  weight: PartyRule['weight'],
  limit?: number,
): PartyRule => ({
  field,
  rule: name,
  customer: codes[0],
  destination: codes[1],
  weight,
  ...(limit ? { limit } : {}),
});

/**
 * In the order in which they are tried. NP's list of prohibited characters is not public: control characters,
 * and what code page 932 cannot hold, are assumed to be on it. An unknown postal code is assumed to earn the
 * code of a mismatch. E0100091 reads "missing" at S1 and "format" at S4: taken as the twin of E0100067.
 */
export const partyRules: readonly PartyRule[] = [
  rule('name', 'required', ['E0100048', 'E0100072'], 'observed'),
  rule('name', 'prohibited-characters', ['E0100049', 'E0100073'], 'assumed'),
  rule('name', 'not-encodable', ['E0100049', 'E0100073'], 'assumed'),
  rule('name', 'too-long', ['E0100050', 'E0100074'], 'observed', 21),
  rule('kana', 'too-long', ['E0100051', 'E0100075'], 'observed', 25),
  rule('kana', 'prohibited-characters', ['E0100052', 'E0100076'], 'assumed'),
  rule('kana', 'not-encodable', ['E0100052', 'E0100076'], 'assumed'),
  rule('company', 'too-long', ['E0100053', 'E0100077'], 'observed', 30),
  rule('company', 'prohibited-characters', ['E0100054', 'E0100078'], 'assumed'),
  rule('company', 'not-encodable', ['E0100054', 'E0100078'], 'assumed'),
  rule('department', 'too-long', ['E0100055', 'E0100079'], 'observed', 30),
  rule('department', 'prohibited-characters', ['E0100056', 'E0100080'], 'assumed'),
  rule('department', 'not-encodable', ['E0100056', 'E0100080'], 'assumed'),
  rule('postalCode', 'required', ['E0100057', 'E0100081'], 'observed'),
  rule('postalCode', 'postal-characters', ['E0100058', 'E0100082'], 'observed'),
  rule('postalCode', 'postal-format', ['E0100136', 'E0100137'], 'observed', 7),
  rule('postalCode', 'postal-unknown', ['E0100059', 'E0100083'], 'assumed'),
  rule('postalCode', 'postal-mismatch', ['E0100059', 'E0100083'], 'observed'),
  rule('address', 'required', ['E0100060', 'E0100084'], 'observed'),
  rule('address', 'prohibited-characters', ['E0100061', 'E0100085'], 'assumed'),
  rule('address', 'not-encodable', ['E0100061', 'E0100085'], 'assumed'),
  rule('address', 'too-long', ['E0100062', 'E0100086'], 'observed', 55),
  rule('phone', 'required', ['E0100063', 'E0100087'], 'observed'),
  rule('phone', 'phone-characters', ['E0100064', 'E0100088'], 'observed'),
  rule('phone', 'phone-format', ['E0100065', 'E0100089'], 'assumed'),
  rule('phone', 'phone-eleven-digits', ['E0100066', 'E0100090'], 'observed', 11),
  rule('phone', 'phone-ten-digits', ['E0100067', 'E0100091'], 'assumed', 10),
  rule('email', 'required', ['E0100068', null], 'observed'),
  rule('email', 'email-characters', ['E0100069', null], 'assumed'),
  rule('email', 'too-long', ['E0100070', null], 'observed', 100),
  rule('email', 'email-format', ['E0100071', null], 'assumed'),
];

/** A rule on the order or its shipment, with NP's code where one is known. */
interface OrderRule {
  readonly field: FieldPath;
  readonly npCode: string | null;
  readonly limit?: number;
  readonly source: string;
}

/** Rules beside those on parties. `source` names the section of np-connect-pro.md, or why the rule exists. */
export const orderRules = {
  transactionIdRequired: { field: 'shopTransactionId', npCode: null, source: 'section 0' },
  transactionIdTooLong: { field: 'shopTransactionId', npCode: null, limit: 40, source: 'section 5, S3' },
  transactionIdCharacters: { field: 'shopTransactionId', npCode: null, source: 'assumed' },
  orderDate: { field: 'shopOrderDate', npCode: null, source: 'section 0' },
  amountPositive: {
    field: 'billedYen',
    npCode: null,
    source: 'section 0; a bill of nothing is none (assumed)',
  },
  goodsMissing: { field: 'goods', npCode: null, source: 'section 0 (assumed)' },
  goodsName: { field: 'goods', npCode: null, source: 'section 0 (assumed)' },
  goodsNameTooLong: { field: 'goods', npCode: null, limit: 150, source: 'section 0; section 5, S5' },
  goodsTotal: { field: 'billedYen', npCode: 'E0102004', limit: 3000, source: 'section 4d, S4' },
  carrierMissing: { field: 'shipment.carrier', npCode: 'E0100105', source: 'section 4f' },
  carrierUnmapped: { field: 'shipment.carrier', npCode: null, source: "the cart's word has no meaning yet" },
  carrierUnsupported: { field: 'shipment.carrier', npCode: 'E0100108', source: 'section 4f' },
  carrierContract: { field: 'shipment.carrier', npCode: null, source: 'section 5: 55555 needs a contract' },
  slipMissing: { field: 'shipment.slipNumber', npCode: 'E0100109', source: 'section 4f' },
  slipFormat: { field: 'shipment.slipNumber', npCode: 'E0100110', limit: 20, source: 'section 4f' },
  invoiceDateRequired: { field: 'shipment.billIssuedOn', npCode: 'E0100111', source: 'section 4f' },
  invoiceDateForbidden: { field: 'shipment.billIssuedOn', npCode: 'E0100143', source: 'section 4f' },
  invoiceDateFormat: { field: 'shipment.billIssuedOn', npCode: 'EPRO0109', source: 'section 4a' },
  invoiceDateWindow: { field: 'shipment.billIssuedOn', npCode: 'E0100126', limit: 10, source: 'section 4f' },
  npIdCharacters: { field: 'npTransactionId', npCode: 'E0100002', source: 'section 4a' },
  npIdLength: { field: 'npTransactionId', npCode: 'E0100003', limit: 11, source: 'section 4a' },
  severalDestinations: {
    field: 'destinations',
    npCode: null,
    source: 'NP takes one destination a transaction',
  },
  reservation: { field: 'flags', npCode: null, source: 'carts.md, 1.1' },
  unmappedPayment: { field: 'payment', npCode: null, source: "the cart's word has no meaning yet" },
} as const satisfies Record<string, OrderRule>;

/** Builds the problem of a failed order rule. */
export const orderProblem = (
  { field, npCode }: Pick<OrderRule, 'field' | 'npCode'>,
  name: RuleId,
  figures?: Problem['figures'],
): Problem => ({ field, rule: name, npCode, ...(figures ? { figures } : {}) });

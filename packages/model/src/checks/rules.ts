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
  'unmapped-status',
  'unmapped-mall',
  'planned-date-missing',
  'fee-unknown',
  'carrier-not-taken',
  'settlement-type-not-taken',
  'enclosed-elsewhere',
  'order-id-characters',
  'digital-goods',
  'sps-id-format',
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
  | 'payment'
  | 'status'
  | 'mall'
  | 'plannedShipOn'
  | 'settlementType';

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

type Row = (
  field: PartyField,
  rule: PartyRuleId,
  codes: readonly [customer: string, destination: string | null],
  limit?: number,
) => PartyRule;

const row =
  (weight: PartyRule['weight']): Row =>
  (field, rule, [customer, destination], limit) => ({
    field,
    rule,
    customer,
    destination,
    weight,
    ...(limit === undefined ? {} : { limit }),
  });

const observed = row('observed');
const assumed = row('assumed');

/**
 * In the order in which they are tried. NP's list of prohibited characters is not public: control characters,
 * and what code page 932 cannot hold, are assumed to be on it. An unknown postal code is assumed to earn the
 * code of a mismatch. E0100091 reads "missing" at S1 and "format" at S4: taken as the twin of E0100067.
 */
export const partyRules: readonly PartyRule[] = [
  observed('name', 'required', ['E0100048', 'E0100072']),
  assumed('name', 'prohibited-characters', ['E0100049', 'E0100073']),
  assumed('name', 'not-encodable', ['E0100049', 'E0100073']),
  observed('name', 'too-long', ['E0100050', 'E0100074'], 21),
  observed('kana', 'too-long', ['E0100051', 'E0100075'], 25),
  assumed('kana', 'prohibited-characters', ['E0100052', 'E0100076']),
  assumed('kana', 'not-encodable', ['E0100052', 'E0100076']),
  observed('company', 'too-long', ['E0100053', 'E0100077'], 30),
  assumed('company', 'prohibited-characters', ['E0100054', 'E0100078']),
  assumed('company', 'not-encodable', ['E0100054', 'E0100078']),
  observed('department', 'too-long', ['E0100055', 'E0100079'], 30),
  assumed('department', 'prohibited-characters', ['E0100056', 'E0100080']),
  assumed('department', 'not-encodable', ['E0100056', 'E0100080']),
  observed('postalCode', 'required', ['E0100057', 'E0100081']),
  observed('postalCode', 'postal-characters', ['E0100058', 'E0100082']),
  observed('postalCode', 'postal-format', ['E0100136', 'E0100137'], 7),
  assumed('postalCode', 'postal-unknown', ['E0100059', 'E0100083']),
  observed('postalCode', 'postal-mismatch', ['E0100059', 'E0100083']),
  observed('address', 'required', ['E0100060', 'E0100084']),
  assumed('address', 'prohibited-characters', ['E0100061', 'E0100085']),
  assumed('address', 'not-encodable', ['E0100061', 'E0100085']),
  observed('address', 'too-long', ['E0100062', 'E0100086'], 55),
  observed('phone', 'required', ['E0100063', 'E0100087']),
  observed('phone', 'phone-characters', ['E0100064', 'E0100088']),
  assumed('phone', 'phone-format', ['E0100065', 'E0100089']),
  observed('phone', 'phone-eleven-digits', ['E0100066', 'E0100090'], 11),
  assumed('phone', 'phone-ten-digits', ['E0100067', 'E0100091'], 10),
  observed('email', 'required', ['E0100068', null]),
  assumed('email', 'email-characters', ['E0100069', null]),
  observed('email', 'too-long', ['E0100070', null], 100),
  assumed('email', 'email-format', ['E0100071', null]),
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
  unmappedStatus: { field: 'status', npCode: null, source: "the cart's word has no meaning yet" },
  unmappedMall: { field: 'mall', npCode: null, source: 'seed 002: each mall has its own SP code' },
  plannedDateMissing: { field: 'plannedShipOn', npCode: null, source: 'seed 001: 与信タイミング' },
  carrierNotTaken: {
    field: 'shipment.carrier',
    npCode: null,
    source: "seed 000: the gateway's own carriers",
  },
  settlementType: { field: 'settlementType', npCode: null, source: 'seed 000: no wiz among the functions' },
  enclosedElsewhere: { field: 'settlementType', npCode: null, source: 'the shop’s own rule (assumed)' },
  orderIdTooLong: { field: 'shopTransactionId', npCode: null, source: 'sbps.md: order_id' },
  orderIdCharacters: { field: 'shopTransactionId', npCode: null, source: 'sbps.md: order_id (assumed)' },
  digitalGoods: { field: 'goods', npCode: null, source: 'seed 000: restrictions on businesses' },
  spsIdFormat: { field: 'npTransactionId', npCode: null, source: 'sbps.md: ids of a payment' },
  feeUnknown: { field: 'billedYen', npCode: null, source: 'seed 002: 手数料設定, 上書きする' },
} as const satisfies Record<string, OrderRule>;

/** Builds the problem of a failed order rule. */
export const orderProblem = (
  { field, npCode }: Pick<OrderRule, 'field' | 'npCode'>,
  name: RuleId,
  figures?: Problem['figures'],
): Problem => ({ field, rule: name, npCode, ...(figures ? { figures } : {}) });

import { z } from 'zod';

const moment = z.iso.datetime();
const yen = z.int();

/** What the gateway says of a buyer's payment. `undisclosed` is NP's 30 (不明), `unknown` a word without a meaning. */
export const paymentStatusSchema = z.enum(['unpaid', 'paid', 'undisclosed', 'unknown']);

/** What a contract charges, per connection. `set`: entered here; `gateway`: public fees of the gateway. */
export const contractFeesSchema = z.object({
  connectionId: z.string(),
  name: z.string(),
  /** The gateway gives a file of its deposits. */
  deposits: z.boolean(),
  source: z.enum(['set', 'gateway', 'unknown']),
  /** Hundredths of a percent of the billed amount. */
  rateBasisPoints: z.int().nullable(),
  /** Billing and postage, without tax. */
  perTransactionYen: yen.nullable(),
  taxPercent: z.int().nullable(),
});
export type ContractFees = z.infer<typeof contractFeesSchema>;

export const feeInputSchema = z.strictObject({
  rateBasisPoints: z.int().min(0).max(10_000),
  perTransactionYen: z.int().min(0).max(100_000),
  taxPercent: z.int().min(0).max(100),
});
export type FeeInput = z.infer<typeof feeInputSchema>;

/** One reported registration in a month. Fees are null where the contract is not known here. */
export const billingViewSchema = z.object({
  shopId: z.string(),
  transactionId: z.string(),
  orderNumber: z.string(),
  shopTransactionId: z.string(),
  npTransactionId: z.string().nullable(),
  /** The day of the report in Japan. */
  reportedOn: z.string(),
  cancelledOn: z.string().nullable(),
  billedYen: yen.nullable(),
  feeYen: yen.nullable(),
  taxYen: yen.nullable(),
  payoutYen: yen.nullable(),
  payment: paymentStatusSchema.nullable(),
  paidOn: z.string().nullable(),
  /** The buyer had paid when a cancel was asked for: the shop refunds. */
  refundYen: yen,
  /** By the deposit files taken in; null where none names it. */
  depositedYen: yen.nullable(),
});
export type BillingView = z.infer<typeof billingViewSchema>;

export const monthSummarySchema = z.object({
  shopId: z.string(),
  month: z.string(),
  transactions: z.int(),
  billedYen: yen,
  /** Sums of those whose fees are known; `unpriced` are the others. */
  feeYen: yen,
  taxYen: yen,
  payoutYen: yen,
  unpriced: z.int(),
  paid: z.int(),
  paidYen: yen,
  undisclosed: z.int(),
  cancelled: z.int(),
  refunds: z.int(),
  refundYen: yen,
  deposited: z.int(),
  depositedYen: yen,
});
export type MonthSummary = z.infer<typeof monthSummarySchema>;

export const monthViewSchema = z.object({
  summary: monthSummarySchema,
  rows: z.array(billingViewSchema),
  next: z.string().nullable(),
});
export type MonthView = z.infer<typeof monthViewSchema>;

/** How a row of a deposit file differs from what the hub expects. A row without any agrees. */
export const depositDifferenceSchema = z.enum([
  /** Its figures or its id cannot be read. */
  'malformed',
  /** The hub has no transaction of this id at this merchant. */
  'unknown',
  /** The hub knows of no report of it. */
  'not-reported',
  /** Cancelled here. */
  'cancelled',
  /** Named twice in the file, or in another one as well. */
  'paid-twice',
  'amount-differs',
  'fee-differs',
  /** 取引総額 less the fees is not お支払総額. */
  'sum-differs',
  /** 加盟店取引ID is not the one under which this NP id was registered. */
  'id-differs',
]);
export type DepositDifference = z.infer<typeof depositDifferenceSchema>;

export const depositFileViewSchema = z.object({
  id: z.string(),
  connectionId: z.string(),
  name: z.string(),
  at: moment,
  by: z.string(),
  /** A preview has changed nothing yet, and is forgotten after a day. */
  state: z.enum(['preview', 'taken']),
  /** The file has been taken in before, under this id: taking it again changes nothing. */
  sameAs: z.string().nullable(),
  fromDay: z.string().nullable(),
  toDay: z.string().nullable(),
  rows: z.int(),
  agreeing: z.int(),
  differences: z.partialRecord(depositDifferenceSchema, z.int()),
  totalYen: yen,
  feeYen: yen,
  taxYen: yen,
  paidYen: yen,
  /** Reported in the days that the file is about, and named by no file that was taken in. */
  missing: z.int().nullable(),
});
export type DepositFileView = z.infer<typeof depositFileViewSchema>;

export const depositRowViewSchema = z.object({
  line: z.int(),
  serial: z.string(),
  npTransactionId: z.string(),
  shopTransactionId: z.string(),
  totalYen: yen.nullable(),
  feeYen: yen.nullable(),
  taxYen: yen.nullable(),
  paidYen: yen.nullable(),
  expectedTotalYen: yen.nullable(),
  expectedFeeYen: yen.nullable(),
  expectedTaxYen: yen.nullable(),
  differences: z.array(depositDifferenceSchema),
  shopId: z.string().nullable(),
  transactionId: z.string().nullable(),
});
export type DepositRowView = z.infer<typeof depositRowViewSchema>;

export const depositRowPageSchema = z.object({
  rows: z.array(depositRowViewSchema),
  next: z.string().nullable(),
});
export type DepositRowPage = z.infer<typeof depositRowPageSchema>;

export const billingPageSchema = z.object({
  rows: z.array(billingViewSchema),
  next: z.string().nullable(),
});
export type BillingPage = z.infer<typeof billingPageSchema>;

import { z } from 'zod';
import { paymentBands, paymentPlanSchema } from './payment-plan.js';

const yen = z.int().min(0).max(9_999_999);

/** A fee for orders whose billed amount (tax included, without the fee) lies in the band, ends included. */
export const feeBandSchema = z
  .object({ fromYen: yen, toYen: yen, feeYen: yen })
  .refine(({ fromYen, toYen }) => fromYen <= toYen, {
    path: ['toYen'],
    message: '下限以上の金額にしてください。 / It has to be the lower end or more.',
  });
export type FeeBand = z.infer<typeof feeBandSchema>;

/** Another way to pay that the shop takes, to be proposed where NP後払い is not possible. Amounts with tax. */
export const otherMethodSchema = z.strictObject({
  /** As the buyer knows it: クレジットカード, 代金引換, 銀行振込. */
  name: z
    .string()
    .trim()
    .min(1, '支払方法の名前を入力してください。 / Please give the method a name.')
    .max(50, '50文字以内で入力してください。 / At most 50 characters.'),
  /** The same for every order, where there are no bands. */
  feeYen: yen,
  /** By the total without a fee; an order outside all of them cannot be paid so. Empty: `feeYen`. */
  feeBands: z.array(feeBandSchema).max(20),
  /** The most that can be paid so, fee included; null: no limit. */
  limitYen: yen.min(1).nullable(),
  /** A sentence for the buyer; may be empty. */
  note: z.string().trim().max(300, '300文字以内で入力してください。 / At most 300 characters.'),
});
export type OtherMethod = z.infer<typeof otherMethodSchema>;

const fields = {
  /** Report when every parcel has gone, or with the first. */
  splitShipments: z.enum(['all', 'first']),
  /** The shop has NP's 出荷オプション contract: carriers that NP does not list go as 55555. */
  contractedCarrier: z.boolean(),
  /** False for shops that NP has exempted (RE024). */
  emailRequired: z.boolean(),
  /** Register once more when NP drops an approval by itself and nothing has shipped. */
  reregisterAfterLapse: z.boolean(),
  /** When the credit check starts: with the order, some days before its planned shipment, or when a person asks. */
  creditTiming: z.enum(['at-once', 'before-shipment', 'by-hand']),
  /** For `before-shipment`: 発送予定日の何日前に与信処理をかけるか (seed 001). */
  creditDaysBefore: z.int().min(0).max(90),
  /** What starts the shipment report: the cart's word that the goods have left, or a person. */
  reportTrigger: z.enum(['shipped', 'by-hand']),
  /** After 与信NG: hold the order, or have the cart change it to 代引き (seed 001). */
  onRejected: z.enum(['hold-shipment', 'change-to-cod']),
  /** 定期注文エラー発生時の処理「コース注文状況を停止に変更する」 (seed 001; real time only). */
  stopCourseOnRejected: z.boolean(),
  /** NP後払い(リアルタイム): the cart asks NP at checkout, so that only orders of its courses are checked later (seed 001). */
  realTime: z.boolean(),
  /** Real time: how long an order that NP was asked about may stay unconfirmed by the cart. Assumed: ample. */
  checkoutMinutes: z.int().min(1).max(1_440),
  /** 請求書同梱 (03) or sent by NP (02), for every order of the shop; `cart`: as the cart says of each. */
  settlementType: z.enum(['cart', '02', '03']),
  /** An enclosed invoice whose goods go to somebody else than the buyer: enclose it all the same, have NP send it, or ask. */
  encloseElsewhere: z.enum(['enclose', 'send', 'ask']),
  /** 手数料設定: leave the billed amount as it is, replace the fee in it, or add one (seed 002). */
  feeMode: z.enum(['keep', 'replace', 'add']),
  feeBands: z.array(feeBandSchema).max(20),
  /** What staff propose to the buyer after 審査NG, a hold, or a credit that has ended; each name once. */
  otherMethods: z
    .array(otherMethodSchema)
    .max(20)
    .superRefine((methods, context) => {
      for (const [index, { name }] of methods.entries())
        if (methods.findIndex((other) => other.name === name) < index)
          context.addIssue({
            code: 'custom',
            path: [index, 'name'],
            message: '同じ名前の支払方法があります。 / There is a method of this name already.',
          });
    }),
  /** An order like another open one (same buyer, same total, within 30 days): ask before sending, send and point it out, or nothing. */
  duplicates: z.enum(['ask', 'warn', 'off']),
  /** Malls under one account, by the cart's name for them, each with its own connection; empty: one for all. */
  malls: z.record(z.string().max(200), z.uuid()),
  /** Compare with NP and with the cart every night. */
  reconcileNightly: z.boolean(),
  /** The hour of the night in Japan, 0 to 23; shops are spread over it. */
  reconcileHour: z.int().min(0).max(23),
  /** A word that somebody has changed in the cart: send ours again at once, or once a person asks. */
  wordDrift: z.enum(['automatic', 'offered']),
  /** What has ended here and is alive at NP: a person cancels it there again, the hub does, or nobody looks. */
  endedAlive: z.enum(['offered', 'automatic', 'unasked']),
  /** How often NP is asked whether the buyer has paid, by the days since the shipment report. */
  paymentPlan: paymentPlanSchema,
};

/** Whether an amount lies in both. */
export const bandsOverlap = (one: BandEnds, other: BandEnds): boolean =>
  one.fromYen <= other.toYen && other.fromYen <= one.toYen;
type BandEnds = Pick<FeeBand, 'fromYen' | 'toYen'>;

/** An amount in two bands would have the fee of whichever stands first: each amount has one fee. */
function addOverlaps(
  bands: readonly FeeBand[],
  path: readonly PropertyKey[],
  context: z.RefinementCtx,
): void {
  for (const [index, band] of bands.entries())
    if (bands.slice(0, index).some((other) => bandsOverlap(band, other)))
      context.addIssue({
        code: 'custom',
        path: [...path, index, 'fromYen'],
        message: '上の区分と金額が重なっています。 / It overlaps a band above.',
      });
}

/**
 * Some policies that a shop sets anew; the others stay as they are. A name that is no policy is refused. Stricter than what
 * is stored: what was taken once can still be read.
 */
export const policyChangesSchema = z
  .strictObject(fields)
  .partial()
  .superRefine(({ feeBands = [], otherMethods = [] }, context) => {
    addOverlaps(feeBands, ['feeBands'], context);
    for (const [index, method] of otherMethods.entries())
      addOverlaps(method.feeBands, ['otherMethods', index, 'feeBands'], context);
  });
export type PolicyChanges = z.infer<typeof policyChangesSchema>;

/** What a shop decides for itself; the defaults are the careful ones, and an adapter may name others for its cart. */
export const policiesSchema = z.object({
  splitShipments: fields.splitShipments.default('all'),
  contractedCarrier: fields.contractedCarrier.default(false),
  emailRequired: fields.emailRequired.default(true),
  reregisterAfterLapse: fields.reregisterAfterLapse.default(true),
  creditTiming: fields.creditTiming.default('at-once'),
  creditDaysBefore: fields.creditDaysBefore.default(3),
  reportTrigger: fields.reportTrigger.default('shipped'),
  onRejected: fields.onRejected.default('hold-shipment'),
  stopCourseOnRejected: fields.stopCourseOnRejected.default(false),
  realTime: fields.realTime.default(false),
  checkoutMinutes: fields.checkoutMinutes.default(30),
  settlementType: fields.settlementType.default('cart'),
  encloseElsewhere: fields.encloseElsewhere.default('enclose'),
  feeMode: fields.feeMode.default('keep'),
  feeBands: fields.feeBands.default([]),
  otherMethods: fields.otherMethods.default([]),
  duplicates: fields.duplicates.default('ask'),
  malls: fields.malls.default({}),
  reconcileNightly: fields.reconcileNightly.default(true),
  reconcileHour: fields.reconcileHour.default(3),
  wordDrift: fields.wordDrift.default('automatic'),
  endedAlive: fields.endedAlive.default('offered'),
  paymentPlan: fields.paymentPlan.default([...paymentBands]),
});
export type ShopPolicies = z.infer<typeof policiesSchema>;

import { z } from 'zod';

const yen = z.int().min(0).max(9_999_999);

/** A fee for orders whose billed amount (tax included, without the fee) lies in the band, ends included. */
export const feeBandSchema = z.object({ fromYen: yen, toYen: yen, feeYen: yen });
export type FeeBand = z.infer<typeof feeBandSchema>;

/** What a shop decides for itself; the defaults are the careful ones, and an adapter may name others for its cart. */
export const policiesSchema = z.object({
  /** Report when every parcel has gone, or with the first. */
  splitShipments: z.enum(['all', 'first']).default('all'),
  /** The shop has NP's 出荷オプション contract: carriers that NP does not list go as 55555. */
  contractedCarrier: z.boolean().default(false),
  /** False for shops that NP has exempted (RE024). */
  emailRequired: z.boolean().default(true),
  /** Register once more when NP drops an approval by itself and nothing has shipped. */
  reregisterAfterLapse: z.boolean().default(true),
  /** When the credit check starts: with the order, some days before its planned shipment, or when a person asks. */
  creditTiming: z.enum(['at-once', 'before-shipment', 'by-hand']).default('at-once'),
  /** For `before-shipment`: 発送予定日の何日前に与信処理をかけるか (seed 001). */
  creditDaysBefore: z.int().min(0).max(90).default(3),
  /** What starts the shipment report: the cart's word that the goods have left, or a person. */
  reportTrigger: z.enum(['shipped', 'by-hand']).default('shipped'),
  /** After 与信NG: hold the order, or have the cart change it to 代引き (seed 001). */
  onRejected: z.enum(['hold-shipment', 'change-to-cod']).default('hold-shipment'),
  /** 定期注文エラー発生時の処理「コース注文状況を停止に変更する」 (seed 001; real time only). */
  stopCourseOnRejected: z.boolean().default(false),
  /** 手数料設定: leave the billed amount as it is, replace the fee in it, or add one (seed 002). */
  feeMode: z.enum(['keep', 'replace', 'add']).default('keep'),
  feeBands: z.array(feeBandSchema).max(20).default([]),
  /** Malls under one account, by the cart's name for them, each with its own connection; empty: one for all. */
  malls: z.record(z.string(), z.uuid()).default({}),
});
export type ShopPolicies = z.infer<typeof policiesSchema>;

import { z } from 'zod';
import { ControlProblem, readInput } from '../control/problem.js';
import type { OfficeBook, OfficeOrder } from '../offices/book.js';
import { npPayments, realTimePayment } from './words.js';

/** 利用サービス of 後払い. */
export const services = [npPayments[0], realTimePayment] as const;
export const visibilities = ['利用しない', '消費者に表示', '消費者に非表示'] as const;

/** Where the cart asks before it makes an order: a shop of a hub, and the key that the hub gave it. */
const hubSchema = z.strictObject({ url: z.url(), shopId: z.uuid(), apiKey: z.string().min(1) });

/** 運用設定, 支払い方法設定, 配送方法設定, and what carries a payment method, as far as they matter here. */
export const storeSettingsSchema = z.strictObject({
  /** 与信NG時の処理「自動で代引きに変更する」. */
  changeToCod: z.boolean(),
  /** 定期注文エラー発生時の処理「コース注文状況を停止に変更する」. */
  stopCourseOnError: z.boolean(),
  /** 定期注文の生成日: so many days before 発送予定日. */
  generateDaysBefore: z.int().min(0).max(90),
  /** 与信タイミング, as the cart's own link would use it: so many days before 発送予定日. */
  creditDaysBefore: z.int().min(0).max(90),
  visibility: z.enum(visibilities),
  /** 手数料 of 後払い. */
  feeYen: z.int().min(0),
  /** 支払い方法の説明. */
  explanation: z.string(),
  /** 運送会社コード of each 配送方法; real time does not ship without. */
  carrierCodes: z.record(z.string(), z.string().regex(/^\d{5}$/u)),
  /** LP一体型フォーム: whether NP後払い(リアルタイム) is ticked. */
  landingFormTicked: z.boolean(),
  hub: hubSchema.nullable(),
});

/** What changes only by the switch of the service, and by 後払い決済方法変更処理. */
interface Switched {
  readonly service: (typeof services)[number];
  readonly merchantCode: string;
  readonly spCode: string;
  /** 商品: the 後払い that they are sold with. */
  readonly productPayment: string;
}

export type StoreSettings = OfficeOrder & z.output<typeof storeSettingsSchema> & Switched;

const defaults: Omit<StoreSettings, 'placedAtMs' | 'changedAtMs'> = {
  number: 'settings',
  life: null,
  changeToCod: false,
  stopCourseOnError: true,
  generateDaysBefore: 7,
  creditDaysBefore: 3,
  visibility: '消費者に表示',
  feeYen: 220,
  explanation: 'コンビニ・郵便局・銀行で、商品の到着後にお支払いいただけます。',
  carrierCodes: {},
  landingFormTicked: false,
  hub: null,
  service: npPayments[0],
  merchantCode: '',
  spCode: '',
  productPayment: npPayments[0],
};

const serviceSchema = z.strictObject({
  service: z.enum(services),
  /** 加盟店コード, in real time only. */
  merchantCode: z.string().default(''),
  spCode: z.string().min(1),
});

/** The cart's settings, one record of its own book. */
export class SettingsOfStore {
  constructor(
    private readonly book: OfficeBook<StoreSettings>,
    private readonly nowMs: () => number,
  ) {}

  get all(): StoreSettings {
    const kept = this.book.get(defaults.number);
    return { placedAtMs: 0, changedAtMs: 0, ...defaults, ...kept };
  }

  get isRealTime(): boolean {
    return this.all.service === realTimePayment;
  }

  change(set: Partial<StoreSettings>): void {
    const kept = this.book.get(defaults.number) ?? this.book.add({ ...defaults, placedAtMs: this.nowMs() });
    this.book.change(kept, set);
  }

  /** 利用サービス: the other one begins as 利用しない, without fee and explanation (seed 001, 切り替え当日 手順2). */
  useService(given: unknown): void {
    const { service, merchantCode, spCode } = readInput(serviceSchema, given);
    if (service === realTimePayment && merchantCode === '')
      throw new ControlProblem(400, '加盟店コードを入力してください');
    const reset = { visibility: '利用しない', feeYen: 0, explanation: '' } as const;
    const isOther = this.all.service !== service;
    this.change({ service, merchantCode, spCode, ...(isOther ? reset : {}) });
  }
}

import { z } from 'zod';
import type { Settings } from '../config.js';

const operationNames = ['register', 'edit', 'cancel', 'report', 'reregister'] as const;
export type ScriptedOperation = (typeof operationNames)[number];

const codesSchema = z.array(z.string().regex(/^[A-Z0-9]{3,10}$/));

/** What NP is scripted to do with one transaction. The default is to approve it. */
export const outcomeSchema = z.strictObject({
  result: z.enum(['approve', 'hold', 'ng', 'review', 'error']).default('approve'),
  /** RE codes of a hold. */
  hold: codesSchema.default([]),
  ng: z.string().default('NG999'),
  lapse: z.boolean().default(false),
  pay: z.boolean().default(false),
  /** The payment status is answered as 30 (not disclosed) instead of 20. */
  undisclosed: z.boolean().default(false),
  /** Whether finds after an edit go on answering the former 00 for a while. */
  stale: z.boolean().default(false),
  /** wiz: the invoice print data is not downloaded until the control API says so (E0100121). */
  unprinted: z.boolean().default(false),
  /** Codes with which an operation is refused. */
  refuse: z.partialRecord(z.enum(operationNames), codesSchema).default({}),
  /** The outcome ends with the first edit, or with the first refused attempt to register. */
  onlyOnce: z.boolean().default(false),
  /** The outcome is that of the next registration or edit, and of nothing after it. */
  onlyNext: z.boolean().default(false),
});
export type Outcome = z.infer<typeof outcomeSchema>;

/** The magic values, as the page and the documentation show them. */
export const magicTable: readonly { value: string; ja: string; en: string }[] = [
  {
    value: '保留RE009',
    ja: '保留(複数可: 保留RE009RE021)',
    en: 'hold with these codes (several: 保留RE009RE021)',
  },
  { value: '審査NG001', ja: '審査NG(NG001・NG002・NG999)', en: 'rejected with this reason' },
  { value: '審査ER', ja: '与信結果 30', en: 'credit result 30' },
  { value: '審査中', ja: '審査中(50)のまま', en: 'stays under review (50)' },
  {
    value: 'エラーE0100059',
    ja: '登録・修正をこのコードで拒否',
    en: 'registration and edit refused with this code',
  },
  { value: '修正エラーE0100059', ja: '修正だけを拒否', en: 'only the edit is refused' },
  { value: '取消エラーE0100131', ja: 'キャンセルを拒否', en: 'cancel refused' },
  { value: '出荷エラーE0109002', ja: '出荷報告を拒否', en: 'shipment report refused' },
  { value: '再登録エラーE0131011', ja: '再登録を拒否', en: 're-registration refused' },
  { value: '失効', ja: '審査OKの少し後に失効', en: 'lapses some time after the approval' },
  { value: '入金', ja: '出荷報告の少し後に入金', en: 'paid some time after the report' },
  { value: '入金非開示', ja: '入金状況が 30', en: 'paid, answered as 30 (not disclosed)' },
  { value: '古い00', ja: '修正後の数回、前の 00 を返す', en: 'stale 00 for a few finds after an edit' },
  { value: '未印刷', ja: 'wiz: 印字データ未取得(E0100121)', en: 'wiz: print data not downloaded (E0100121)' },
];

/** Endings of `billed_amount` that are magic. Four digits, so that ordinary prices rarely meet one. */
export const amountTable: Readonly<Record<string, { outcome: Partial<Outcome>; ja: string; en: string }>> = {
  '9901': { outcome: { result: 'hold', hold: ['RE009'] }, ja: '保留 RE009', en: 'hold RE009' },
  '9902': { outcome: { result: 'hold', hold: ['RE021'] }, ja: '保留 RE021', en: 'hold RE021' },
  '9903': {
    outcome: { result: 'hold', hold: ['RE029'] },
    ja: '保留 RE029',
    en: 'hold RE029 (longer review)',
  },
  '9904': {
    outcome: { result: 'hold', hold: ['RE026'] },
    ja: '保留 RE026',
    en: 'hold RE026 (cannot be repaired)',
  },
  '9911': { outcome: { result: 'ng', ng: 'NG001' }, ja: '審査NG NG001', en: 'rejected NG001' },
  '9912': { outcome: { result: 'ng', ng: 'NG002' }, ja: '審査NG NG002', en: 'rejected NG002' },
  '9919': { outcome: { result: 'ng', ng: 'NG999' }, ja: '審査NG NG999', en: 'rejected NG999' },
  '9950': { outcome: { result: 'review' }, ja: '審査中のまま', en: 'stays under review' },
};

const operationWords: Readonly<Record<string, readonly ScriptedOperation[]>> = {
  '': ['register', 'edit'],
  修正: ['edit'],
  取消: ['cancel'],
  出荷: ['report'],
  再登録: ['reregister'],
};

const errorWord = /(修正|取消|出荷|再登録)?エラー((?:EPRO\d{4}|E\d{7})+)/g;

/** What the buyer's texts and the amount ask for. Full-width letters and digits count as half-width. */
export function readMagic(texts: readonly string[], billedAmount: number, settings: Settings): Outcome {
  const text = texts.join('\n').normalize('NFKC');
  const byAmount = settings.amountMagic ? amountTable[String(billedAmount).slice(-4)] : undefined;
  const outcome = outcomeSchema.parse(byAmount?.outcome ?? {});
  const hold = /保留((?:RE\d{3})+)/.exec(text)?.[1];
  const ng = /審査(NG\d{3})/.exec(text)?.[1];
  if (hold) Object.assign(outcome, { result: 'hold', hold: hold.match(/RE\d{3}/g) });
  if (ng) Object.assign(outcome, { result: 'ng', ng });
  if (text.includes('審査ER')) outcome.result = 'error';
  if (text.includes('審査中')) outcome.result = 'review';
  for (const found of text.matchAll(errorWord)) {
    const codes = (found[2] ?? '').match(/EPRO\d{4}|E\d{7}/g) ?? [];
    for (const operation of operationWords[found[1] ?? ''] ?? []) outcome.refuse[operation] = [...codes];
  }
  outcome.lapse = text.includes('失効');
  outcome.pay = text.includes('入金');
  outcome.undisclosed = text.includes('入金非開示');
  outcome.stale = text.includes('古い00');
  outcome.unprinted = text.includes('未印刷');
  return outcome;
}

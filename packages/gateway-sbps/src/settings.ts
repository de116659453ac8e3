import { aboutFields } from '@np-hub/kit';
import { z } from 'zod';
import { carrierCodes } from './carriers.js';
import { fieldTexts } from './texts.js';
import { baseUrls, link, noticeFields, noticeIds, toleranceSeconds } from './wire.js';

const about = aboutFields(fieldTexts);
const visible = (longest: number) => z.string().regex(new RegExp(`^[\\x21-\\x7e]{1,${longest}}$`, 'u'));
const functionId = z.string().regex(/^[A-Z0-9-]{1,30}$/u);
const elementName = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/u);

const noticesSchema = z.object({
  credit: functionId.default(noticeIds.credit),
  report: functionId.default(noticeIds.report),
  cancel: functionId.default(noticeIds.cancel),
  lapse: functionId.default(noticeIds.lapse),
  resultField: elementName.default(noticeFields.result),
  codeField: elementName.default(noticeFields.code),
});

/** The settings of one merchant and service at SBPS; secret fields carry `secret: true`. */
export const settingsSchema = z
  .object({
    baseUrl: z
      .url({ protocol: /^https?$/u })
      .default(baseUrls.production)
      .meta(about('baseUrl')),
    merchantId: z
      .string()
      .regex(/^[0-9]{5}$/u)
      .meta(about('merchantId')),
    serviceId: z
      .string()
      .regex(/^[0-9]{3}$/u)
      .meta(about('serviceId')),
    basicUser: visible(64).meta(about('basicUser')),
    basicPassword: visible(64).meta(about('basicPassword', true)),
    hashKey: visible(64).meta(about('hashKey', true)),
    cipherKey: z
      .string()
      .regex(/^([\x21-\x7e]{24})?$/u)
      .default('')
      .meta(about('cipherKey', true)),
    cipherVector: z
      .string()
      .regex(/^([\x21-\x7e]{8})?$/u)
      .default('')
      .meta(about('cipherVector', true)),
    toleranceSeconds: z.int().min(1).max(9_999).default(toleranceSeconds).meta(about('toleranceSeconds')),
    paidErrorCode: z
      .string()
      .regex(/^([0-9A-Z]{8})?$/u)
      .default('')
      .meta(about('paidErrorCode')),
    duplicateGuardConfirmed: z.boolean().default(false).meta(about('duplicateGuardConfirmed')),
    digitalWords: z
      .array(z.string().min(1).max(50))
      .max(50)
      .default(['ダウンロード版', '電子書籍', 'デジタルコンテンツ', 'ギフトコード'])
      .meta(about('digitalWords')),
    carrierCodes: z
      .partialRecord(
        z.enum(Object.keys(carrierCodes) as [keyof typeof carrierCodes]),
        z.string().regex(/^[0-9A-Za-z]{1,10}$/u),
      )
      .default({})
      .meta(about('carrierCodes')),
    linkUrl: z
      .string()
      .regex(/^(https?:\/\/[\x21-\x7e]{4,300})?$/u)
      .default('')
      .meta(about('linkUrl')),
    linkPayMethod: z
      .string()
      .regex(/^[0-9a-z_-]{0,32}$/u)
      .default(link.payMethod)
      .meta(about('linkPayMethod')),
    notices: noticesSchema.prefault({}).meta(about('notices')),
  })
  .refine(({ cipherKey, cipherVector }) => (cipherKey === '') === (cipherVector === ''), {
    path: ['cipherVector'],
    message:
      '3DES暗号化キーと初期化キーは、両方入力するか両方空欄にしてください。 / Give both 3DES keys or none.',
  });

export type SbpsSettings = z.infer<typeof settingsSchema>;

import type { LocalText } from '@np-hub/kit';
import { z } from 'zod';
import { baseUrls, linesPerCall, siteNameLimit, siteUrlLimit } from './wire.js';

interface FormTexts {
  readonly title: LocalText;
  readonly help: LocalText;
  readonly secret?: boolean;
}

/** zod's type knows `title` as one string only; ours is in both languages, so the type leaves it out. */
const about = (texts: FormTexts): Omit<FormTexts, 'title'> => texts;

const credential = z.string().regex(/^[\x21-\x7e]{1,64}$/);

/** The settings of one merchant at NP Connect Pro; secret fields carry `secret: true`. */
export const settingsSchema = z.object({
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .default(baseUrls.production)
    .meta(
      about({
        title: { ja: '接続先URL', en: 'Base address' },
        help: {
          ja: `本番は ${baseUrls.production}、テスト環境は ${baseUrls.test} です。`,
          en: `Production is ${baseUrls.production}, the test environment ${baseUrls.test}.`,
        },
      }),
    ),
  merchantCode: credential.meta(
    about({
      title: { ja: '加盟店コード', en: 'Merchant code' },
      help: { ja: 'NPから発行された加盟店コードです。', en: 'The merchant code that NP issued.' },
    }),
  ),
  spCode: credential.meta(
    about({
      title: { ja: 'SPコード', en: 'SP code' },
      help: {
        ja: 'NPから発行されたSPコードです。パスワードと同じように扱ってください。',
        en: 'The SP code that NP issued. Treat it like a password.',
      },
      secret: true,
    }),
  ),
  terminalId: z
    .string()
    .regex(/^[0-9A-Za-z]{1,20}$/)
    .meta(
      about({
        title: { ja: '端末ID', en: 'Terminal ID' },
        help: {
          ja: '連携システムごとにNPが割り当てるIDです。ショップごとのIDではありません。',
          en: 'NP assigns it to the integrating system, not to the shop.',
        },
      }),
    ),
  registerBatchSize: z
    .int()
    .min(1)
    .max(linesPerCall)
    .default(100)
    .meta(
      about({
        title: { ja: '1回に登録する件数', en: 'Registrations per call' },
        help: {
          ja: '取引登録を1回の通信にまとめる件数です。リアルタイム方式の契約では1にしてください。',
          en: 'How many registrations go into one call. Use 1 under a real-time contract.',
        },
      }),
    ),
  duplicateGuardConfirmed: z
    .boolean()
    .default(false)
    .meta(
      about({
        title: { ja: '二重登録防止が有効', en: 'Duplicate guard confirmed' },
        help: {
          ja: '同じ加盟店取引IDの再登録をNPが拒否することを、NPに確認済みの場合だけオンにしてください。',
          en: 'Switch on only after NP confirmed that it refuses a repeated merchant transaction ID.',
        },
      }),
    ),
  duplicateGuardCode: z
    .string()
    .regex(/^[0-9A-Za-z]{0,20}$/)
    .default('')
    .meta(
      about({
        title: { ja: '二重登録のエラーコード', en: 'Error code of the duplicate guard' },
        help: {
          ja: '「二重登録の可能性があります」のときにNPが返すコードです。不明な場合は空のままにしてください。',
          en: 'The code NP gives for a possible duplicate. Leave it empty where it is not known.',
        },
      }),
    ),
  siteName: z
    .string()
    .max(siteNameLimit)
    .optional()
    .meta(
      about({
        title: { ja: 'サイト名', en: 'Site name' },
        help: { ja: '取引登録に添えるサイト名です（任意）。', en: 'Sent with registrations (optional).' },
      }),
    ),
  siteUrl: z
    .string()
    .max(siteUrlLimit)
    .optional()
    .meta(
      about({
        title: { ja: 'サイトURL', en: 'Site address' },
        help: { ja: '取引登録に添えるサイトのURLです（任意）。', en: 'Sent with registrations (optional).' },
      }),
    ),
  requestsPerSecond: z
    .number()
    .positive()
    .max(100)
    .optional()
    .meta(
      about({
        title: { ja: '1秒あたりの通信回数', en: 'Requests per second' },
        help: {
          ja: 'NPから通信回数の制限を指示された場合に設定します（任意）。',
          en: 'Set it where NP asked for a limit (optional).',
        },
      }),
    ),
  patchOverride: z
    .boolean()
    .default(false)
    .meta(
      about({
        title: { ja: 'PATCHをPOSTで送る', en: 'Send PATCH as POST' },
        help: {
          ja: '経路上でPATCHが遮断される場合だけオンにしてください（X-HTTP-Method-Override を使います）。',
          en: 'Switch on only where PATCH is blocked on the way (uses X-HTTP-Method-Override).',
        },
      }),
    ),
});

export type NpSettings = z.infer<typeof settingsSchema>;

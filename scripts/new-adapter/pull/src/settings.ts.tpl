import { z } from 'zod';

/** The form's part of one field. zod types `title` as one string, ours has two languages: hence the narrow type. */
const about = (
  title: { ja: string; en: string },
  help: { ja: string; en: string },
  secret = false,
): { secret: boolean } => Object.assign({ secret }, { title, help });

/** What differs from shop to shop of this cart. */
export const settingsSchema = z.object({
  endpoint: z.url({ protocol: /^https?$/ }).meta(
    about(
      { ja: '接続先URL', en: 'Endpoint' },
      { ja: 'FILL_IN: どこで確認できるか', en: 'FILL_IN: where the shop finds it' },
    ),
  ),
  token: z
    .string()
    .min(1)
    .meta(
      about(
        { ja: 'アクセストークン', en: 'Access token' },
        { ja: 'FILL_IN: どこで発行するか', en: 'FILL_IN: where the shop gets it' },
        true,
      ),
    ),
  settlementType: z
    .enum(['02', '03'])
    .default('02')
    .meta(
      about(
        { ja: '請求書の送り方', en: 'Invoice' },
        { ja: '02: NP後払い(別送)、03: NP後払いwiz(同梱)', en: '02: sent by NP, 03: enclosed by the shop (wiz)' },
      ),
    ),
});
export type __PASCAL__Settings = z.output<typeof settingsSchema>;

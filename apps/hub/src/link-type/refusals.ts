import { describeProblem, type Facts } from '@np-hub/model';
import { ApiProblem } from '../http/problem.js';
import { problemsOf } from '../transactions/rows.js';

/** Why there is no form. Nothing has been registered, and the order stays as it was. */
export const formRefusals = {
  noLinkType: () =>
    new ApiProblem(409, 'no-link-type', {
      ja: 'このショップのNP接続にはリンク型の設定がありません。接続設定の「リンク型の接続先URL」を入力してください。',
      en: 'The NP connection of this shop has no link type. Enter its address in the settings of the connection.',
    }),
  noPublicUrl: () =>
    new ApiProblem(409, 'no-public-url', {
      ja: '結果通知を受け取るアドレスが決まっていません。NP_HUB_PUBLIC_URL を設定してください。',
      en: 'There is no address at which the result could be told. Set NP_HUB_PUBLIC_URL.',
    }),
  formOpen: () =>
    new ApiProblem(409, 'form-open', {
      ja: 'この注文番号では、別の内容の支払い手続きが進行中です。二重登録を防ぐため、新しい注文番号で送信してください。',
      en: 'A purchase with another content is open under this order number. Send it under a new one, so that nothing is registered twice.',
    }),
  known: () =>
    new ApiProblem(409, 'order-known', {
      ja: 'この注文番号の支払い手続きは、すでに完了または終了しています。二重登録を防ぐため、新しい注文番号で送信してください。',
      en: 'The purchase under this order number has been completed, or has ended. Use a new number, so that nothing is registered twice.',
    }),
  notPossible: ({ facts }: { readonly facts: Facts }) =>
    new ApiProblem(
      409,
      'not-possible',
      {
        ja: 'この注文は登録できません。内容と、ショップの与信タイミング（すぐに）を確認してください。',
        en: 'This order cannot be registered. Check its content, and that the shop asks for the credit check at once.',
      },
      problemsOf(facts).map((problem) => ({
        field: problem.field,
        message: {
          ja: describeProblem(problem, 'ja').message,
          en: describeProblem(problem, 'en').message,
        },
      })),
    ),
} as const;

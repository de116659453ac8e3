import type { CodeCard, LocalText } from '@np-hub/kit';

/** The hub's own codes: the link type tells these ends without one of SBPS's. */
export const linkCodes = {
  refused: 'LINK-REFUSED',
  ended: 'LINK-ENDED',
  /** The same word stands in apps/hub/src/link-type/form-results.ts. */
  noResult: 'LINK-NO-RESULT',
} as const;

const card = (code: string, title: LocalText, explanation: LocalText): CodeCard => ({
  code,
  title,
  explanation,
  actor: 'nobody',
  fields: [],
  fix: {
    ja: '請求は発生していません。購入者がもう一度手続きする場合は、新しい注文番号で支払い画面を作成してください。',
    en: 'Nothing is billed. If the buyer tries again, make the form under a new order number.',
  },
  example: null,
  buyerText: null,
  weight: 'assumed',
  source: 'np-hub, link type',
});

export const linkCodeCards: readonly CodeCard[] = [
  card(
    linkCodes.refused,
    { ja: 'リンク型の購入が承認されませんでした', en: 'The purchase by form was not approved' },
    {
      ja: 'SBPSの結果通知がNGで、エラーコードがありませんでした。',
      en: 'The notice of SBPS said NG, without a code.',
    },
  ),
  card(
    linkCodes.ended,
    { ja: 'リンク型の購入が取り消されました', en: 'The purchase by form was given up' },
    {
      ja: '購入者が支払い画面で手続きをやめたか、期限が切れました。',
      en: 'The buyer gave up on the page, or its time ran out.',
    },
  ),
  card(
    linkCodes.noResult,
    { ja: 'リンク型の結果が期限までに届きませんでした', en: 'No result of the form came in time' },
    {
      ja: '購入者が支払い画面を閉じたと考えられます。あとから購入完了の通知が届いた場合は、SBPSで自動的にキャンセルします。',
      en: 'The buyer has probably closed the page. If a completed purchase is told later, it is cancelled at SBPS by itself.',
    },
  ),
];

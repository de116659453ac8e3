import { z } from 'zod';

/** A text for the page on which the buyer chooses how to pay; `linked` are the words in it that lead to the terms. */
export interface CheckoutText {
  readonly text: string;
  readonly linked: string;
}

/** The terms that the linked words lead to (seed 000, confirmed). */
export const checkoutTermsUrl = 'https://np-atobarai.jp/terms/atobarai-buyer.html';

/**
 * The text that NP demands, word for word as SBPS's overview gives it (seed 000, confirmed; for a direct contract with NP
 * assumed). It is given in English alone, and the hub translates none. The overview quotes the words to be linked with
 * "NP Atobarai Service", which the text itself calls "NP Deferred Payment Service": the words of the text are linked.
 */
export const givenCheckoutText: CheckoutText = {
  text: [
    'The deferred payment service of Net Protections, Inc. is applied to an order with the deferred payment, and the account receivable is sold to Net Protections, Inc.',
    'Agree with the terms of use of the NP Deferred Payment Service and the privacy policy of Net Protections, Inc., and then select the deferred payment.',
  ].join('\n'),
  linked:
    'the terms of use of the NP Deferred Payment Service and the privacy policy of Net Protections, Inc.',
};

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

/** The text as HTML: every line a paragraph's line, and the linked words, once, as the link. */
export function checkoutHtml({ text, linked }: CheckoutText): string {
  const at = text.indexOf(linked);
  const lines = (part: string): string => escaped(part).replaceAll('\n', '<br>');
  const link = `<a href="${checkoutTermsUrl}" target="_blank" rel="noopener">${lines(linked)}</a>`;
  return `<p>${lines(text.slice(0, at))}${link}${lines(text.slice(at + linked.length))}</p>`;
}

/** BCP 47, as far as a shop needs it: `ja`, `zh-Hant`, `pt-BR`. */
export const checkoutLanguageSchema = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}$/u);

/** What an operator enters for a language: a text that NP has confirmed, with the day of it. */
export const enteredCheckoutTextSchema = z
  .object({
    text: z.string().trim().min(1).max(2_000),
    linked: z.string().trim().min(1).max(500),
    confirmedOn: z.iso.date(),
  })
  .refine(({ text, linked }) => text.includes(linked), {
    path: ['linked'],
    message: '本文に含まれる言葉を入力してください。 / These words have to stand in the text.',
  });
export type EnteredCheckoutText = z.infer<typeof enteredCheckoutTextSchema>;

/** What `GET /checkout-notice` answers. */
export const checkoutNoticeSchema = z.object({
  gateway: z.string(),
  language: z.string(),
  text: z.string(),
  linked: z.string(),
  html: z.string(),
  termsUrl: z.string(),
  /** `given`: as NP's own document has it. `entered`: by the shop's operator, who says that NP has confirmed it. */
  origin: z.enum(['given', 'entered']),
  confirmedOn: z.string().nullable(),
});
export type CheckoutNotice = z.infer<typeof checkoutNoticeSchema>;

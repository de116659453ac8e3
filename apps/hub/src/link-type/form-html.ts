import type { PaymentForm } from '@np-hub/kit';

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replaceAll(/[&<>"']/gu, (found) => escapes[found] ?? found);

/** The form as it can stand in a page of the cart. The browser sends it in the gateway's charset, whatever the page has. */
export const htmlOf = ({ url, charset, fields }: PaymentForm): string =>
  [
    `<form method="post" action="${escaped(url)}" accept-charset="${escaped(charset)}">`,
    ...fields.map(
      ({ name, value }) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`,
    ),
    '<button type="submit">NP後払いの手続きへ進む</button>',
    '</form>',
  ].join('\n');

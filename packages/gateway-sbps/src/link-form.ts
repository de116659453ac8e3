import { createHash } from 'node:crypto';
import { cp932Text, type FormOrder, type PaymentForm } from '@np-hub/kit';
import type { NpPayload } from '@np-hub/model';
import { bytesOf, encrypted } from './document.js';
import type { SbpsSettings } from './settings.js';
import { compactTime } from './time.js';
import { limits, link, linkCsvFields, linkFields, linkLineFields, mostLines } from './wire.js';

type Values = Readonly<Record<string, string>>;

/** Only what Shift_JIS carries goes into the form, so that the hash is over what arrives. */
const plain = (text: string): string => cp932Text(text).text.trim();
const cut = (text: string, characters: number): string => plain([...text].slice(0, characters).join(''));

/** SHA-1 over the texts in their order and the key, in UTF-8 (link type). */
export const linkHash = (texts: readonly string[], { hashKey }: Pick<SbpsSettings, 'hashKey'>): string =>
  createHash('sha1')
    .update([...texts, hashKey].join(''), link.hashCharset)
    .digest('hex');

/** The signed form of A01-1: every element, empty ones too, in the order of the hash. Null without a link type contract. */
export function linkFormOf(order: FormOrder, settings: SbpsSettings): PaymentForm | null {
  if (settings.linkUrl === '') return null;
  const values = valuesOf(order, settings);
  const goods = order.line.payload.goods.slice(0, mostLines).map(lineValues);
  const fields = [
    ...linkFields.map((name) => ({ name: String(name), value: values[name] ?? '' })),
    ...goods.flatMap((line) => linkLineFields.map((name) => ({ name, value: line[name] ?? '' }))),
    { name: 'request_date', value: compactTime(order.now) },
    { name: 'limit_second', value: String(settings.toleranceSeconds) },
  ];
  const hash = linkHash(
    fields.map(({ value }) => value),
    settings,
  );
  const sendWithinMs = settings.toleranceSeconds * 1_000;
  return {
    url: settings.linkUrl,
    charset: link.charset,
    fields: [...fields, { name: 'sps_hashcode', value: hash }],
    sendWithinMs,
    completeWithinMs: sendWithinMs + link.pagesMs,
  };
}

/** A single purchase: nothing of a course. observed (several programs): 0 for `pay_type`, `service_type` and `terminal_type`. */
function valuesOf({ line, ...order }: FormOrder, settings: SbpsSettings): Values {
  const { shopTransactionId, payload } = line;
  return {
    pay_method: settings.linkPayMethod,
    merchant_id: settings.merchantId,
    service_id: settings.serviceId,
    cust_code: shopTransactionId,
    order_id: shopTransactionId,
    item_id: cut(shopTransactionId, limits.itemId),
    item_name: cut(payload.goods[0]?.name ?? '', limits.itemName),
    amount: String(payload.billedYen),
    pay_type: '0',
    service_type: '0',
    terminal_type: '0',
    success_url: order.successUrl,
    cancel_url: order.cancelUrl,
    error_url: order.errorUrl,
    pagecon_url: order.noticeUrl,
    free_csv: csvOf(payload, settings),
  };
}

const lineValues = (line: NpPayload['goods'][number], index: number): Values => ({
  dtl_rowno: String(index + 1),
  dtl_item_id: String(index + 1),
  dtl_item_name: cut(line.name, limits.itemName),
  dtl_item_count: String(line.quantity),
  dtl_amount: String(line.unitPriceYen * line.quantity),
});

/** NP's own, in Base64. A value with a comma or a quotation mark stands in quotation marks (assumed, as in any CSV). */
function csvOf({ customer, destination, shopOrderDate }: NpPayload, settings: SbpsSettings): string {
  const receiver = destination ?? customer;
  const { buyer, destination: places, orderDate } = linkCsvFields;
  const pairs = [
    ...(Object.keys(buyer) as (keyof typeof buyer)[]).map((key) => [buyer[key], customer[key] ?? '']),
    ...(Object.keys(places) as (keyof typeof places)[]).map((key) => [places[key], receiver[key] ?? '']),
    [orderDate, shopOrderDate.replaceAll('-', '')],
  ];
  const bytes = bytesOf(pairs.map(([name, value]) => quoted(`${name}=${value}`)).join(','));
  return settings.cipherKey === '' ? bytes.toString('base64') : encrypted(bytes, settings);
}

const quoted = (text: string): string => (/[",]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

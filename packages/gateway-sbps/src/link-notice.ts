import type { FormResult, NotificationReading, NotificationReply } from '@np-hub/kit';
import { explain } from './codes.js';
import { linkCodes } from './link-codes.js';
import { bytesOf, isSameSecret } from './document.js';
import { linkHash } from './link-form.js';
import type { SbpsSettings } from './settings.js';
import { isoTime } from './time.js';
import { idPatterns, linkNoticeFields, linkReplies, linkResults } from './wire.js';

/** The names of lines of goods, each of which may stand there more than once. */
const ofLines: ReadonlySet<string> = new Set(linkNoticeFields.lines);

/** Whether these bytes can be the result of the link type: a form, where all other notices are XML. */
export const isLinkNotice = (body: Buffer): boolean =>
  /^[a-z0-9_]+=/u.test(body.toString('latin1', 0, 64)) && body.includes('sps_hashcode=');

/**
 * Reads the result of a form. Its fields come in any order, and the hash is over them in the order of the specification;
 * one that is missing counts as empty. What proves itself and tells nothing that is understood is refused.
 */
export function readLinkNotice(body: Buffer, settings: SbpsSettings): NotificationReading {
  const fields = fieldsOf(body);
  if (!fields) return rejected('malformed');
  const named = (name: string): string => fields.get(name)?.[0] ?? '';
  const texts = signedTexts(fields);
  const hash = linkHash(texts, settings);
  const [ours, proven] = [
    [
      isSameSecret(named('merchant_id'), settings.merchantId),
      isSameSecret(named('service_id'), settings.serviceId),
    ].every(Boolean),
    isSameSecret(named('sps_hashcode').toLowerCase(), hash),
  ];
  if (!ours) return rejected('foreign');
  if (!proven) return rejected('bad-signature');
  const purchase = purchaseOf(named);
  if (!purchase) return rejected('unknown-kind');
  const tracking = named('res_tracking_id');
  return {
    kind: 'notice',
    ids: [idPatterns.tracking.test(tracking) ? tracking : purchase.shopTransactionId],
    news: { about: 'purchase', purchase },
    // Keyed, so that it tells nothing; of another document than the hash that was sent.
    fingerprint: linkHash(['A01-1', ...texts], settings),
    reply: replyTo,
  };
}

function purchaseOf(named: (name: string) => string): FormResult | null {
  const word = named('res_result');
  const result = Object.hasOwn(linkResults, word) ? linkResults[word] : undefined;
  const [shopTransactionId, amount, tracking] = [
    named('order_id'),
    named('amount'),
    named('res_tracking_id'),
  ];
  if (!result || shopTransactionId === '' || !/^[0-9]{1,7}$/u.test(amount)) return null;
  const isDone = result === 'done';
  // Without its id nothing could ever be cancelled or reported: that is no success.
  if (isDone && !idPatterns.tracking.test(tracking)) return null;
  const code = named('res_err_code');
  const fixedAt = isoTime(named('res_date'));
  return {
    shopTransactionId,
    billedYen: Number(amount),
    result,
    // The link type tells no transaction id; the tracking id alone names the payment.
    npTransactionId: isDone ? `/${tracking}` : null,
    credit: isDone ? { result: 'approved', raw: word, fixedAt, reasons: [] } : null,
    reasons: result === 'done' ? [] : [explain(code === '' ? linkCodes[result] : code)],
  };
}

/** Every field by its name, decoded; null where it is no form, or where one stands twice that may not. */
function fieldsOf(body: Buffer): ReadonlyMap<string, readonly string[]> | null {
  const fields = new Map<string, string[]>();
  for (const pair of body.toString('latin1').split('&')) {
    const cut = pair.indexOf('=');
    const [name, value] = [decoded(pair.slice(0, Math.max(cut, 0))), decoded(pair.slice(cut + 1))];
    if (name === null || name === '' || value === null) return null;
    const known = fields.get(name);
    if (known && !ofLines.has(name)) return null;
    if (known) known.push(value);
    else fields.set(name, [value]);
  }
  return fields;
}

/** Percent-encoded Shift_JIS; null where it is none. */
function decoded(text: string): string | null {
  if (/%(?![0-9A-Fa-f]{2})/u.test(text)) return null;
  const bytes = text
    .replaceAll('+', ' ')
    .replaceAll(/%([0-9A-Fa-f]{2})/gu, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  try {
    return new TextDecoder('shift_jis', { fatal: true }).decode(Buffer.from(bytes, 'latin1'));
  } catch {
    return null;
  }
}

function signedTexts(fields: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const { before, lines, after } = linkNoticeFields;
  const text = (name: string, index = 0): string => (fields.get(name)?.[index] ?? '').trim();
  const rows = Math.max(0, ...lines.map((name) => fields.get(name)?.length ?? 0));
  return [
    ...before.map((name) => text(name)),
    ...Array.from({ length: rows }, (_, index) => lines.map((name) => text(name, index))).flat(),
    ...after.map((name) => text(name)),
  ];
}

const refusalText = '受付できません';

const replyTo = (verdict: 'taken' | 'refused'): NotificationReply => ({
  type: linkReplies.type,
  body: bytesOf(verdict === 'taken' ? linkReplies.taken : `${linkReplies.refused}${refusalText}`),
});

const rejected = (
  reason: Extract<NotificationReading, { kind: 'rejected' }>['reason'],
): NotificationReading => ({ kind: 'rejected', reason, reply: replyTo('refused') });

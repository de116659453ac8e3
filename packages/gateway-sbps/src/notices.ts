import type { News, NotificationReading, NotificationReply, NotificationRequest } from '@np-hub/kit';
import { provenBy } from './calls.js';
import { explain } from './codes.js';
import {
  bytesOf,
  decrypted,
  documentOf,
  hasOwnHash,
  hashOf,
  isSameSecret,
  readDocument,
  textOf,
  within,
  type ReadDocument,
} from './document.js';
import { isLinkNotice, readLinkNotice } from './link-notice.js';
import type { SbpsSettings } from './settings.js';
import { isoTime } from './time.js';
import { contentType, idPatterns, noticeResults, type NoticeKind } from './wire.js';

const kinds: readonly NoticeKind[] = ['credit', 'report', 'cancel', 'lapse'];

/**
 * Reads a notice: first whether it is for this merchant and service and carries their hash, each in constant time; then
 * what it tells. One that proves itself and tells nothing that is understood is refused, and never taken for good news.
 */
export function readNotice({ body }: NotificationRequest, settings: SbpsSettings): NotificationReading {
  if (isLinkNotice(body)) return readLinkNotice(body, settings);
  const notice = readDocument(body, 'sps-api-request');
  if (!notice) return rejected('malformed', '');
  const named = (field: string): string => textOf(notice.fields, field) ?? '';
  const ours = [
    isSameSecret(named('merchant_id'), settings.merchantId),
    isSameSecret(named('service_id'), settings.serviceId),
  ].every(Boolean);
  const proven = hasOwnHash(notice, settings);
  if (!ours) return rejected('foreign', notice.id);
  if (!proven) return rejected('bad-signature', notice.id);
  const ids = idsOf(named('sps_transaction_id'), named('tracking_id'));
  const kind = kinds.find((each) => settings.notices[each] === notice.id);
  const news = kind && newsOf(kind, notice, settings);
  if (ids.length === 0 || !news) return rejected('unknown-kind', notice.id);
  return {
    kind: 'notice',
    ids,
    news,
    fingerprint: fingerprintOf(notice, settings),
    reply: (verdict) => replyTo(notice.id, verdict),
  };
}

/** Everything but when it was sent (assumed: only that differs in a repetition). Keyed, so that it tells nothing. */
const fingerprintOf = ({ id, fields }: ReadDocument, settings: SbpsSettings): string =>
  hashOf([{ name: 'id', content: id }, ...fields.filter(({ name }) => name !== 'request_date')], settings);

const idsOf = (transactionId: string, trackingId: string): string[] => [
  ...(idPatterns.transaction.test(transactionId) ? [transactionId] : []),
  ...(idPatterns.tracking.test(trackingId) ? [trackingId] : []),
];

function newsOf(kind: NoticeKind, notice: ReadDocument, settings: SbpsSettings): News | null {
  if (kind === 'lapse') return { about: 'lapse' };
  const { resultField, codeField } = settings.notices;
  const word = methodText(notice, resultField, settings);
  const code = methodText(notice, codeField, settings);
  const result = Object.hasOwn(noticeResults, word) ? noticeResults[word] : undefined;
  const reasons = code === '' ? [] : [explain(code)];
  if (kind === 'credit') {
    const credit = result === 'done' ? 'approved' : result === 'refused' ? 'rejected' : 'unknown';
    const fixedAt = isoTime(textOf(notice.fields, 'rec_datetime'));
    return { about: 'credit', credit: { result: credit, raw: word, fixedAt, reasons } };
  }
  if (result === 'done') return { about: kind, result: { kind: 'done', value: null } };
  if (result !== 'refused') return null;
  return { about: kind, result: { kind: 'refused', reasons, proves: provenBy(kind, code, settings) } };
}

/** A text within `pay_method_info`, decrypted where the contract encrypts; empty where it is missing or unreadable. */
function methodText(notice: ReadDocument, name: string, settings: SbpsSettings): string {
  const text = textOf(within(notice.fields, 'pay_method_info'), name) ?? '';
  const isEncrypted = settings.cipherKey !== '' && textOf(notice.fields, 'encrypted_flg') === '1';
  return isEncrypted && text !== '' ? (decrypted(text, settings) ?? '') : text;
}

const refusalText = '受付できません';

/** confirmed (sbps.md): OK, or NG with a message in Base64. */
const replyTo = (id: string, verdict: 'taken' | 'refused'): NotificationReply => ({
  type: contentType,
  body: documentOf(
    'sps-api-response',
    id,
    verdict === 'taken'
      ? '<res_result>OK</res_result>'
      : `<res_result>NG</res_result><res_err_msg>${bytesOf(refusalText).toString('base64')}</res_err_msg>`,
  ),
});

const rejected = (
  reason: Extract<NotificationReading, { kind: 'rejected' }>['reason'],
  id: string,
): NotificationReading => ({ kind: 'rejected', reason, reply: replyTo(id, 'refused') });

import { createHmac, timingSafeEqual } from 'node:crypto';
import type { WebhookReading, WebhookRequest } from '@np-hub/kit';
import type { Clock } from '@np-hub/model';
import { maximumWebhookAgeMs, signatureHeader, timestampHeader, webhookEvents } from './data/protocol.js';
import type { MakeshopSettings } from './settings.js';
import { noticeSchema, signedText } from './wire.js';

/** 注文更新通知 as a hint to pull. The signature comes first, so that nothing unsigned is looked into. */
export function readWebhook(
  request: WebhookRequest,
  settings: MakeshopSettings,
  clock: Clock,
): WebhookReading {
  const { [timestampHeader]: timestamp = '', [signatureHeader]: signature = '' } = request.headers;
  const { shopId, webhookSecret } = settings;
  const body = request.body.toString('utf8');
  if (!webhookSecret || !isSigned(signature, signedText(timestamp, body), webhookSecret))
    return { kind: 'rejected', reason: 'bad-signature' };
  if (!/^\d{1,12}$/.test(timestamp)) return { kind: 'rejected', reason: 'malformed' };
  if (Math.abs(clock.now().getTime() - Number(timestamp) * 1000) > maximumWebhookAgeMs)
    return { kind: 'rejected', reason: 'stale' };
  const { data: notice } = noticeSchema.safeParse(parsed(body));
  if (notice?.shop_id !== shopId) return { kind: 'rejected', reason: 'malformed' };
  const hint = { orderNumbers: [], deleted: [], [webhookEvents[notice.event]]: notice.orders };
  return { kind: 'hint', ...hint, proof: signature };
}

function isSigned(signature: string, text: string, secret: string): boolean {
  const expected = Buffer.from(createHmac('sha256', secret).update(text).digest('hex'));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

import { createHmac, randomBytes } from 'node:crypto';

/** A secret for one endpoint: 256 random bits. */
export const newSecret = (): string => `whsec_${randomBytes(32).toString('base64url')}`;

/**
 * The header `x-np-hub-signature`: the time of sending in seconds, and HMAC-SHA256 over `<time>.<body>` in hex. The
 * time is under the signature, so that a call that was listened to cannot be sent again later.
 */
export function signatureOf(secret: string, at: Date, body: string): string {
  const time = Math.floor(at.getTime() / 1_000);
  const digest = createHmac('sha256', secret).update(`${time}.${body}`, 'utf8').digest('hex');
  return `t=${time},v1=${digest}`;
}

import type { Clock } from '@np-hub/model';
import { IoError } from './errors.js';
import type { HttpResponse } from './http-message.js';

/** The `Retry-After` header in milliseconds from now: seconds or an HTTP date; undefined where it is neither. */
export function retryAfterMs(headers: HttpResponse['headers'], clock: Clock): number | undefined {
  const value = headers['retry-after']?.trim();
  if (value === undefined || value === '') return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1_000;
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, at - clock.now().getTime());
}

/**
 * What a status means when the whole request failed; null for 2xx. `caller` names the call for people.
 * 401, 403 and 429 are turned away at the door and other 4xx are refused whole, so nothing was applied.
 * 408, 3xx and 5xx prove nothing: a proxy may answer them after the request went through.
 */
export function errorOfStatus(response: HttpResponse, caller: string, clock: Clock): IoError | null {
  const { status } = response;
  if (status >= 200 && status < 300) return null;
  const details = { httpStatus: status, retryAfterMs: retryAfterMs(response.headers, clock) };
  const message = `${caller}: HTTP ${status}`;
  if (status === 401 || status === 403)
    return new IoError('unauthorized', message, { ...details, applied: 'no' });
  if (status === 429) return new IoError('throttled', message, { ...details, applied: 'no' });
  if (status === 408 || status >= 500)
    return new IoError('unavailable', message, { ...details, applied: 'unknown' });
  if (status >= 400) return new IoError('rejected', message, { ...details, applied: 'no' });
  return new IoError('malformed', message, { ...details, applied: 'unknown' });
}

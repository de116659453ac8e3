const offsetMs = 9 * 60 * 60 * 1000;

/** Japan's wall clock as `YYYY-MM-DDTHH:mm:ss.SSS`, for a moment in milliseconds since 1970. */
function wallClock(atMs: number): string {
  return new Date(atMs + offsetMs).toISOString().slice(0, -1);
}

/** `YYYY-MM-DD` in Japan. */
export const japanDate = (atMs: number): string => wallClock(atMs).slice(0, 10);

/** `YYYY-MM-DD HH:mm:ss` in Japan. */
export const japanDateTime = (atMs: number): string => wallClock(atMs).slice(0, 19).replace('T', ' ');

/** `YYYYMMDDHHmmss` in Japan. */
export const japanCompact = (atMs: number): string => wallClock(atMs).slice(0, 19).replace(/\D/g, '');

/** `YYYY-MM-DDTHH:mm:ss.SSS+09:00`. */
export const japanIso = (atMs: number): string => `${wallClock(atMs)}+09:00`;

/** Reads `YYYYMMDDHHmmss` as Japan's time; null where it is no such moment. */
export function fromJapanCompact(text: string): number | null {
  const parts = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/.exec(text);
  if (!parts) return null;
  const [year, month, day, hour, minute, second] = parts.slice(1);
  const atMs = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}+09:00`);
  return Number.isNaN(atMs) || japanCompact(atMs) !== text ? null : atMs;
}

/** True for an existing day written as `YYYY-MM-DD`. */
export function isCalendarDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const atMs = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(atMs) && new Date(atMs).toISOString().startsWith(text);
}

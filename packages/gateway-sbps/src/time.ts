const japanMs = 9 * 3_600_000;

/** `YYYYMMDDHHMISS` in Japan. */
export const compactTime = (at: Date): string =>
  new Date(at.getTime() + japanMs).toISOString().slice(0, 19).replace(/\D/gu, '');

/** Reads `YYYYMMDDHHMISS` of Japan into ISO 8601 UTC; null where it is no such moment. */
export function isoTime(text: string | undefined): string | null {
  const parts = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/u.exec(text ?? '');
  if (!parts) return null;
  const [year, month, day, hour, minute, second] = parts.slice(1);
  const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}+09:00`);
  // Date rolls 30 February over into March: only a real moment stays itself.
  return Number.isNaN(at.getTime()) || compactTime(at) !== text ? null : at.toISOString();
}

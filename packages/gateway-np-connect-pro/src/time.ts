import { japaneseDay } from '@np-hub/model';

/** assumed: the format of NP's dates is not written down anywhere; these are the usual ones. */
const written =
  /^(\d{4})([-/]?)(\d{2})\2(\d{2})(?:[T ]?(\d{2}):?(\d{2})(?::?(\d{2})(?:\.(\d{1,9}))?)?)?\s?(Z|[+-]\d{2}:?\d{2})?$/;

const japan = '+09:00';

/**
 * Reads a date of NP into ISO 8601 UTC. Without an offset it is Japan time. A date without a time becomes
 * the start of that day in Japan: the earliest it can have been, so it can never prove that a result is
 * newer than something of the same day. Null where it cannot be read; never a guess, never "now".
 */
export function isoTime(text: string): string | null {
  const match = written.exec(text.trim());
  if (match === null) return null;
  const [, year, , month, day, hour, minute, second, fraction, offset] = match;
  if (hour === undefined && offset !== undefined) return null;
  const date = `${year}-${month}-${day}`;
  const time = `${hour ?? '00'}:${minute ?? '00'}:${second ?? '00'}.${(fraction ?? '').slice(0, 3).padEnd(3, '0')}`;
  // Date rolls 30 February over into March instead of refusing it; read as UTC, only a real day stays itself.
  const asWritten = new Date(`${date}T${time}Z`);
  if (Number.isNaN(asWritten.getTime()) || asWritten.toISOString() !== `${date}T${time}Z`) return null;
  const at = new Date(
    `${date}T${time}${offset === undefined ? japan : offset.replace(/^(...)(\d\d)$/, '$1:$2')}`,
  );
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}

/** The calendar day in Japan of a date of NP, `YYYY-MM-DD`; null where it cannot be read. */
export function isoDay(text: string): string | null {
  const at = isoTime(text);
  return at === null ? null : japaneseDay(new Date(at));
}

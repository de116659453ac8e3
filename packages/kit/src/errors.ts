/** Everything that can go wrong when talking to the outside. Nobody throws anything else for I/O. */
export type IoErrorKind = 'unauthorized' | 'throttled' | 'unavailable' | 'rejected' | 'malformed';

/**
 * The one error of I/O. `message` is safe to log and show: no secrets, no personal data.
 * `applied` is false only where nothing can have been done on the other side (the request never left, or
 * was turned away whole); otherwise the caller has to assume that it may have been.
 */
export class IoError extends Error {
  override readonly name = 'IoError';

  constructor(
    readonly kind: IoErrorKind,
    message: string,
    readonly details: {
      applied: 'no' | 'unknown';
      httpStatus?: number;
      retryAfterMs?: number;
      body?: unknown;
      cause?: unknown;
    },
  ) {
    // Part of it may be the other side's words: no database takes a NUL, and no log is to have lines of theirs.
    super(message.replaceAll(/\p{Cc}/gu, ' '), { cause: details.cause });
  }
}

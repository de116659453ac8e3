import { type GatewayIo, IoError, type LineResult, type Registered } from '@np-hub/kit';
import { failureFrom, type Failure } from '../backpressure/recovery.js';
import type { Operation } from '@np-hub/model';
import type { OpenConnection } from '../shops/connections.js';
import type { Lines } from './lines.js';

/** How a call ended as a whole: with a result for each line, or with nothing carried out. */
export type CallEnd =
  | {
      readonly kind: 'answered';
      readonly results: readonly LineResult<Registered | null>[];
      /** Not null: no line has an answer. */
      readonly error: Failure | null;
    }
  | { readonly kind: 'turned-away'; readonly error: IoError };

/** The call that a standstill of the process has kept from leaving. */
export const heldUp: CallEnd = {
  kind: 'turned-away',
  error: new IoError('unavailable', 'The call was held up in the hub and did not leave', { applied: 'no' }),
};

/** A batch that NP refused as a whole without naming a line: one of its lines is to blame. */
export const isRefusedWhole = (end: CallEnd): boolean =>
  end.kind === 'turned-away' && end.error.kind === 'rejected';

/** Not one line has an answer: the call has failed, whatever it was that came back. */
function failureOfResults(results: readonly LineResult<unknown>[]): Failure | null {
  const [first] = results;
  if (first?.kind !== 'lost' || results.some(({ kind }) => kind !== 'lost')) return null;
  return { kind: first.failure ?? 'malformed', message: first.cause };
}

/** The failure of a call as a whole; null where lines have answers. */
export const failureOfEnd = (end: CallEnd): Failure | null =>
  end.kind === 'answered' ? end.error : failureFrom(end.error);

/** One call. Whatever throws after bytes may have left counts as an answer that was lost, for every line. */
export async function callGateway(
  connection: OpenConnection,
  operation: Operation,
  lines: readonly Lines[Operation][],
): Promise<CallEnd> {
  const call = connection.gateway[operation] as
    | ((
        io: GatewayIo<unknown>,
        lines: readonly Lines[Operation][],
      ) => Promise<readonly LineResult<Registered | null>[]>)
    | undefined;
  try {
    const results = (await call?.(connection.io, lines)) ?? [];
    return { kind: 'answered', results, error: failureOfResults(results) };
  } catch (error) {
    if (error instanceof IoError && error.details.applied === 'no') return { kind: 'turned-away', error };
    const failure: Failure =
      error instanceof IoError
        ? failureFrom(error)
        : { kind: 'malformed', message: 'unexpected failure during the call' };
    const results = lines.map(() => ({ kind: 'lost' as const, cause: failure.message }));
    return { kind: 'answered', results, error: failure };
  }
}

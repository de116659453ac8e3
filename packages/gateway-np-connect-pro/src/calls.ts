import {
  errorOfStatus,
  type GatewayIo,
  type HttpResponse,
  IoError,
  type LineResult,
  type RefusalProof,
} from '@np-hub/kit';
import { type AnswerReader, lost, readAnswer, type ResultItem } from './answers.js';
import { duplicateGuardCard } from './codes/request.js';
import { explain } from './codes/index.js';
import type { NpSettings } from './settings.js';
import * as wire from './wire.js';

type CallName = keyof typeof wire.paths;

/** One of NP's calls: what a line becomes and what an entry of the answer means for it. */
export interface Call<Line, Value> {
  readonly name: CallName;
  /** A read changes nothing: it is repeated on failure, and a failure is thrown. */
  readonly kind: 'read' | 'write';
  readonly body: (line: Line, settings: NpSettings) => object;
  /** The ids by which NP may name the line in its answer. */
  readonly ids: (line: Line) => readonly string[];
  readonly idOfResult: (item: ResultItem) => string | null | undefined;
  readonly done: (item: ResultItem, line: Line) => LineResult<Value>;
}

const readRetries = 2;

/** Lines of one call at most. */
export const lineLimit = (name: CallName, settings: NpSettings): number =>
  name === 'register' ? settings.registerBatchSize : wire.linesPerCall;

/** The request itself; also the connection test's, which sends an empty list. */
export function post(
  io: GatewayIo<NpSettings>,
  name: CallName,
  transactions: readonly object[],
  safeRetries: number,
): Promise<HttpResponse> {
  const { settings } = io;
  const { method, path } = wire.paths[name];
  const overridden = method === 'PATCH' && settings.patchOverride;
  const credentials = Buffer.from(`${settings.merchantCode}:${settings.spCode}`).toString('base64');
  return io.http.send({
    method: overridden ? 'POST' : method,
    url: `${settings.baseUrl.replace(/\/+$/, '')}${path}`,
    headers: {
      authorization: `Basic ${credentials}`,
      [wire.terminalHeader]: settings.terminalId,
      ...(overridden ? { [wire.methodOverrideHeader]: 'PATCH' } : {}),
    },
    json: { transactions },
    timeoutMs: wire.timeoutMs,
    safeRetries,
  });
}

/**
 * Sends a batch and answers per line, in the order of the lines. Throws `IoError` where nothing can have
 * been applied (writes) or where there is no answer to read (reads).
 */
export async function runCall<Line, Value>(
  call: Call<Line, Value>,
  io: GatewayIo<NpSettings>,
  lines: readonly Line[],
): Promise<readonly LineResult<Value>[]> {
  if (lines.length === 0) return [];
  const idsOfLines = lines.map(call.ids);
  refuseBadBatch(call.name, io.settings, idsOfLines);
  const transactions = lines.map((line) => call.body(line, io.settings));
  try {
    const response = await post(io, call.name, transactions, call.kind === 'read' ? readRetries : 0);
    const failure = response.status === 400 ? null : errorOfStatus(response, `NP ${call.name}`, io.clock);
    if (failure !== null) throw failure;
    return read(response, call.name, {
      idsOfLines,
      idOfResult: call.idOfResult,
      done: (item, line) => call.done(item, lines[line] as Line),
      refused: (codes) => refusal(call.name, io.settings, codes),
    });
  } catch (error) {
    const applied = error instanceof IoError ? error.details.applied : 'no';
    if (!(error instanceof IoError) || applied === 'no' || call.kind === 'read') throw error;
    return lines.map(() => ({ ...lost(error.message), failure: error.kind }));
  }
}

/** Two lines with one id could not be told apart in the answer, so such a batch never leaves. */
function refuseBadBatch(
  name: CallName,
  settings: NpSettings,
  idsOfLines: readonly (readonly string[])[],
): void {
  const limit = lineLimit(name, settings);
  if (idsOfLines.length > limit) {
    throw new IoError(
      'rejected',
      `NP ${name}: ${idsOfLines.length} lines, at most ${limit} go into one call`,
      {
        applied: 'no',
      },
    );
  }
  const ids = idsOfLines.flat();
  if (new Set(ids).size !== ids.length || ids.includes('')) {
    throw new IoError('rejected', `NP ${name}: a line without an id, or two lines with the same id`, {
      applied: 'no',
    });
  }
}

function read<Value>(
  response: HttpResponse,
  name: CallName,
  reader: AnswerReader<Value>,
): readonly LineResult<Value>[] {
  const results = readAnswer(response, reader);
  if (results !== null) return results;
  throw new IoError('malformed', `NP ${name}: HTTP ${response.status} with a body that is not NP's`, {
    applied: 'unknown',
    httpStatus: response.status,
  });
}

/** A refused line. The duplicate guard's own code is kept raw beside the card that explains it. */
function refusal(name: CallName, settings: NpSettings, codes: readonly string[]): LineResult<never> {
  const guard = settings.duplicateGuardCode;
  const duplicate = (name === 'register' || name === 'reissue') && guard !== '' && codes.includes(guard);
  const reasons = [...(duplicate ? [duplicateGuardCard] : []), ...codes].map(explain);
  const table: readonly (readonly [string, RefusalProof])[] = wire.proofs[name];
  const proof = table.find(([code]) => codes.includes(code))?.[1] ?? null;
  return { kind: 'refused', reasons, proves: duplicate ? 'duplicate' : proof };
}

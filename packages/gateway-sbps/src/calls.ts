import {
  errorOfStatus,
  type GatewayIo,
  type HttpResponse,
  IoError,
  type LineResult,
  type RefusalProof,
} from '@np-hub/kit';
import { explain, partsOfCode } from './codes.js';
import { readDocument, textOf, writeRequest, type Field, type ReadDocument } from './document.js';
import type { SbpsSettings } from './settings.js';
import * as wire from './wire.js';

/** One of SBPS's functions: what a line becomes and what a good answer means for it. */
export interface Call<Line, Value> {
  readonly name: wire.FunctionName;
  readonly fields: (line: Line, settings: SbpsSettings, now: Date) => readonly Field[];
  readonly accepted: (answer: ReadDocument) => LineResult<Value>;
}

export const lost = (cause: string): { readonly kind: 'lost'; readonly cause: string } => ({
  kind: 'lost',
  cause,
});

/** The request itself. */
export function post(
  { settings, http }: GatewayIo<SbpsSettings>,
  name: wire.FunctionName,
  fields: readonly Field[],
): Promise<HttpResponse> {
  const credentials = Buffer.from(`${settings.basicUser}:${settings.basicPassword}`).toString('base64');
  return http.send({
    method: 'POST',
    url: settings.baseUrl,
    headers: { authorization: `Basic ${credentials}` },
    body: { type: wire.contentType, bytes: writeRequest(wire.functions[name], fields, settings) },
    timeoutMs: wire.timeoutMs,
    safeRetries: 0,
  });
}

/** Sends one line: SBPS takes one a request. Throws `IoError` where nothing can have been applied. */
export async function runCall<Line, Value>(
  call: Call<Line, Value>,
  io: GatewayIo<SbpsSettings>,
  lines: readonly Line[],
): Promise<readonly LineResult<Value>[]> {
  const [line, ...others] = lines;
  if (line === undefined) return [];
  if (others.length > 0) {
    throw new IoError('rejected', `SBPS ${call.name}: ${lines.length} lines, one goes into a request`, {
      applied: 'no',
    });
  }
  try {
    const response = await post(io, call.name, call.fields(line, io.settings, io.clock.now()));
    const failure = response.status === 400 ? null : errorOfStatus(response, `SBPS ${call.name}`, io.clock);
    if (failure !== null) throw failure;
    return [answerOf(call, io.settings, response)];
  } catch (error) {
    if (!(error instanceof IoError) || error.details.applied === 'no') throw error;
    return [{ ...lost(error.message), failure: error.kind }];
  }
}

/** The answer of one function; null where the body is none of SBPS's, or one of another function. */
export function readResponse(response: HttpResponse, name: wire.FunctionName): ReadDocument | null {
  const answer = readDocument(response.bytes, 'sps-api-response');
  return answer?.id === wire.functions[name] ? answer : null;
}

function answerOf<Line, Value>(
  call: Call<Line, Value>,
  settings: SbpsSettings,
  response: HttpResponse,
): LineResult<Value> {
  const answer = readResponse(response, call.name);
  if (!answer) return lost(`HTTP ${response.status} with a body that is not SBPS's answer`);
  const result = textOf(answer.fields, 'res_result');
  if (result === 'OK') return call.accepted(answer);
  const code = textOf(answer.fields, 'res_err_code') ?? '';
  const parts = partsOfCode(code);
  if (result !== 'NG' || !parts) return lost('the answer says neither OK nor NG with a code');
  if (wire.uncertainTypes.has(parts.type)) return lost(`SBPS failed on the way: ${code}`);
  return { kind: 'refused', reasons: [explain(code)], proves: provenBy(call.name, code, settings) };
}

/** What a refusal proves. Only the code that the shop has been given means that the buyer has paid. */
export function provenBy(
  name: wire.FunctionName,
  code: string,
  { paidErrorCode }: Pick<SbpsSettings, 'paidErrorCode'>,
): RefusalProof | null {
  const type = partsOfCode(code)?.type ?? '';
  if (name === 'register') return type === wire.duplicateType ? 'duplicate' : null;
  if (name === 'cancel' && paidErrorCode !== '' && code === paidErrorCode) return 'already-paid';
  return wire.notFoundTypes.has(type) ? 'not-found' : null;
}

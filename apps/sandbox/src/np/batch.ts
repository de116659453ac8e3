import type { Call, LineAnswer } from './call.js';
import { cancel, edit, findCredit, findPayment, register, reregister } from './operations.js';
import { report } from './report.js';
import { batchLimit, fieldsOf, sandboxCodes, type WireError, type WireResult } from './wire.js';

/** The operations of section 0, by the names that faults use. */
const npOperations = ['register', 'edit', 'cancel', 'report', 'reregister', 'find', 'payments'] as const;
export type NpOperation = (typeof npOperations)[number];

type Line = Record<string, unknown>;

/** Operations on a known transaction, with the field that names it. */
const byNpId: Readonly<
  Record<
    Exclude<NpOperation, 'register'>,
    { field: string; run: (call: Call, id: string, line: Line) => LineAnswer }
  >
> = {
  edit: { field: 'np_transaction_id', run: edit },
  cancel: { field: 'np_transaction_id', run: cancel },
  report: { field: 'np_transaction_id', run: report },
  reregister: { field: 'base_np_transaction_id', run: reregister },
  find: { field: 'np_transaction_id', run: findCredit },
  payments: { field: 'np_transaction_id', run: findPayment },
};

/** Operations that a real-time merchant does one by one (the source of the 1,000-line limit is itself real-time). */
const singleInRealTime: ReadonlySet<NpOperation> = new Set(['register', 'edit', 'reregister']);

/** Codes that refuse a whole call, or its lines. */
function readLines(call: Call, operation: NpOperation, body: unknown): { lines: Line[] } | { code: string } {
  const transactions: unknown = fieldsOf(body).transactions;
  if (transactions === undefined) return { code: 'EPRO0101' };
  if (!Array.isArray(transactions)) return { code: sandboxCodes.unreadable };
  if (transactions.length === 0) return { code: 'EPRO0101' };
  if (transactions.length > batchLimit) return { code: 'EPRO0102' };
  const isSingle = call.merchant.mode === 'real-time' && singleInRealTime.has(operation);
  if (isSingle && transactions.length > 1) return { code: sandboxCodes.realTimeBatch };
  return { lines: transactions.map(fieldsOf) };
}

const npIdOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';

function npIdCode(id: string, timesInCall: number): string | null {
  if (id === '') return 'EPRO0105';
  if (!/^[A-Za-z0-9]+$/.test(id)) return 'E0100002';
  if (id.length !== 11) return 'E0100003';
  return timesInCall > 1 ? 'EPRO0106' : null;
}

function runLines(call: Call, operation: NpOperation, lines: readonly Line[]): LineAnswer[] {
  if (operation === 'register') return lines.map((line) => register(call, line));
  const { field, run } = byNpId[operation];
  const times = new Map<string, number>();
  for (const line of lines) times.set(npIdOf(line[field]), (times.get(npIdOf(line[field])) ?? 0) + 1);
  return lines.map((line) => {
    const id = npIdOf(line[field]);
    const code = npIdCode(id, times.get(id) ?? 0);
    return code ? { error: { id, codes: [code] } } : run(call, id, line);
  });
}

/** The body of an answer: one or both lists, never an empty one. */
interface WireAnswer {
  results?: WireResult[];
  errors?: WireError[];
}

/**
 * Does one call. All lines good: 200 (or the configured status of register) and `results`; all bad: 400 and `errors`;
 * some of each: both lists, with the configured status. `onlyFirst` leaves the later lines undone and unanswered.
 */
export function runBatch(
  call: Call,
  operation: NpOperation,
  body: unknown,
  onlyFirst: (lineCount: number) => number,
): { status: number; answer: WireAnswer } {
  const read = readLines(call, operation, body);
  if ('code' in read) return { status: 400, answer: { errors: [{ id: '', codes: [read.code] }] } };
  const answers = runLines(call, operation, read.lines.slice(0, onlyFirst(read.lines.length)));
  const results = answers.flatMap((line) => ('result' in line ? [line.result] : []));
  const errors = answers.flatMap((line) => ('error' in line ? [line.error] : []));
  const answer: WireAnswer = {
    ...(results.length > 0 ? { results } : {}),
    ...(errors.length > 0 ? { errors } : {}),
  };
  return { status: statusOf(call, operation, results.length, errors.length), answer };
}

function statusOf(call: Call, operation: NpOperation, results: number, errors: number): number {
  if (errors > 0) return results > 0 ? call.settings.mixedStatus : 400;
  return operation === 'register' ? call.settings.registerStatus : 200;
}

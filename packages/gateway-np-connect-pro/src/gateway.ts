import {
  type AmendLine,
  type CancelLine,
  type ConnectionCheck,
  type CreditAnswer,
  defineGateway,
  errorOfStatus,
  type GatewayIo,
  type LineResult,
  type PaymentAnswer,
  type Registered,
  type RegisterLine,
  type ReissueLine,
  type ReportLine,
} from '@np-hub/kit';
import { npTerms } from '@np-hub/model';
import { isAnswerOfNp, lost, type ResultItem } from './answers.js';
import { type Call, lineLimit, post, runCall } from './calls.js';
import { npCodeCards } from './codes/index.js';
import { consoleFile } from './console-file.js';
import { depositFile } from './deposit-file.js';
import { readFoundCredit, readCreditIfGiven, readPayment } from './credit.js';
import { amendBody, cancelBody, registerBody, reissueBody, reportBody } from './requests.js';
import { type NpSettings, settingsSchema } from './settings.js';
import * as wire from './wire.js';

const byNpId = {
  ids: (line: { readonly npTransactionId: string }) => [line.npTransactionId],
  idOfResult: (item: ResultItem) => item.np_transaction_id,
};
const byShopId = { idOfResult: (item: ResultItem) => item.shop_transaction_id };
const nothing = (): LineResult<null> => ({ kind: 'done', value: null });

/** The id that a registration earned. Anything but 11 digits is no id, and so no success. */
function registered(item: ResultItem): LineResult<Registered> {
  const npTransactionId = item.np_transaction_id ?? '';
  if (!wire.npTransactionIdPattern.test(npTransactionId))
    return lost('the answer has no valid NP transaction id');
  return { kind: 'done', value: { npTransactionId, credit: readCreditIfGiven(item) } };
}

const register: Call<RegisterLine, Registered> = {
  ...byShopId,
  name: 'register',
  kind: 'write',
  body: registerBody,
  ids: (line) => [line.shopTransactionId],
  done: registered,
};
const amend: Call<AmendLine, Registered> = {
  ...byNpId,
  name: 'amend',
  kind: 'write',
  body: amendBody,
  done: registered,
};
const cancel: Call<CancelLine, null> = {
  ...byNpId,
  name: 'cancel',
  kind: 'write',
  body: cancelBody,
  done: nothing,
};
const report: Call<ReportLine, null> = {
  ...byNpId,
  name: 'report',
  kind: 'write',
  body: reportBody,
  done: nothing,
};
const reissue: Call<ReissueLine, Registered> = {
  ...byShopId,
  name: 'reissue',
  kind: 'write',
  body: reissueBody,
  ids: (line) => [line.shopTransactionId, line.baseNpTransactionId],
  done: (item, line) => {
    const base = item.base_np_transaction_id ?? line.baseNpTransactionId;
    return base === line.baseNpTransactionId
      ? registered(item)
      : lost('the answer names another base transaction');
  },
};
const findCredit: Call<CancelLine, CreditAnswer> = {
  ...byNpId,
  name: 'findCredit',
  kind: 'read',
  body: cancelBody,
  done: (item) => ({ kind: 'done', value: readFoundCredit(item) }),
};
const findPayment: Call<CancelLine, PaymentAnswer> = {
  ...byNpId,
  name: 'findPayment',
  kind: 'read',
  body: cancelBody,
  done: (item) => ({ kind: 'done', value: readPayment(item) }),
};

/** One NP id for two orders can be true for neither. */
function withoutSharedIds(results: readonly LineResult<Registered>[]): readonly LineResult<Registered>[] {
  const lines = new Map<string, number>();
  const idOf = (result: LineResult<Registered>) =>
    result.kind === 'done' ? result.value.npTransactionId : null;
  for (const id of results.map(idOf)) if (id !== null) lines.set(id, (lines.get(id) ?? 0) + 1);
  return results.map((result) =>
    (lines.get(idOf(result) ?? '') ?? 0) > 1
      ? lost('the answer gives one NP transaction id to several lines')
      : result,
  );
}

/**
 * Asks for the credit results of an empty list: NP answers 400 with an error where the credentials are
 * right, and 401 or 403 where they are not (observed, S2 S3). Refused credentials are an answer and not an
 * error; throws `IoError` where there is no answer of NP.
 */
async function checkConnection(io: GatewayIo<NpSettings>): Promise<ConnectionCheck> {
  const response = await post(io, 'findCredit', [], 1);
  if (response.status === 400 && isAnswerOfNp(response.json)) {
    return { kind: 'ok', message: { ja: 'NPに接続できました。', en: 'Connected to NP.' } };
  }
  const failure = errorOfStatus(response, 'NP connection check', io.clock);
  if (failure?.kind === 'throttled' || failure?.kind === 'unavailable') throw failure;
  if (failure?.kind === 'unauthorized') {
    return {
      kind: 'failed',
      error: failure.message,
      message: {
        ja: '加盟店コード・SPコード・端末IDのいずれかをNPが受け付けませんでした。',
        en: 'NP did not accept the merchant code, the SP code or the terminal ID.',
      },
      // NP's answer does not tell which of them is wrong (np-connect-pro.md, S2 S3).
      fields: ['merchantCode', 'spCode', 'terminalId'],
    };
  }
  return {
    kind: 'failed',
    error: failure?.message ?? `NP connection check: HTTP ${response.status}`,
    message: {
      ja: 'NPのものではない応答がありました。接続先URLを確認してください。',
      en: 'The answer is not one of NP. Check the base address.',
    },
  };
}

/** observed (S2 S3): in real time one transaction a call; that it holds for these three alone is assumed. */
const oneByOne: ReadonlySet<string> = new Set(['register', 'amend', 'reissue']);

/** NP Connect Pro: several transactions a call and results by `findCredit`, or in real time one with its result. */
export const npConnectPro = defineGateway<NpSettings>({
  id: 'np-connect-pro',
  label: { ja: 'NP後払い（NP Connect Pro）', en: 'NP Atobarai (NP Connect Pro)' },
  settings: settingsSchema,
  merchantOf: (settings) => `${new URL(settings.baseUrl).host}/${settings.merchantCode}`,
  baseUrlOf: (settings) => settings.baseUrl,
  duplicateGuardConfirmed: (settings) => settings.duplicateGuardConfirmed,
  requestsPerSecondOf: (settings) => settings.requestsPerSecond ?? null,
  termsOf: ({ mode }) => ({ ...npTerms, realTime: mode === 'real-time' }),
  batchLimit: (settings, operation) =>
    settings.mode === 'real-time' && oneByOne.has(operation)
      ? 1
      : lineLimit(operation === 'register' ? 'register' : 'findCredit', settings),
  callDeadlineMs: wire.timeoutMs,
  codes: npCodeCards,
  register: async (io, lines) => withoutSharedIds(await runCall(register, io, lines)),
  amend: (io, lines) => runCall(amend, io, lines),
  cancel: (io, lines) => runCall(cancel, io, lines),
  report: (io, lines) => runCall(report, io, lines),
  reissue: async (io, lines) => withoutSharedIds(await runCall(reissue, io, lines)),
  findCredit: (io, lines) => runCall(findCredit, io, lines),
  findPayment: (io, lines) => runCall(findPayment, io, lines),
  checkConnection,
  consoleFile,
  depositFile,
});

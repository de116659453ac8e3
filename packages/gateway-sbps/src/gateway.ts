import {
  type CancelLine,
  type ConnectionCheck,
  defineGateway,
  errorOfStatus,
  type GatewayIo,
  type LineResult,
  type Registered,
  type RegisterLine,
  type ReportLine,
} from '@np-hub/kit';
import { lost, post, readResponse, runCall, type Call } from './calls.js';
import { partsOfCode, sbpsCodeCards } from './codes.js';
import { textOf, type ReadDocument } from './document.js';
import { linkFormOf } from './link-form.js';
import { readNotice } from './notices.js';
import { cancelFieldsOf, purchaseFieldsOf, settlementFieldsOf } from './requests.js';
import { settingsSchema, type SbpsSettings } from './settings.js';
import { termsOf } from './terms.js';
import { idPatterns, notFoundTypes, timeoutMs } from './wire.js';

/** A purchase that was taken: both ids, or it is no success. The credit result comes by a notice. */
function registered({ fields }: ReadDocument): LineResult<Registered> {
  const transactionId = textOf(fields, 'res_sps_transaction_id') ?? '';
  const trackingId = textOf(fields, 'res_tracking_id') ?? '';
  const named = idPatterns.transaction.test(transactionId) && idPatterns.tracking.test(trackingId);
  return named
    ? { kind: 'done', value: { npTransactionId: `${transactionId}/${trackingId}`, credit: null } }
    : lost('the answer has no valid SBPS transaction id and tracking id');
}

/** Accepted; whether it was carried out comes by a notice. */
const pending = (): LineResult<null> => ({ kind: 'pending' });

const register: Call<RegisterLine, Registered> = {
  name: 'register',
  fields: purchaseFieldsOf,
  accepted: registered,
};
const report: Call<ReportLine, null> = { name: 'report', fields: settlementFieldsOf, accepted: pending };
const cancel: Call<CancelLine, null> = { name: 'cancel', fields: cancelFieldsOf, accepted: pending };

/** Of no payment: only letters of the alphabet's end and noughts. */
const nobody = { npTransactionId: 'ZZZZ0000000000000000/00000000000000' };

/**
 * Cancels a payment that cannot exist: the refusal "no such payment" proves address, credentials, ids and hash. Any
 * other answer proves nothing (assumed: no function of 710 only asks). Throws `IoError` where there is no answer.
 */
async function checkConnection(io: GatewayIo<SbpsSettings>): Promise<ConnectionCheck> {
  const response = await post(io, 'cancel', cancelFieldsOf(nobody, io.settings, io.clock.now()));
  const failure = errorOfStatus(response, 'SBPS connection check', io.clock);
  if (failure?.kind === 'throttled' || failure?.kind === 'unavailable') throw failure;
  if (failure?.kind === 'unauthorized') {
    return failed(failure.message, {
      ja: 'Basic認証のIDまたはパスワードをSBPSが受け付けませんでした。',
      en: 'SBPS did not accept the ID or the password of the Basic authentication.',
    });
  }
  const answer = readResponse(response, 'cancel');
  const code = answer && (textOf(answer.fields, 'res_err_code') ?? '');
  if (code === null) {
    return failed(failure?.message ?? `SBPS connection check: HTTP ${response.status}`, {
      ja: 'SBPSのものではない応答がありました。接続先URLを確認してください。',
      en: 'The answer is not one of SBPS. Check the address.',
    });
  }
  if (notFoundTypes.has(partsOfCode(code)?.type ?? '')) {
    return { kind: 'ok', message: { ja: 'SBPSに接続できました。', en: 'Connected to SBPS.' } };
  }
  return failed(`SBPS connection check: ${code === '' ? 'no code' : code}`, {
    ja: `SBPSが設定の内容を受け付けませんでした（コード ${code || 'なし'}）。マーチャントID・サービスID・ハッシュキーを確認してください。`,
    en: `SBPS did not accept the settings (code ${code || 'none'}). Check merchant ID, service ID and hash key.`,
  });
}

const failed = (error: string, message: { ja: string; en: string }): ConnectionCheck => ({
  kind: 'failed',
  error,
  message,
});

/**
 * NP後払い through SB Payment Service, method 710: API type, and the form of the link type. It edits nothing, registers nothing upon a reported purchase
 * and answers no question: what it has decided it tells by notices.
 */
export const sbps = defineGateway<SbpsSettings>({
  id: 'sbps',
  label: { ja: 'NP後払い（SBペイメントサービス）', en: 'NP Atobarai (SB Payment Service)' },
  settings: settingsSchema,
  merchantOf: (settings) => `${new URL(settings.baseUrl).host}/${settings.merchantId}-${settings.serviceId}`,
  baseUrlOf: (settings) => settings.baseUrl,
  duplicateGuardConfirmed: (settings) => settings.duplicateGuardConfirmed,
  termsOf,
  batchLimit: () => 1,
  callDeadlineMs: timeoutMs,
  codes: sbpsCodeCards,
  register: (io, lines) => runCall(register, io, lines),
  cancel: (io, lines) => runCall(cancel, io, lines),
  report: (io, lines) => runCall(report, io, lines),
  checkConnection,
  readNotification: readNotice,
  paymentForm: linkFormOf,
});

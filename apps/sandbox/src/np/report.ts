import { isCalendarDate, japanDate } from '../japan-time.js';
import { type Call, isAnswer, isDead, type LineAnswer, lookUp, refused, scriptedRefusal } from './call.js';
import type { NpTransaction } from './ledger.js';
import { paidAtMsOf, reviewOf } from './review.js';
import { billIssueDaysLimit, carrierMaster, contractedCarrier, textOf } from './wire.js';

/** Codes of a report's carrier and slip number (section 4f). */
function parcelCodes(call: Call, carrierCode: string, slipNumber: string): string[] {
  const codes: string[] = [];
  const isContracted = carrierCode === contractedCarrier && call.merchant.shippingOption;
  if (carrierCode === '') codes.push('E0100105');
  else if (!/^\d+$/.test(carrierCode)) codes.push('E0100106');
  else if (carrierCode.length !== 5) codes.push('E0100107');
  else if (!carrierMaster.has(carrierCode) && !isContracted) codes.push('E0100108');
  if (slipNumber === '') codes.push('E0100109');
  else if (!/^[A-Za-z0-9-]{1,20}$/.test(slipNumber)) codes.push('E0100110');
  return codes;
}

const dayMs = 24 * 60 * 60 * 1000;

/**
 * Codes of the invoice issue date. E0100124 is read as "before the day the print data was downloaded";
 * its direction is doubtful in the only source.
 */
function billDateCodes(call: Call, transaction: NpTransaction, billIssuedOn: string): string[] {
  const isWiz = transaction.payload.settlement_type === '03';
  if (!isWiz) return billIssuedOn === '' ? [] : ['E0100143'];
  if (billIssuedOn === '') return ['E0100111'];
  if (!isCalendarDate(billIssuedOn)) return ['EPRO0109'];
  if (transaction.printedAtMs === null) return ['E0100121'];
  const today = japanDate(call.nowMs);
  const days = Math.abs(Date.parse(today) - Date.parse(billIssuedOn)) / dayMs;
  if (days > billIssueDaysLimit) return ['E0100126'];
  return billIssuedOn < japanDate(transaction.printedAtMs) ? ['E0100124'] : [];
}

/** Reports one shipment. Fields are checked before the state (assumed order). */
export function report(call: Call, npTransactionId: string, line: Record<string, unknown>): LineAnswer {
  const transaction = lookUp(call, npTransactionId);
  if (isAnswer(transaction)) return transaction;
  const carrierCode = textOf(line.pd_company_code);
  const slipNumber = textOf(line.slip_no);
  const billIssuedOn = textOf(line.bill_issued_date);
  const codes = [
    ...parcelCodes(call, carrierCode, slipNumber),
    ...billDateCodes(call, transaction, billIssuedOn),
  ];
  if (codes.length > 0) return refused(npTransactionId, codes);
  if (isDead(call, transaction)) return refused(npTransactionId, ['E0100114']);
  if (paidAtMsOf(transaction, call.nowMs) !== null) return refused(npTransactionId, ['E0100118']);
  if (transaction.report) return refused(npTransactionId, ['E0100115']);
  if (reviewOf(transaction, call.nowMs).result !== '00') return refused(npTransactionId, ['E0100120']);
  const refusal = scriptedRefusal(transaction, 'report');
  if (refusal.length > 0) return refused(npTransactionId, refusal);
  call.ledger.change(transaction, {
    report: { atMs: call.nowMs, carrierCode, slipNumber, billIssuedOn: billIssuedOn || null },
    payDueMs: transaction.outcome.pay ? call.nowMs + call.settings.payDelayMs : null,
  });
  return { result: { np_transaction_id: npTransactionId } };
}

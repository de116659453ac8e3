import type { SbpsService } from '../config.js';
import { fromJapanCompact, japanCompact } from '../japan-time.js';
import type { World } from '../world.js';
import type { Purchase, SbpsNotice } from './ledger.js';
import { readSbpsMagic } from './magic.js';
import {
  answerDocument,
  carrierMaster,
  codes,
  functions,
  hashOf,
  type SbpsFunction,
  type SbpsRequest,
} from './wire.js';

const serviceKey = ({ merchantId, serviceId }: SbpsService): string => `${merchantId}-${serviceId}`;

/** What a request comes to: the accepted purchase, or the code that refuses it. */
type Done = { readonly purchase: Purchase } | { readonly code: string };

export const functionOf = (id: string): SbpsFunction | null =>
  (Object.keys(functions) as SbpsFunction[]).find((name) => functions[name] === id) ?? null;

/** Carries one request out and writes the answer. */
export function runRequest(world: World, service: SbpsService, request: SbpsRequest): Buffer {
  const name = functionOf(request.id);
  const code = name === null ? codes.unknownFunction : envelopeCode(world, service, request);
  const done =
    code || name === null
      ? { code: code ?? codes.unknownFunction }
      : operations[name](world, service, request);
  const date = japanCompact(world.nowMs());
  if ('code' in done) {
    return answerDocument(request.id, [
      ['res_result', 'NG'],
      ['res_sps_transaction_id', ''],
      ['res_process_date', date],
      ['res_err_code', done.code],
      ['res_date', date],
    ]);
  }
  const { purchase } = done;
  return answerDocument(request.id, [
    ['res_result', 'OK'],
    // Each processing has an id of its own; the tracking id stays the payment's.
    [
      'res_sps_transaction_id',
      name === 'purchase' ? purchase.transactionId : transactionIdOf(service, request.id, purchase),
    ],
    ['res_tracking_id', purchase.trackingId],
    ['res_process_date', date],
    ['res_err_code', ''],
    ['res_date', date],
  ]);
}

/** Merchant, hash and age, in this order. */
function envelopeCode(
  world: World,
  service: SbpsService,
  { values, texts, hash }: SbpsRequest,
): string | null {
  if (values['merchant_id'] !== service.merchantId || values['service_id'] !== service.serviceId)
    return codes.unknownService;
  if (hashOf(texts, service.hashKey) !== hash.toLowerCase()) return codes.wrongHash;
  const sentMs = fromJapanCompact(values['request_date'] ?? '');
  if (sentMs === null) return codes.format('023');
  const toleranceMs = Number(values['limit_second'] || 600) * 1_000;
  return Math.abs(world.nowMs() - sentMs) > toleranceMs + 1_000 ? codes.expired : null;
}

const operations: Readonly<
  Record<SbpsFunction, (world: World, service: SbpsService, request: SbpsRequest) => Done>
> = {
  purchase: purchase,
  settle: (world, service, request) => onPurchase(world, service, request, settle),
  cancel: (world, service, request) => onPurchase(world, service, request, cancel),
};

function purchase(world: World, service: SbpsService, { id, values }: SbpsRequest): Done {
  const orderId = values['order_id'] ?? '';
  const amountYen = Number(values['amount']);
  if (orderId === '') return { code: codes.required('004') };
  if (orderId.length > 38) return { code: '71005004' };
  if (!Number.isInteger(amountYen) || amountYen < 1 || amountYen > 9_999_999)
    return { code: codes.format('008') };
  if (world.sbps.withOrderId(serviceKey(service), orderId)) return { code: codes.duplicate };
  const texts = ['customer_name', 'department_name', 'company_name', 'address'].map(
    (name) => values[name] ?? '',
  );
  const outcome = world.sbps.outcomeFor(orderId) ?? readSbpsMagic(texts);
  if (outcome.refuse.purchase) return { code: outcome.refuse.purchase };
  const trackingId = world.sbps.nextTrackingId();
  const made: Purchase = {
    trackingId,
    transactionId: transactionIdOf(service, id, { trackingId }),
    service: serviceKey(service),
    orderId,
    amountYen,
    buyerName: values['customer_name'] ?? '',
    requestedAtMs: world.nowMs(),
    outcome,
    decision: null,
    completedAtMs: null,
    settled: null,
    cancelledAtMs: null,
    lapsedAtMs: null,
    paidAtMs: null,
    open: [],
    notices: [],
  };
  world.sbps.add(made);
  return { purchase: made };
}

const transactionIdOf = (
  { merchantId, serviceId }: SbpsService,
  functionId: string,
  { trackingId }: Pick<Purchase, 'trackingId'>,
): string => `B${merchantId}${serviceId}${functionId.replaceAll('-', '').slice(0, 9)}${trackingId}`;

type Act = (
  world: World,
  service: SbpsService,
  purchase: Purchase,
  values: SbpsRequest['values'],
) => string | null;

/** By the tracking id, which is the merchant's own, and the transaction id where it is given. */
function onPurchase(world: World, service: SbpsService, { values }: SbpsRequest, act: Act): Done {
  const found = world.sbps.get(values['tracking_id'] ?? '');
  if (found?.service !== serviceKey(service)) return { code: codes.unknownTracking };
  const transactionId = values['sps_transaction_id'] ?? '';
  if (transactionId !== '' && transactionId !== found.transactionId) return { code: '71011026' };
  const code = act(world, service, found, values);
  return code ? { code } : { purchase: found };
}

const isOver = ({ cancelledAtMs, lapsedAtMs, decision }: Purchase): boolean =>
  cancelledAtMs !== null || lapsedAtMs !== null || decision === 'rejected';

const settle: Act = (world, _service, found, values) => {
  const { refuse } = found.outcome;
  if (refuse.settle) return refuse.settle;
  const [carrierCode = '', slipNumber = ''] = [values['delivery_company_code'], values['slip_no']];
  if (!carrierMaster.has(carrierCode)) return codes.carrier;
  if (slipNumber === '') return codes.required('999');
  const isAsked = found.open.some(({ kind }) => kind === 'settle');
  if (isOver(found) || found.decision !== 'approved' || found.settled || isAsked) return codes.notPossible;
  world.sbps.change(found, {
    open: [...found.open, { kind: 'settle', atMs: world.nowMs(), carrierCode, slipNumber }],
  });
  return null;
};

const cancel: Act = (world, service, found) => {
  const { refuse } = found.outcome;
  if (refuse.cancel) return refuse.cancel;
  if (found.paidAtMs !== null) return service.paidErrorCode;
  if (isOver(found) || found.open.some(({ kind }) => kind === 'cancel')) return codes.notPossible;
  world.sbps.change(found, {
    open: [...found.open, { kind: 'cancel', atMs: world.nowMs(), carrierCode: '', slipNumber: '' }],
  });
  return null;
};

/** A notice that is due now. */
export const noticeOf = (kind: SbpsNotice['kind'], atMs: number, code = ''): SbpsNotice => ({
  kind,
  atMs,
  result: code === '' ? 'OK' : 'NG',
  code,
  dueMs: atMs,
  tries: 0,
  answeredMs: null,
});

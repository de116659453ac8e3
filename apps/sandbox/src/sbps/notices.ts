import type { SbpsService } from '../config.js';
import { japanCompact, japanDate } from '../japan-time.js';
import type { World } from '../world.js';
import type { Purchase, SbpsNotice } from './ledger.js';
import { noticeOf } from './operations.js';
import { noticeDocument, noticeIds } from './wire.js';

const lookMs = 40;
const mostTries = 6;
const timeoutMs = 5_000;
const dayMs = 86_400_000;
/** The 81st day after the day of the completion (SBPS's overview). */
const lapseOnDay = 81;

/**
 * SBPS's batch: carries out what was accepted once its delay is over, drops on the 81st day what has not been settled,
 * and tells each result by a notice. One that is not answered OK is sent again.
 */
export class SbpsNotices {
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> = Promise.resolve();
  readonly #stopped = new AbortController();

  constructor(private readonly world: World) {}

  start(): void {
    this.#timer = setTimeout(() => {
      this.#running = this.#round().finally(() => {
        if (this.#timer) this.start();
      });
    }, lookMs);
  }

  async stop(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#stopped.abort();
    await this.#running;
  }

  async #round(): Promise<void> {
    for (const purchase of this.world.sbps.all()) this.#carryOut(purchase);
    this.world.journal.flush();
    for (const purchase of this.world.sbps.all()) {
      for (const notice of purchase.notices) {
        const due =
          notice.answeredMs === null && notice.tries < mostTries && notice.dueMs <= this.world.nowMs();
        if (due && !this.#stopped.signal.aborted) await this.#send(purchase, notice);
      }
    }
  }

  #carryOut(purchase: Purchase): void {
    const nowMs = this.world.nowMs();
    const { fail, silent } = purchase.outcome;
    const told = (kind: SbpsNotice['kind'], code = ''): Pick<Purchase, 'notices'> => ({
      notices: silent.includes(kind) ? purchase.notices : [...purchase.notices, noticeOf(kind, nowMs, code)],
    });
    const ready = nowMs >= purchase.requestedAtMs + this.world.settings.sbpsNoticeDelayMs;
    if (
      purchase.decision === null &&
      purchase.cancelledAtMs === null &&
      ready &&
      !silent.includes('purchase')
    ) {
      const code = fail.purchase ?? '';
      const decision = code === '' ? 'approved' : 'rejected';
      this.world.sbps.change(purchase, { decision, completedAtMs: nowMs, ...told('purchase', code) });
    }
    this.#carryOutOpen(purchase, told);
    const unsettled = purchase.decision === 'approved' && !purchase.settled && purchase.open.length === 0;
    const isOver = purchase.cancelledAtMs !== null || purchase.lapsedAtMs !== null;
    if (unsettled && !isOver && isPast(purchase.completedAtMs ?? nowMs, nowMs)) {
      this.world.sbps.change(purchase, { lapsedAtMs: nowMs, ...told('lapse') });
    }
  }

  /** One at a time, in the order in which they came. */
  #carryOutOpen(
    purchase: Purchase,
    told: (kind: SbpsNotice['kind'], code?: string) => Pick<Purchase, 'notices'>,
  ): void {
    const [request, ...rest] = purchase.open;
    const atMs = this.world.nowMs();
    if (!request || atMs < request.atMs + this.world.settings.sbpsNoticeDelayMs) return;
    const code = purchase.outcome.fail[request.kind] ?? '';
    const { carrierCode, slipNumber } = request;
    const settled = { settled: { atMs, carrierCode, slipNumber } };
    const done = request.kind === 'settle' ? settled : { cancelledAtMs: atMs };
    this.world.sbps.change(purchase, {
      open: rest,
      ...(code === '' ? done : {}),
      ...told(request.kind, code),
    });
  }

  async #send(purchase: Purchase, notice: SbpsNotice): Promise<void> {
    const service = this.world.sbpsServices.get(purchase.service);
    if (!service?.noticeUrl) return;
    const isTaken = await this.#post(
      service.noticeUrl,
      writtenNotice(service, purchase, notice, this.world.nowMs()),
    );
    const nowMs = this.world.nowMs();
    const next = isTaken
      ? { answeredMs: nowMs }
      : { tries: notice.tries + 1, dueMs: nowMs + this.world.settings.sbpsNoticeRetryMs };
    const notices = purchase.notices.map((each) => (each === notice ? { ...each, ...next } : each));
    this.world.sbps.change(purchase, { notices });
  }

  /** True where the receiver answered OK. */
  async #post(url: string, body: Buffer): Promise<boolean> {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'text/xml; charset=Shift_JIS' },
        body: new Uint8Array(body),
        signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), this.#stopped.signal]),
      });
      return /<res_result>OK<\/res_result>/.test(await response.text());
    } catch {
      return false;
    }
  }
}

const isPast = (completedAtMs: number, nowMs: number): boolean =>
  japanDate(nowMs) >= japanDate(completedAtMs + lapseOnDay * dayMs);

/** The document of one notice, as it is sent now. */
export function writtenNotice(
  service: SbpsService,
  purchase: Purchase,
  notice: SbpsNotice,
  nowMs: number,
): Buffer {
  const method =
    notice.kind === 'lapse'
      ? []
      : ([
          ['rec_result', notice.result],
          ['rec_err_code', notice.code],
        ] as const);
  return noticeDocument(
    noticeIds[notice.kind],
    [
      ['merchant_id', service.merchantId],
      ['service_id', service.serviceId],
      ['sps_transaction_id', purchase.transactionId],
      ['tracking_id', purchase.trackingId],
      ['rec_datetime', japanCompact(notice.atMs)],
      ['pay_method_info', method],
      ['request_date', japanCompact(nowMs)],
    ],
    service.hashKey,
  );
}

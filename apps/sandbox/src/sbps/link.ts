import { createHash } from 'node:crypto';
import iconv from 'iconv-lite';
import type { SbpsService } from '../config.js';
import { ControlProblem } from '../control/problem.js';
import { fromJapanCompact, japanCompact } from '../japan-time.js';
import type { World } from '../world.js';
import type { Purchase } from './ledger.js';
import { codes } from './wire.js';

/**
 * SBPS's link type (A01-1) as public programs know it: a form in Shift_JIS with a SHA-1 over UTF-8, and a notice of the
 * same kind. What the pages look like, and that OK holds NP's approval, is assumed.
 */
const before =
  'pay_method merchant_id service_id cust_code sps_cust_no sps_payment_no order_id item_id pay_item_id item_name tax amount pay_type auto_charge_type service_type div_settele last_charge_month camp_type tracking_id terminal_type'.split(
    ' ',
  );
const urls = ['success_url', 'cancel_url', 'error_url', 'pagecon_url'];
const free = ['free1', 'free2', 'free3'];
const lines = 'dtl_rowno dtl_item_id dtl_item_name dtl_item_count dtl_tax dtl_amount'.split(' ');
const noticeLines = [...lines, 'dtl_free1', 'dtl_free2', 'dtl_free3'];
const results =
  'request_date res_pay_method res_result res_tracking_id res_sps_cust_no res_sps_payment_no res_payinfo_key res_payment_date res_err_code res_date limit_second'.split(
    ' ',
  );
const noticeTimeoutMs = 5_000;

/** `late`: completed, and told only when it is told again. */
export const linkResults = ['OK', 'NG', 'CN', 'late'] as const;
export type LinkResult = (typeof linkResults)[number];
export type Signer = 'genuine' | 'forged' | 'foreign';

type Fields = ReadonlyMap<string, readonly string[]>;

/** One buyer on the page of the link type. Kept in memory: a page does not outlive its window. */
export interface LinkVisit {
  readonly fields: Fields;
  readonly service: SbpsService;
  result: LinkResult | null;
  purchase: Purchase | null;
  /** What is told, and told again. */
  notice: readonly (readonly [string, string])[] | null;
}

const text = (fields: Fields, name: string, index = 0): string => fields.get(name)?.[index] ?? '';
const rowsOf = (fields: Fields): number => fields.get('dtl_rowno')?.length ?? 0;
const hashOf = (texts: readonly string[], key: string): string =>
  createHash('sha1')
    .update(texts.join('') + key, 'utf8')
    .digest('hex');

/** The fields of a form as a browser sends it in Shift_JIS. */
export function readForm(body: Buffer): Fields {
  const fields = new Map<string, string[]>();
  for (const pair of body.toString('latin1').split('&')) {
    const cut = pair.indexOf('=');
    const bytes = pair
      .slice(cut + 1)
      .replaceAll('+', ' ')
      .replaceAll(/%([0-9A-Fa-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
    const name = pair.slice(0, cut);
    fields.set(name, [...(fields.get(name) ?? []), iconv.decode(Buffer.from(bytes, 'latin1'), 'cp932')]);
  }
  return fields;
}

/** A form as a program sends it in Shift_JIS. */
const writeForm = (pairs: readonly (readonly [string, string])[]): string =>
  pairs
    .map(([name, value]) => {
      const bytes = iconv.encode(value, 'cp932').toString('latin1');
      const escaped = bytes.replaceAll(
        /[^0-9A-Za-z._*-]/g,
        (one) => `%${one.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
      );
      return `${name}=${escaped}`;
    })
    .join('&');

/** Every buyer on the pages of the link type, and what they decide. */
export class LinkDesk {
  readonly #visits = new Map<string, LinkVisit>();

  constructor(private readonly world: World) {}

  all(): readonly LinkVisit[] {
    return [...this.#visits.values()];
  }

  /** Takes a form; answers the visit, or the code with which SBPS refuses it. */
  open(fields: Fields): LinkVisit | { readonly code: string } {
    const [merchantId, serviceId] = [text(fields, 'merchant_id'), text(fields, 'service_id')];
    const service = this.world.sbpsServices.get(`${merchantId}-${serviceId}`);
    if (!service) return { code: codes.unknownService };
    const missing = [...before, ...urls, ...free, 'free_csv'].find((name) => !fields.has(name));
    if (missing) return { code: codes.required('999') };
    const texts = [
      ...[...before, ...urls, ...free, 'free_csv'].map((name) => text(fields, name)),
      ...Array.from({ length: rowsOf(fields) }, (_, row) =>
        lines.map((name) => text(fields, name, row)),
      ).flat(),
      text(fields, 'request_date'),
      text(fields, 'limit_second'),
    ];
    if (hashOf(texts, service.hashKey) !== text(fields, 'sps_hashcode').toLowerCase())
      return { code: codes.wrongHash };
    const sentMs = fromJapanCompact(text(fields, 'request_date'));
    const toleranceMs = Number(text(fields, 'limit_second') || 600) * 1_000;
    if (sentMs === null || Math.abs(this.world.nowMs() - sentMs) > toleranceMs + 1_000)
      return { code: codes.expired };
    const orderId = text(fields, 'order_id');
    if (this.world.sbps.withOrderId(`${merchantId}-${serviceId}`, orderId)) return { code: codes.duplicate };
    const visit: LinkVisit = { fields, service, result: null, purchase: null, notice: null };
    this.#visits.set(orderId, visit);
    return visit;
  }

  find(orderId: string): LinkVisit {
    const visit = this.#visits.get(orderId);
    if (!visit) throw new ControlProblem(404, 'No such purchase is open');
    return visit;
  }

  /** What the buyer and NP decide, once; told at once unless it is to be late. Answers where the buyer goes. */
  async decide(orderId: string, result: LinkResult): Promise<string> {
    const visit = this.find(orderId);
    if (visit.result !== null) throw new ControlProblem(409, 'The purchase has ended already');
    visit.result = result;
    if (result !== 'CN') visit.purchase = this.#purchase(visit, result !== 'NG');
    visit.notice = this.#noticeOf(visit, result === 'late' ? 'OK' : result);
    if (result !== 'late') await this.tell(orderId, 'genuine');
    const back = { OK: 'success_url', late: 'success_url', NG: 'error_url', CN: 'cancel_url' } as const;
    return text(visit.fields, back[result]);
  }

  /** Tells the result, once more or for the first time, its fields in another order than that of the hash. */
  async tell(orderId: string, as: Signer): Promise<{ readonly status: number; readonly answer: string }> {
    const { notice, service, fields } = this.find(orderId);
    if (!notice) throw new ControlProblem(409, 'Nothing has been decided yet');
    const named = notice.map(([name, value]): [string, string] =>
      name === 'merchant_id' && as === 'foreign' ? [name, '99999'] : [name, value],
    );
    const texts = named.map(([, value]) => value);
    const hash = hashOf(texts, as === 'forged' ? 'forged' : service.hashKey);
    const body = writeForm([
      ['sps_hashcode', hash],
      ...named.toSorted(([one], [other]) => one.localeCompare(other)),
    ]);
    try {
      const response = await fetch(service.noticeUrl ?? text(fields, 'pagecon_url'), {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body,
        signal: AbortSignal.timeout(noticeTimeoutMs),
      });
      const answer = iconv.decode(Buffer.from(await response.arrayBuffer()), 'cp932');
      return { status: response.status, answer };
    } catch {
      return { status: 0, answer: '' };
    }
  }

  #purchase({ fields, service }: LinkVisit, isApproved: boolean): Purchase {
    const trackingId = this.world.sbps.nextTrackingId();
    const nowMs = this.world.nowMs();
    const purchase: Purchase = {
      trackingId,
      transactionId: `B${service.merchantId}${service.serviceId}A011${trackingId}`,
      service: `${service.merchantId}-${service.serviceId}`,
      orderId: text(fields, 'order_id'),
      amountYen: Number(text(fields, 'amount')),
      buyerName: '',
      requestedAtMs: nowMs,
      outcome: { refuse: {}, fail: {}, silent: [] },
      decision: isApproved ? 'approved' : 'rejected',
      completedAtMs: nowMs,
      settled: null,
      cancelledAtMs: null,
      lapsedAtMs: null,
      paidAtMs: null,
      open: [],
      notices: [],
    };
    this.world.sbps.add(purchase);
    return purchase;
  }

  #noticeOf(
    { fields, purchase }: LinkVisit,
    result: 'OK' | 'NG' | 'CN',
  ): readonly (readonly [string, string])[] {
    const at = japanCompact(this.world.nowMs());
    const told: Readonly<Record<string, string>> = {
      res_result: result,
      res_tracking_id: purchase?.trackingId ?? '',
      res_payment_date: result === 'OK' ? at : '',
      res_err_code: result === 'NG' ? codes.rejected : '',
      res_date: at,
    };
    const one = (name: string): readonly [string, string] => [name, told[name] ?? text(fields, name)];
    return [
      ...[...before, ...free].map(one),
      ...Array.from({ length: rowsOf(fields) }, (_, row) =>
        noticeLines.map((name): readonly [string, string] => [name, text(fields, name, row)]),
      ).flat(),
      ...results.map(one),
    ];
  }
}

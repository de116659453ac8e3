/**
 * What goes over the wire to SBPS. Its field lists for payment method 710 are not public; the envelope is.
 *
 * Sources: seed 000 (SBPS's service overview) · sbps.md (the envelope) · V: vogle/sbpayment-java · R: the gem sbpayment ·
 * E: plugins of EC-CUBE and others for methods 701 and 703 · N: recorded answers in nekoding/laravel-softbank.
 * confirmed: SBPS says so, or two independent programs do · observed: one program does · assumed: ours.
 */

/** Function ids. confirmed (seed 000) */
export const functions = {
  register: 'ST01-00101-710',
  report: 'ST02-00202-710',
  cancel: 'ST02-00306-710',
} as const;
export type FunctionName = keyof typeof functions;

/**
 * Ids of the notices about 710. assumed: the numbers of the functions with NT before them; 00104 is the notice of an
 * expiry for methods 701 and 703 (confirmed there: V, R, E). Settings can replace each.
 */
export const noticeIds = {
  credit: 'NT01-00101-710',
  report: 'NT02-00202-710',
  cancel: 'NT02-00306-710',
  lapse: 'NT01-00104-710',
} as const;
export type NoticeKind = keyof typeof noticeIds;

/** What a notice holds in `pay_method_info`. assumed; the names of both elements are settings, too. */
export const noticeFields = { result: 'rec_result', code: 'rec_err_code' } as const;

/** Words of a result in a notice. assumed, after the words of an answer; any other is unknown, never success. */
export const noticeResults: Readonly<Record<string, 'done' | 'refused'>> = { OK: 'done', NG: 'refused' };

/** Addresses of the API type. observed (V); a setting, because SBPS hands them out with the contract. */
export const baseUrls = {
  production: 'https://api.sps-system.com/api/xmlapi.do',
  test: 'https://stbfep.sps-system.com/api/xmlapi.do',
} as const;

/** confirmed (sbps.md): Shift_JIS by default. assumed: Windows' own (code page 932), as E converts to it. */
export const charset = 'cp932';
export const contentType = 'text/xml; charset=Shift_JIS';

/** confirmed (sbps.md): 10 minutes by default. In seconds. */
export const toleranceSeconds = 600;

/** assumed: SBPS asks NP behind its answer, so that it takes longer than a plain look-up. */
export const timeoutMs = 30_000;

/** confirmed (sbps.md): at most so many characters. */
export const limits = { orderId: 38, itemId: 32, itemName: 40, free: 20, amountYen: 9_999_999 } as const;

/** confirmed (N, R): letters and digits; the transaction id names one processing, the tracking id the payment (observed: N). */
export const idPatterns = { transaction: /^[0-9A-Za-z]{1,32}$/u, tracking: /^[0-9A-Za-z]{1,14}$/u } as const;

/** assumed: what SBPS takes as a purchase number. */
export const orderIdPattern = /^[0-9A-Za-z_-]+$/u;

/** Elements of `pay_method_info` of a purchase. assumed: named after those of methods 701 and 703 (E), in this order. */
export const purchaseFields = {
  buyer: {
    name: 'customer_name',
    kana: 'customer_name_kana',
    company: 'company_name',
    department: 'department_name',
    postalCode: 'zip',
    address: 'address',
    phone: 'tel',
    email: 'mail',
  },
  destination: {
    name: 'dest_customer_name',
    kana: 'dest_customer_name_kana',
    company: 'dest_company_name',
    department: 'dest_department_name',
    postalCode: 'dest_zip',
    address: 'dest_address',
    phone: 'dest_tel',
  },
  orderDate: 'order_date',
} as const;

/** Elements of a settlement. confirmed that it has `pay_option_manage` for other methods (E); the names in it are assumed. */
export const settlementFields = { carrier: 'delivery_company_code', slipNumber: 'slip_no' } as const;

/** Lines of goods that one purchase can carry. assumed: no limit is public; what is beyond stands in the total alone. */
export const mostLines = 100;

/** Types of error that leave open whether the request was carried out: SBPS failed on its way. assumed (sbps.md). */
export const uncertainTypes: ReadonlySet<string> = new Set(['80', '90', '92', '93', '94']);

/** Type of "same purchase id and branch requested again". confirmed (sbps.md); for 710 assumed. */
export const duplicateType = '96';
/** Types of "no payment for this id". confirmed (sbps.md). */
export const notFoundTypes: ReadonlySet<string> = new Set(['11', '12']);

/** Last day to settle, counted from the day after the purchase was completed (Japan). confirmed (seed 000) */
export const settleWithinDays = 80;

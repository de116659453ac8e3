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

/** The link type: a form that the buyer's browser posts, and one notice of its result. The function id is confirmed (seed 000). */
export const link = {
  /** observed (Welcart, an EC-CUBE plugin); a setting, because SBPS hands it out with the contract. */
  urls: {
    production: 'https://fep.sps-system.com/f01/FepBuyInfoReceive.do',
    test: 'https://stbfep.sps-system.com/f01/FepBuyInfoReceive.do',
  },
  /** confirmed (R and others): the browser sends Shift_JIS. */
  charset: 'Shift_JIS',
  /** confirmed: a recorded notice (R) carries a SHA-1 over UTF-8 although it was sent in Shift_JIS; the same for the form (R). */
  hashCharset: 'utf8',
  /** assumed: the word for NP後払い. Empty shows SBPS's page of all methods (confirmed: several programs). */
  payMethod: '',
  /** assumed: how long the pages of SBPS and NP stay open after the form was taken. */
  pagesMs: 30 * 60_000,
  /** confirmed (R and others): at most so many characters of an address. */
  urlCharacters: 256,
} as const;

/** The elements of the form A01-1, in the order of its hash. confirmed (R and two other programs) */
export const linkFields = [
  'pay_method',
  'merchant_id',
  'service_id',
  'cust_code',
  'sps_cust_no',
  'sps_payment_no',
  'order_id',
  'item_id',
  'pay_item_id',
  'item_name',
  'tax',
  'amount',
  'pay_type',
  'auto_charge_type',
  'service_type',
  'div_settele',
  'last_charge_month',
  'camp_type',
  'tracking_id',
  'terminal_type',
  'success_url',
  'cancel_url',
  'error_url',
  'pagecon_url',
  'free1',
  'free2',
  'free3',
  'free_csv',
] as const;

/** Once a line of goods, between `free_csv` and `request_date`. observed (two programs) */
export const linkLineFields = [
  'dtl_rowno',
  'dtl_item_id',
  'dtl_item_name',
  'dtl_item_count',
  'dtl_tax',
  'dtl_amount',
] as const;

/** The elements of the result notice, in the order of its hash. confirmed: R, and a recorded notice whose hash comes out */
export const linkNoticeFields = {
  before: linkFields.filter((name) => !/_url$|^free_csv$/u.test(name)),
  /** observed (one program): once a line of goods, where the form had such lines. */
  lines: [...linkLineFields, 'dtl_free1', 'dtl_free2', 'dtl_free3'],
  after: [
    'request_date',
    'res_pay_method',
    'res_result',
    'res_tracking_id',
    'res_sps_cust_no',
    'res_sps_payment_no',
    'res_payinfo_key',
    'res_payment_date',
    'res_err_code',
    'res_date',
    'limit_second',
  ],
} as const;

/**
 * Words of the result. confirmed: OK, NG. observed for other methods (one program): CN, given up or run out. assumed for 710:
 * that OK holds NP's approval. Any other word is refused, and never taken for good news.
 */
export const linkResults: Readonly<Record<string, 'done' | 'refused' | 'ended'>> = {
  OK: 'done',
  NG: 'refused',
  CN: 'ended',
};

/** The answer to it, as plain text. observed (several programs): `OK,`, or `NG,` and why. */
export const linkReplies = { type: 'text/plain; charset=Shift_JIS', taken: 'OK,', refused: 'NG,' } as const;

/**
 * NP's own in `free_csv`: `NAME=value` after `NAME=value`, with commas, in Base64 (with 3DES before it where the contract
 * encrypts). observed for other methods (several programs); every name is assumed for 710.
 */
export const linkCsvFields = {
  buyer: {
    name: 'CUSTOMER_NAME',
    kana: 'CUSTOMER_NAME_KANA',
    company: 'COMPANY_NAME',
    department: 'DEPARTMENT_NAME',
    postalCode: 'ZIP',
    address: 'ADDRESS',
    phone: 'TEL',
    email: 'MAIL',
  },
  destination: {
    name: 'DEST_CUSTOMER_NAME',
    kana: 'DEST_CUSTOMER_NAME_KANA',
    company: 'DEST_COMPANY_NAME',
    department: 'DEST_DEPARTMENT_NAME',
    postalCode: 'DEST_ZIP',
    address: 'DEST_ADDRESS',
    phone: 'DEST_TEL',
  },
  orderDate: 'ORDER_DATE',
} as const;

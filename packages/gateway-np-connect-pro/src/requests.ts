import type { AmendLine, CancelLine, RegisterLine, ReissueLine, ReportLine } from '@np-hub/kit';
import type { NpPayload } from '@np-hub/model';
import type { NpSettings } from './settings.js';

type PartyFields = Omit<NpPayload['customer'], 'email'>;

/** An empty optional field is left out: NP's answer to blank strings is not known. observed (S2 S3): names. */
const given = (name: string, value: string | undefined): Record<string, string> =>
  value === undefined || value === '' ? {} : { [name]: value };

const party = (fields: PartyFields) => ({
  customer_name: fields.name,
  ...given('customer_name_kana', fields.kana),
  ...given('company_name', fields.company),
  ...given('department_name', fields.department),
  zip_code: fields.postalCode,
  address: fields.address,
  tel: fields.phone,
});

const goods = (payload: NpPayload) =>
  payload.goods.map((line) => ({
    goods_name: line.name,
    goods_price: line.unitPriceYen,
    quantity: line.quantity,
  }));

/**
 * Without a destination the goods go to the buyer, and the buyer is sent as the destination. Whether NP may be
 * left without one is not known: its codes call the destination's fields required (E0100072, 081, 084, 087)
 * and the known clients always send it (S2 S3). On an edit, leaving it out might keep the old one standing.
 */
const transaction = (payload: NpPayload) => ({
  shop_order_date: payload.shopOrderDate,
  settlement_type: payload.settlementType,
  billed_amount: payload.billedYen,
  customer: { ...party(payload.customer), ...given('email', payload.customer.email) },
  dest_customer: party(payload.destination ?? payload.customer),
  goods: goods(payload),
});

/** One line of `POST /transactions`. */
export const registerBody = (line: RegisterLine, settings: NpSettings) => ({
  shop_transaction_id: line.shopTransactionId,
  ...given('site_name', settings.siteName),
  ...given('site_url', settings.siteUrl),
  ...transaction(line.payload),
});

/** One line of `PATCH /transactions/update`, always with all fields. */
export const amendBody = (line: AmendLine) => ({
  np_transaction_id: line.npTransactionId,
  ...transaction(line.payload),
});

export const cancelBody = (line: CancelLine) => ({ np_transaction_id: line.npTransactionId });

/** One line of `POST /shipments`; the issue date only where it is given (wiz). */
export const reportBody = (line: ReportLine) => ({
  np_transaction_id: line.npTransactionId,
  pd_company_code: line.carrierCode,
  slip_no: line.slipNumber,
  ...given('bill_issued_date', line.billIssuedOn ?? undefined),
});

/** One line of `POST /transactions/reregister`: NP keeps the parties of the base transaction. */
export const reissueBody = (line: ReissueLine) => ({
  base_np_transaction_id: line.baseNpTransactionId,
  shop_transaction_id: line.shopTransactionId,
  shop_order_date: line.payload.shopOrderDate,
  billed_amount: line.payload.billedYen,
  goods: goods(line.payload),
});

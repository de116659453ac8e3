import type { CancelLine, RegisterLine, ReportLine } from '@np-hub/kit';
import { carriers, type NpPayload } from '@np-hub/model';
import { carrierCodes } from './carriers.js';
import type { Field } from './document.js';
import type { SbpsSettings } from './settings.js';
import { compactTime } from './time.js';
import { limits, mostLines, purchaseFields, settlementFields } from './wire.js';

const plain = (name: string, content: string | number): Field => ({ name, content: String(content) });
const wide = (name: string, content: string): Field => ({ name, content, wide: true });
const group = (name: string, content: readonly Field[]): Field => ({ name, content });

const cut = (text: string, characters: number): string => [...text].slice(0, characters).join('');

/** The two parts of an id that the hub keeps as one. */
export function partsOf(npTransactionId: string): { transactionId: string; trackingId: string } {
  const [transactionId = '', trackingId = ''] = npTransactionId.split('/');
  return { transactionId, trackingId };
}

/** A purchase. The buyer has no number of its own in the hub: the purchase's stands for it (assumed). */
export function purchaseFieldsOf(
  { shopTransactionId, payload }: RegisterLine,
  settings: SbpsSettings,
  now: Date,
): readonly Field[] {
  const [first] = payload.goods;
  return [
    plain('merchant_id', settings.merchantId),
    plain('service_id', settings.serviceId),
    plain('cust_code', shopTransactionId),
    plain('order_id', shopTransactionId),
    plain('item_id', cut(shopTransactionId, limits.itemId)),
    wide('item_name', cut(first?.name ?? '', limits.itemName)),
    plain('tax', ''),
    plain('amount', payload.billedYen),
    wide('free1', ''),
    wide('free2', ''),
    wide('free3', ''),
    plain('order_rowno', ''),
    group('dtls', payload.goods.slice(0, mostLines).map(lineFields)),
    group('pay_method_info', methodFields(payload)),
    plain('encrypted_flg', settings.cipherKey === '' ? '0' : '1'),
    ...sentAt(settings, now),
  ];
}

const lineFields = (line: NpPayload['goods'][number], index: number): Field =>
  group('dtl', [
    plain('dtl_rowno', index + 1),
    plain('dtl_item_id', index + 1),
    wide('dtl_item_name', cut(line.name, limits.itemName)),
    plain('dtl_item_count', line.quantity),
    plain('dtl_tax', ''),
    plain('dtl_amount', line.unitPriceYen * line.quantity),
  ]);

/** Every element stands there, an empty one too: nothing says which may be left out. */
function methodFields({ customer, destination, shopOrderDate }: NpPayload): readonly Field[] {
  const receiver = destination ?? customer;
  const { buyer, destination: places, orderDate } = purchaseFields;
  return [
    ...(Object.keys(buyer) as (keyof typeof buyer)[]).map((key) => wide(buyer[key], customer[key] ?? '')),
    ...(Object.keys(places) as (keyof typeof places)[]).map((key) => wide(places[key], receiver[key] ?? '')),
    plain(orderDate, shopOrderDate.replaceAll('-', '')),
  ];
}

/** A settlement, which is the shipment report. */
export const settlementFieldsOf = (line: ReportLine, settings: SbpsSettings, now: Date): readonly Field[] => [
  ...paymentFields(line, settings, now),
  group('pay_option_manage', [
    plain(settlementFields.carrier, carrierCodeOf(line.carrierCode, settings)),
    plain(settlementFields.slipNumber, line.slipNumber),
  ]),
  ...sentAt(settings, now),
];

export const cancelFieldsOf = (line: CancelLine, settings: SbpsSettings, now: Date): readonly Field[] => [
  ...paymentFields(line, settings, now),
  ...sentAt(settings, now),
];

const paymentFields = (line: CancelLine, settings: SbpsSettings, now: Date): readonly Field[] => {
  const { transactionId, trackingId } = partsOf(line.npTransactionId);
  return [
    plain('merchant_id', settings.merchantId),
    plain('service_id', settings.serviceId),
    plain('sps_transaction_id', transactionId),
    plain('tracking_id', trackingId),
    plain('processing_datetime', compactTime(now)),
  ];
};

const sentAt = (settings: SbpsSettings, now: Date): readonly Field[] => [
  plain('request_date', compactTime(now)),
  plain('limit_second', settings.toleranceSeconds),
];

/** SBPS's code of the carrier that the hub knows by NP's; empty where it is none of the sixteen, which SBPS refuses. */
function carrierCodeOf(npCode: string, settings: SbpsSettings): string {
  const names = Object.keys(carrierCodes) as (keyof typeof carrierCodes)[];
  const name = names.find((candidate) => carriers[candidate].npCode === npCode);
  return name === undefined ? '' : (settings.carrierCodes[name] ?? carrierCodes[name]);
}

import type { Carrier } from '../carriers.js';
import type { Mapped } from '../mapped.js';
import type { SettlementType } from '../order.js';
import type { Problem } from '../reasons.js';
import { npTerms, type GatewayTerms } from '../terms.js';
import { isCalendarDay } from './characters.js';
import { orderProblem, orderRules } from './rules.js';

/** What a shipment report would say, in the form in which it would be sent (`normaliseSlipNumber` first). */
export interface ShipmentFacts {
  readonly carrier: Mapped<Carrier> | null;
  readonly slipNumber: string;
  /** Invoice issue date, `YYYY-MM-DD`; null: there is none. Left out: not to be checked here. */
  readonly billIssuedOn?: string | null;
}

export interface ShipmentContext {
  /** True under the 出荷オプション contract: carriers that NP does not list go as 55555. */
  readonly contractedCarrier: boolean;
  readonly settlementType: SettlementType;
  /** What the gateway takes; NP's own where it is left out. */
  readonly terms?: GatewayTerms;
  /** The day of the report in Japan, `YYYY-MM-DD`; without it the ten days of the invoice are not checked. */
  readonly reportedOn?: string;
}

/** Every known rule of NP's on a shipment report (np-connect-pro.md, 4f). Never throws. */
export function checkShipment(shipment: ShipmentFacts, context: ShipmentContext): Problem[] {
  return [
    ...checkCarrier(shipment.carrier, context.contractedCarrier, context.terms),
    ...checkSlipNumber(shipment.slipNumber),
    ...checkInvoiceDate(shipment.billIssuedOn, context),
  ];
}

/** Whether NP takes reports for a carrier; null is a carrier that nobody has named. */
export function checkCarrier(
  carrier: Mapped<Carrier> | null,
  contractedCarrier: boolean,
  terms: GatewayTerms = npTerms,
): Problem[] {
  if (!carrier) return [orderProblem(orderRules.carrierMissing, 'carrier-missing')];
  if (carrier.kind === 'unmapped') return [orderProblem(orderRules.carrierUnmapped, 'unmapped-carrier')];
  const { value } = carrier;
  if (value !== 'unsupported' && !terms.carriers.includes(value))
    return [orderProblem(orderRules.carrierNotTaken, 'carrier-not-taken')];
  if (contractedCarrier && terms.carriers.includes('contracted')) return [];
  if (carrier.value === 'unsupported')
    return [orderProblem(orderRules.carrierUnsupported, 'unsupported-carrier')];
  return carrier.value === 'contracted' ? [orderProblem(orderRules.carrierContract, 'carrier-contract')] : [];
}

function checkSlipNumber(slipNumber: string): Problem[] {
  const { slipMissing, slipFormat } = orderRules;
  if (slipNumber.trim() === '') return [orderProblem(slipMissing, 'slip-missing')];
  const fits = /^[A-Za-z0-9-]+$/u.test(slipNumber) && slipNumber.length <= slipFormat.limit;
  const figures = { limit: slipFormat.limit, length: [...slipNumber].length };
  return fits ? [] : [orderProblem(slipFormat, 'slip-format', figures)];
}

function checkInvoiceDate(day: string | null | undefined, context: ShipmentContext): Problem[] {
  const { invoiceDateRequired, invoiceDateForbidden, invoiceDateFormat } = orderRules;
  if (day === undefined) return [];
  if (context.settlementType === '02') {
    return day === null ? [] : [orderProblem(invoiceDateForbidden, 'invoice-date-forbidden')];
  }
  if (day === null || day.trim() === '') return [orderProblem(invoiceDateRequired, 'invoice-date-required')];
  if (!isCalendarDay(day)) return [orderProblem(invoiceDateFormat, 'date-format')];
  return checkInvoiceWindow(day, context.reportedOn);
}

/** Ten days before or after: no source says that the date may not lie ahead. */
function checkInvoiceWindow(day: string, reportedOn: string | undefined): Problem[] {
  const { invoiceDateWindow } = orderRules;
  if (!reportedOn || !isCalendarDay(reportedOn)) return [];
  const days = Math.abs(Date.parse(reportedOn) - Date.parse(day)) / 86_400_000;
  const figures = { limit: invoiceDateWindow.limit, days };
  return days > invoiceDateWindow.limit
    ? [orderProblem(invoiceDateWindow, 'invoice-date-window', figures)]
    : [];
}

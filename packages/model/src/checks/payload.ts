import { idShapes, type IdForm } from '../id-forms.js';
import type { NpPayload } from '../order.js';
import type { Problem } from '../reasons.js';
import { findControls, findNotEncodable, findOthers, findTooLong, isCalendarDay } from './characters.js';
import { checkParty, type CheckContext } from './party.js';
import { orderProblem, orderRules, type RuleId } from './rules.js';

/**
 * Every known rule of NP's on what is registered: an empty list means that NP has no known ground to refuse it.
 * Takes the payload as it would be sent. Never throws; the problems hold no personal data.
 */
export function checkPayload(payload: NpPayload, context: CheckContext): Problem[] {
  return [
    ...checkParty('customer', payload.customer, context),
    ...(payload.destination ? checkParty('destination', payload.destination, context) : []),
    ...checkOrderDate(payload.shopOrderDate),
    ...checkGoods(payload),
    ...checkAmounts(payload),
  ];
}

/** `shop_transaction_id` as it would be sent, with the attempt's suffix: 1 to 40 characters. */
export function checkShopTransactionId(shopTransactionId: string): Problem[] {
  const { transactionIdRequired, transactionIdTooLong, transactionIdCharacters } = orderRules;
  if (shopTransactionId.trim() === '') return [orderProblem(transactionIdRequired, 'required')];
  const tooLong = findTooLong(shopTransactionId, transactionIdTooLong.limit);
  return [
    ...(tooLong ? [orderProblem(transactionIdTooLong, 'too-long', tooLong)] : []),
    ...characterProblems(shopTransactionId).map(([rule, figures]) =>
      orderProblem(transactionIdCharacters, rule, figures),
    ),
  ];
}

/** An NP transaction id, typed by staff or given by a cart: eleven half-width digits (np-connect-pro.md, 4a). */
export function checkNpTransactionId(npTransactionId: string): Problem[] {
  const { npIdCharacters, npIdLength } = orderRules;
  const others = findOthers(npTransactionId, /[0-9]/u);
  if (others) return [orderProblem(npIdCharacters, 'np-id-characters', others)];
  const { length } = npTransactionId;
  const figures = { limit: npIdLength.limit, length };
  return length === npIdLength.limit ? [] : [orderProblem(npIdLength, 'np-id-length', figures)];
}

/** An id of a transaction at the gateway, by the way in which that writes its ids. */
export function checkTransactionId(id: string, form: IdForm): Problem[] {
  if (form === 'np') return checkNpTransactionId(id);
  return idShapes[form].pattern.test(id) ? [] : [orderProblem(orderRules.spsIdFormat, 'sps-id-format')];
}

const checkOrderDate = (day: string): Problem[] =>
  isCalendarDay(day) ? [] : [orderProblem(orderRules.orderDate, 'date-format')];

function checkGoods({ goods }: NpPayload): Problem[] {
  if (goods.length === 0) return [orderProblem(orderRules.goodsMissing, 'goods-missing')];
  return goods.flatMap(({ name }, index) => checkGoodsName(name, index + 1));
}

function checkGoodsName(name: string, line: number): Problem[] {
  const { goodsName, goodsNameTooLong } = orderRules;
  if (name.trim() === '') return [orderProblem(goodsName, 'required', { line })];
  const tooLong = findTooLong(name, goodsNameTooLong.limit);
  return [
    ...(tooLong ? [orderProblem(goodsNameTooLong, 'too-long', { ...tooLong, line })] : []),
    ...characterProblems(name).map(([rule, figures]) => orderProblem(goodsName, rule, { ...figures, line })),
  ];
}

/** The goods' total may lie 3,000 yen away from the billed amount, in either direction, and no more. */
function checkAmounts({ goods, billedYen }: NpPayload): Problem[] {
  const { amountPositive, goodsTotal } = orderRules;
  const totalYen = goods.reduce((sum, { unitPriceYen, quantity }) => sum + unitPriceYen * quantity, 0);
  const differenceYen = Math.abs(totalYen - billedYen);
  const isApart = goods.length > 0 && !(differenceYen <= goodsTotal.limit);
  const figures = { limit: goodsTotal.limit, totalYen, billedYen, differenceYen };
  return [
    ...(billedYen > 0 ? [] : [orderProblem(amountPositive, 'amount-positive', { billedYen })]),
    ...(isApart ? [orderProblem(goodsTotal, 'goods-total', figures)] : []),
  ];
}

function characterProblems(text: string): [RuleId, { count: number; position: number }][] {
  const controls = findControls(text);
  const notEncodable = findNotEncodable(text);
  return [
    ...(controls ? [['prohibited-characters', controls] satisfies [RuleId, object]] : []),
    ...(notEncodable ? [['not-encodable', notEncodable] satisfies [RuleId, object]] : []),
  ];
}

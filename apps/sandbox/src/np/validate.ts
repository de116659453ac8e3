import type { Settings } from '../config.js';
import { isCalendarDate } from '../japan-time.js';
import { prefecturesOf } from './postal.js';
import { fieldsOf, goodsDifferenceLimitYen, sandboxCodes, textOf, type WireTransaction } from './wire.js';

/** The codes of one party's fields: the buyer's and the destination's differ in numbers only. */
interface PartyCodes {
  name: { required: string; characters: string; length: string };
  kana: { characters: string; length: string };
  company: { characters: string; length: string };
  department: { characters: string; length: string };
  postalCode: { required: string; characters: string; format: string; mismatch: string };
  address: { required: string; characters: string; length: string };
  phone: { required: string; characters: string; format: string; mobileDigits: string; digits: string };
}

/** np-connect-pro.md, section 4b. */
const customerCodes: PartyCodes = {
  name: { required: 'E0100048', characters: 'E0100049', length: 'E0100050' },
  kana: { length: 'E0100051', characters: 'E0100052' },
  company: { length: 'E0100053', characters: 'E0100054' },
  department: { length: 'E0100055', characters: 'E0100056' },
  postalCode: { required: 'E0100057', characters: 'E0100058', format: 'E0100136', mismatch: 'E0100059' },
  address: { required: 'E0100060', characters: 'E0100061', length: 'E0100062' },
  phone: {
    required: 'E0100063',
    characters: 'E0100064',
    format: 'E0100065',
    mobileDigits: 'E0100066',
    digits: 'E0100067',
  },
};

/** np-connect-pro.md, section 4c. E0100091 is read as "others must have 10 digits", parallel to E0100067. */
const destinationCodes: PartyCodes = {
  name: { required: 'E0100072', characters: 'E0100073', length: 'E0100074' },
  kana: { length: 'E0100075', characters: 'E0100076' },
  company: { length: 'E0100077', characters: 'E0100078' },
  department: { length: 'E0100079', characters: 'E0100080' },
  postalCode: { required: 'E0100081', characters: 'E0100082', format: 'E0100137', mismatch: 'E0100083' },
  address: { required: 'E0100084', characters: 'E0100085', length: 'E0100086' },
  phone: {
    required: 'E0100087',
    characters: 'E0100088',
    format: 'E0100089',
    mobileDigits: 'E0100090',
    digits: 'E0100091',
  },
};

/** assumed: a text is prohibited where Windows-31J has no such character (emoji, U+301C, control characters). */
const allowedCharacters: ReadonlySet<string> = windows31jCharacters();

function windows31jCharacters(): Set<string> {
  const decoder = new TextDecoder('shift_jis');
  const characters = new Set<string>();
  for (let code = 0x20; code < 0x7f; code += 1) characters.add(String.fromCharCode(code));
  for (let code = 0xff61; code <= 0xff9f; code += 1) characters.add(String.fromCharCode(code));
  for (let lead = 0x81; lead <= 0xfc; lead += 1) {
    if (lead > 0x9f && lead < 0xe0) continue;
    for (let trail = 0x40; trail <= 0xfc; trail += 1) {
      const decoded = decoder.decode(Uint8Array.of(lead, trail));
      const isPrivate = decoded >= '\ue000' && decoded <= '\uf8ff';
      if ([...decoded].length === 1 && decoded !== '\ufffd' && !isPrivate) characters.add(decoded);
    }
  }
  return characters;
}

const isAllowed = (text: string): boolean => [...text].every((character) => allowedCharacters.has(character));

/** assumed: every character counts as one full-width character, half-width ones too (the strict reading). */
const widthOf = (text: string): number => [...text].length;

interface TextRule {
  required?: string;
  characters: string;
  length: string;
}

function textCodes(text: string, limit: number, rule: TextRule): string[] {
  if (text === '') return rule.required ? [rule.required] : [];
  const codes: string[] = [];
  if (!isAllowed(text)) codes.push(rule.characters);
  if (widthOf(text) > limit) codes.push(rule.length);
  return codes;
}

/** assumed: the address begins with its prefecture, and only the prefecture is compared. */
function postalCodeCodes(postalCode: string, address: string, rule: PartyCodes['postalCode']): string[] {
  if (postalCode === '') return [rule.required];
  if (!/^[\d-]+$/.test(postalCode)) return [rule.characters];
  if (!/^\d{3}-?\d{4}$/.test(postalCode)) return [rule.format];
  if (address === '') return [];
  return prefecturesOf(postalCode).some((prefecture) => address.startsWith(prefecture))
    ? []
    : [rule.mismatch];
}

function phoneCodes(phone: string, rule: PartyCodes['phone']): string[] {
  if (phone === '') return [rule.required];
  if (!/^[\d-]+$/.test(phone)) return [rule.characters];
  if (!/^0\d*(-\d+)*$/.test(phone)) return [rule.format];
  const digits = phone.replaceAll('-', '');
  if (/^0[256789]0/.test(digits)) return digits.length === 11 ? [] : [rule.mobileDigits];
  return digits.length === 10 ? [] : [rule.digits];
}

function emailCodes(email: string, required: boolean): string[] {
  if (email === '') return required ? ['E0100068'] : [];
  const codes: string[] = [];
  if (email.length > 100) codes.push('E0100070');
  if (!/^[\x21-\x7e]+$/.test(email)) codes.push('E0100069');
  else if (!/^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$/.test(email)) codes.push('E0100071');
  return codes;
}

function partyCodes(party: Record<string, unknown>, rules: PartyCodes): string[] {
  const address = textOf(party.address);
  return [
    ...textCodes(textOf(party.customer_name), 21, rules.name),
    ...textCodes(textOf(party.customer_name_kana), 25, rules.kana),
    ...textCodes(textOf(party.company_name), 30, rules.company),
    ...textCodes(textOf(party.department_name), 30, rules.department),
    ...postalCodeCodes(textOf(party.zip_code), address, rules.postalCode),
    ...textCodes(address, 55, rules.address),
    ...phoneCodes(textOf(party.tel), rules.phone),
  ];
}

const isInteger = (value: unknown): value is number => Number.isSafeInteger(value);

/** Codes of the amount and the goods. Reregistration brings these two alone. */
export function amountCodes(transaction: WireTransaction): string[] {
  const billedAmount = transaction.billed_amount;
  const goods: unknown = transaction.goods;
  const codes: string[] = [];
  const billedIsGood = isInteger(billedAmount) && billedAmount >= 1 && billedAmount <= 9_999_999;
  if (!billedIsGood) codes.push(sandboxCodes.billedAmount);
  const lines = Array.isArray(goods) ? goods.map(fieldsOf) : [];
  let totalYen = 0;
  let goodsAreGood = lines.length > 0;
  for (const { goods_name: name, goods_price: priceYen, quantity } of lines) {
    const nameIsGood = textOf(name) !== '' && widthOf(textOf(name)) <= 150;
    if (!nameIsGood || !isInteger(priceYen) || !isInteger(quantity) || quantity < 1) goodsAreGood = false;
    else totalYen += priceYen * quantity;
  }
  if (!goodsAreGood) codes.push(sandboxCodes.goods);
  if (billedIsGood && goodsAreGood && Math.abs(totalYen - billedAmount) > goodsDifferenceLimitYen) {
    codes.push('E0102004');
  }
  return codes;
}

/** Codes of the two fields that name a registration. */
export function identityCodes(transaction: WireTransaction): string[] {
  const id = textOf(transaction.shop_transaction_id);
  const codes: string[] = [];
  if (id === '' || id.length > 40) codes.push(sandboxCodes.shopTransactionId);
  if (!isCalendarDate(textOf(transaction.shop_order_date))) codes.push(sandboxCodes.shopOrderDate);
  return codes;
}

/**
 * All codes with which NP refuses a transaction (sections 4b to 4d). Empty: it is acceptable.
 * A wiz transaction may leave the destination out or blank (an integrator sends blank strings).
 */
export function transactionCodes(transaction: WireTransaction, settings: Settings): string[] {
  const settlementType = textOf(transaction.settlement_type);
  const customer = fieldsOf(transaction.customer);
  const destination = fieldsOf(transaction.dest_customer);
  const isBlank = Object.values(destination).every((value) => textOf(value) === '');
  const codes = identityCodes(transaction);
  if (settlementType !== '02' && settlementType !== '03') codes.push(sandboxCodes.settlementType);
  if (widthOf(textOf(transaction.site_name)) > 50 || widthOf(textOf(transaction.site_url)) > 100) {
    codes.push(sandboxCodes.site);
  }
  codes.push(
    ...partyCodes(customer, customerCodes),
    ...emailCodes(textOf(customer.email), settings.emailRequired),
  );
  if (!(settlementType === '03' && isBlank)) codes.push(...partyCodes(destination, destinationCodes));
  codes.push(...amountCodes(transaction));
  return codes;
}

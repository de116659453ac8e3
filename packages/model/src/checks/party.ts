import type { Party } from '../order.js';
import type { Problem } from '../reasons.js';
import { normalisePhone, normalisePostalCode } from '../text.js';
import { findControls, findNotEncodable, findOthers, findTooLong } from './characters.js';
import { addressMatches, type PostalLookup } from './postal.js';
import { partyRules, type PartyRule, type PartyRuleId, type PartySide } from './rules.js';

/** What the checks need to know beside the payload. */
export interface CheckContext {
  /** Whether NP asks this shop for the buyer's mail address (true unless the shop is exempt: RE024). */
  readonly emailRequired?: boolean;
  readonly postalLookup: PostalLookup;
}

type Figures = Readonly<Record<string, number>>;
type PartyTest = (value: string, limit: number, party: Party, context: CheckContext) => Figures | null;

const failed: Figures = {};
const failIf = (fails: boolean, figures: Figures = failed): Figures | null => (fails ? figures : null);

/** NP's prefixes of eleven digits (E0100066); 0800 numbers have eleven as well, 0120 numbers ten. */
const elevenDigitPrefix = /^0[256789]0/u;

const phoneDigits = (phone: string): string | null => (/^0\d*$/u.test(phone) ? phone : null);
const postalDigits = (postalCode: string): string => normalisePostalCode(postalCode).replace('-', '');

/** What fails each rule, for a value that is not blank; the figures go into the message, null passes. */
const partyTests: Readonly<Record<PartyRuleId, PartyTest>> = {
  required: () => null,
  'too-long': findTooLong,
  'prohibited-characters': findControls,
  'not-encodable': findNotEncodable,
  'postal-characters': (value) => findOthers(postalDigits(value), /\d/u),
  'postal-format': (value, limit) => {
    const digits = postalDigits(value);
    return failIf(/^\d*$/u.test(digits) && digits.length !== limit, { limit, length: digits.length });
  },
  'postal-unknown': (value, _limit, _party, { postalLookup }) => {
    const digits = postalDigits(value);
    return failIf(/^\d{7}$/u.test(digits) && !postalLookup(digits)?.length);
  },
  'postal-mismatch': (value, _limit, { address }, { postalLookup }) => {
    const digits = postalDigits(value);
    const areas = /^\d{7}$/u.test(digits) ? postalLookup(digits) : null;
    return failIf(Boolean(areas?.length && address.trim() && !addressMatches(address, areas)));
  },
  'phone-characters': (value) => findOthers(normalisePhone(value), /\d/u),
  'phone-format': (value) => failIf(/^([1-9]\d*)?$/u.test(normalisePhone(value))),
  'phone-eleven-digits': (value, limit) => {
    const digits = phoneDigits(normalisePhone(value));
    return failIf(digits !== null && elevenDigitPrefix.test(digits) && digits.length !== limit, {
      limit,
      length: digits?.length ?? 0,
    });
  },
  'phone-ten-digits': (value, limit) => {
    const digits = phoneDigits(normalisePhone(value));
    return failIf(digits !== null && !elevenDigitPrefix.test(digits) && digits.length !== limit, {
      limit,
      length: digits?.length ?? 0,
    });
  },
  'email-characters': (value) => findOthers(value, /[!-~]/u),
  'email-format': (value) => failIf(!/^[^@]+@[^@.]+(\.[^@.]+)+$/u.test(value)),
};

/** All problems of one party. A blank field fails `required` and nothing else. */
export function checkParty(side: PartySide, party: Party, context: CheckContext): Problem[] {
  return partyRules.flatMap((rule) => {
    const npCode = rule[side];
    if (npCode === null) return [];
    const figures = figuresOf(rule, party, context);
    if (!figures) return [];
    const withFigures = Object.keys(figures).length > 0 ? { figures: { ...figures } } : {};
    return [{ field: `${side}.${rule.field}`, rule: rule.rule, npCode, ...withFigures }];
  });
}

function figuresOf(
  { field, rule, limit = 0 }: PartyRule,
  party: Party,
  context: CheckContext,
): Figures | null {
  const value = party[field] ?? '';
  if (value.trim() !== '') return partyTests[rule](value, limit, party, context);
  const isWanted = field !== 'email' || (context.emailRequired ?? true);
  return failIf(rule === 'required' && isWanted);
}

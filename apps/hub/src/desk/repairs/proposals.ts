import {
  countCharacters,
  isEncodable,
  normaliseDigits,
  normalisePhone,
  partyRules,
  replaceTwins,
  type CorrectablePath,
  type PostalLookup,
} from '@np-hub/model';

/** How a value was changed, for people: what they confirm, order by order. */
export type ProposalHow =
  | 'building-to-department'
  | 'shortened'
  | 'characters-replaced'
  | 'characters-removed'
  | 'phone-zero'
  | 'phone-first'
  | 'postal-zero'
  | 'mail-cleaned';

export interface Proposal {
  readonly how: ProposalHow;
  readonly fields: Readonly<Partial<Record<CorrectablePath, string>>>;
}

/** A value that a rule refuses, with what stands beside it. */
export interface Refused {
  readonly path: CorrectablePath;
  readonly rule: string;
  readonly value: string;
  /** The department of the same person, where a building may go. */
  readonly department: string;
}

/**
 * What might put a value right. Only a proposal: whoever applies it has seen it, and it is checked against NP's rules
 * before it is shown. Null where nothing but the buyer can tell: a name is never cut, a street number never made up.
 */
export function proposalOf(refused: Refused, postalLookup: PostalLookup): Proposal | null {
  const field = refused.path.slice(refused.path.indexOf('.') + 1);
  switch (refused.rule) {
    case 'too-long':
      return field === 'address' ? shorterAddress(refused) : shortened(refused, field);
    case 'prohibited-characters':
    case 'not-encodable':
      return withoutStrange(refused);
    case 'postal-format':
      return postalZero(refused, postalLookup);
    case 'phone-characters':
    case 'phone-format':
    case 'phone-ten-digits':
    case 'phone-eleven-digits':
      return phone(refused);
    case 'email-characters':
    case 'email-format':
      return mail(refused);
    default:
      return null;
  }
}

const limitOf = (field: string): number =>
  partyRules.find((rule) => rule.field === field && rule.rule === 'too-long')?.limit ?? Infinity;

/**
 * Building and room go to the department field, where both parts then fit and nothing stands there: the letter still
 * arrives. Cutting the address would lose the room, so that is never proposed.
 */
function shorterAddress({ path, value, department }: Refused): Proposal | null {
  if (department.trim() !== '') return null;
  const spaces = [...value.matchAll(/[\s　]+/gu)].map(({ index }) => index);
  // The latest space first: as much as possible stays in the address.
  for (const at of spaces.reverse()) {
    const [street, building] = [value.slice(0, at).trim(), value.slice(at).trim()];
    const fits =
      countCharacters(street) <= limitOf('address') && countCharacters(building) <= limitOf('department');
    if (fits && /\d|[０-９一二三四五六七八九十]/u.test(street)) {
      const to = path.replace('address', 'department') as CorrectablePath;
      return { how: 'building-to-department', fields: { [path]: street, [to]: building } };
    }
  }
  return null;
}

/** Company, department and kana only help the postman; a name and a mail address say who somebody is. */
function shortened({ path, value }: Refused, field: string): Proposal | null {
  if (!['company', 'department', 'kana'].includes(field)) return null;
  const short = [...value].slice(0, limitOf(field)).join('').trim();
  return { how: 'shortened', fields: { [path]: short } };
}

/** Letters that NP's character set lacks, and the usual form of each. */
const usualForms: Readonly<Record<string, string>> = {
  '𠮷': '吉',
  '𡈽': '土',
  '𣘺': '橋',
  '𫝆': '今',
  '𥧄': '寃',
};

/** Usual forms of letters, and away with signs and controls. A letter without a usual form stays for a person. */
function withoutStrange({ path, value }: Refused): Proposal | null {
  const replaced = [...replaceTwins(value)].map((letter) => usualForms[letter] ?? letter).join('');
  const cleaned = replaced
    .replaceAll(/[\p{Cc}]+/gu, ' ')
    .replaceAll(/[\p{Extended_Pictographic}\p{Cf}\u{fe0e}\u{fe0f}\p{Emoji_Modifier}]/gu, (sign) =>
      isEncodable(sign) ? sign : '',
    )
    .trim();
  if (cleaned === '' || cleaned === value.trim()) return null;
  return {
    how: cleaned === replaced.trim() ? 'characters-replaced' : 'characters-removed',
    fields: { [path]: cleaned },
  };
}

/** Spreadsheets drop the zero in front, and people write two numbers, or a remark, into one field. */
function phone({ path, value }: Refused): Proposal | null {
  const digits = normalisePhone(value);
  if (/^[1-9]\d{8}$|^[5789]0\d{8}$/u.test(digits)) {
    return { how: 'phone-zero', fields: { [path]: `0${digits}` } };
  }
  const [first] = value.normalize('NFKC').split(/[/,、;:\n]|または|もしくは|\(|（|[^\d\s()+ー－‐−–—-]{2,}/u);
  const found = normalisePhone(first ?? '');
  if (!/^0\d{9,10}$/u.test(found) || found === digits) return null;
  return { how: 'phone-first', fields: { [path]: found } };
}

function postalZero({ path, value }: Refused, lookup: PostalLookup): Proposal | null {
  const digits = normaliseDigits(value).replaceAll(/\D/gu, '');
  if (digits.length !== 6 || !lookup(`0${digits}`)?.length) return null;
  return { how: 'postal-zero', fields: { [path]: `0${digits.slice(0, 2)}-${digits.slice(2)}` } };
}

function mail({ path, value }: Refused): Proposal | null {
  const cleaned = value
    .normalize('NFKC')
    .replaceAll(/\s|^mailto:|[<>,;。、]/gu, '')
    .replace(/\.+$/u, '');
  return cleaned === '' || cleaned === value ? null : { how: 'mail-cleaned', fields: { [path]: cleaned } };
}

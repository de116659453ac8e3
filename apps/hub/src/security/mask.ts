import { normaliseDigits, type Party } from '@np-hub/model';

/** Always of the same length: how long the hidden part is says something about it. */
const hidden = '＊＊';

const firstThenHidden = (text: string): string => {
  const [first] = text.trim();
  return first === undefined ? '' : `${first}${hidden}`;
};

/** `山田 太郎` → `山＊＊`. */
export const maskName = firstThenHidden;

/** `090-1234-5678` → `＊＊＊-＊＊＊＊-5678`; fewer than eight digits show nothing. */
export function maskPhone(phone: string): string {
  const digits = normaliseDigits(phone).replace(/\D/gu, '');
  if (phone.trim() === '') return '';
  return digits.length < 8 ? '＊＊＊-＊＊＊＊-＊＊＊＊' : `＊＊＊-＊＊＊＊-${digits.slice(-4)}`;
}

/** `anna@example.jp` → `a＊＊@…`: a domain of one's own would name the person. */
export const maskEmail = (email: string): string =>
  email.trim() === '' ? '' : `${firstThenHidden(email)}@…`;

/** `東京都港区…` → `東京都＊＊＊`. */
export function maskAddress(address: string): string {
  if (address.trim() === '') return '';
  const [prefecture = ''] = /^(?:北海道|東京都|京都府|大阪府|[^\s\d]{2,3}県)/u.exec(address.trim()) ?? [];
  return `${prefecture}＊＊＊`;
}

const maskOptional = <Key extends string>(
  key: Key,
  value: string | undefined,
  mask: (text: string) => string,
) => (value === undefined ? {} : ({ [key]: mask(value) } as Record<Key, string>));

/** A person as a viewer may see it: the fields that were there are still there. */
export function maskParty(party: Party): Party {
  return {
    name: maskName(party.name),
    ...maskOptional('kana', party.kana, firstThenHidden),
    ...maskOptional('company', party.company, firstThenHidden),
    ...maskOptional('department', party.department, firstThenHidden),
    postalCode: party.postalCode === '' ? '' : '＊＊＊-＊＊＊＊',
    address: maskAddress(party.address),
    phone: maskPhone(party.phone),
    ...maskOptional('email', party.email, maskEmail),
  };
}

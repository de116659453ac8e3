/** Whatever of people and secrets the demo holds, and where of it something was found: by value, in anything. */

/** Keys under which the sandbox's carts keep what belongs to a person. */
const personKeys = ['name', 'kana', 'tel', 'phone', 'email', 'address', 'address2', 'street', 'building'];

function peopleIn(value: unknown): Readonly<Record<string, unknown>>[] {
  if (typeof value !== 'object' || value === null) return [];
  const below = Object.values(value).flatMap(peopleIn);
  return 'email' in value ? [value as Record<string, unknown>, ...below] : below;
}

function valuesOf(person: Readonly<Record<string, unknown>>): string[] {
  const text = (key: string): string => (typeof person[key] === 'string' ? person[key] : '');
  const names = [
    ['familyName', 'givenName'],
    ['familyKana', 'givenKana'],
  ].flatMap(([family = '', given = '']) => [text(family) + text(given), `${text(family)} ${text(given)}`]);
  const phones = [text('tel'), text('phone')].map((phone) => phone.replaceAll('-', ''));
  return [...personKeys.map(text), ...names, ...phones, text('name').replaceAll(' ', '')];
}

/** Everything about the buyers of these orders that is long enough to be nobody else's word. */
export const personalValues = (orders: unknown): ReadonlySet<string> =>
  new Set(
    peopleIn(orders)
      .flatMap(valuesOf)
      .map((value) => value.trim())
      .filter((value) => value.length >= 4),
  );

/** As text, and as it stands in JSON, in an address, and in Shift_JIS and hex dumps of bytes. */
const spellingsOf = (value: string): string[] => [
  value,
  JSON.stringify(value).slice(1, -1),
  encodeURIComponent(value),
  Buffer.from(value).toString('hex'),
  Buffer.from(value).toString('base64').replace(/=+$/u, ''),
];

/** The values that stand in the text, in whatever spelling. */
export function found(values: Iterable<string>, text: string): string[] {
  return [...values].filter((value) => spellingsOf(value).some((spelling) => text.includes(spelling)));
}

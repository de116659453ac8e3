const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Reads base 32 as an authenticator app does (RFC 4648). */
export function fromBase32(text: string): Buffer {
  const bits = [...text].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const bytes = bits.match(/.{8}/gu) ?? [];
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
}

import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** RFC 6238 with what every authenticator app takes: SHA-1, 30 seconds, six digits. */
const stepSeconds = 30;
const digits = 6;
/** One step before and after: clocks differ, and people type (RFC 6238, 5.2). */
const tolerance = [0, -1, 1] as const;
/** As long as the hash (RFC 4226, 4, R6). */
const secretBytes = 20;
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

export const newTotpSecret = (): Buffer => randomBytes(secretBytes);

/** RFC 4648 base 32 without padding, as authenticator apps read a secret. */
export function base32(bytes: Buffer): string {
  let [text, bits, held] = ['', 0, 0];
  for (const byte of bytes) {
    held = (held << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5) text += alphabet[(held >>> (bits - 5)) & 31];
    held &= 0xff;
  }
  return bits > 0 ? text + alphabet[(held << (5 - bits)) & 31] : text;
}

export const stepOf = (at: Date): number => Math.floor(at.getTime() / 1_000 / stepSeconds);

/** The code of one step (RFC 4226, 5.3); `length` digits. */
export function codeAt(secret: Buffer, step: number, length = digits): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const hash = createHmac('sha1', secret).update(counter).digest();
  const offset = (hash.at(-1) ?? 0) & 0xf;
  const number = hash.readUInt32BE(offset) & 0x7fffffff;
  return String(number % 10 ** length).padStart(length, '0');
}

/** The step whose code this is, around `at`; null where it is the code of none. */
export function stepOfCode(secret: Buffer, code: string, at: Date): number | null {
  const given = Buffer.from(code);
  const fits = (step: number): boolean => {
    const right = Buffer.from(codeAt(secret, step));
    return right.length === given.length && timingSafeEqual(right, given);
  };
  return tolerance.map((away) => stepOf(at) + away).find(fits) ?? null;
}

/** What an authenticator app is given, as a link or as a picture of it. */
export function otpauthUri(secret: Buffer, login: string): string {
  const label = `np-hub:${encodeURIComponent(login)}`;
  return `otpauth://totp/${label}?secret=${base32(secret)}&issuer=np-hub&algorithm=SHA1&digits=${digits}&period=${stepSeconds}`;
}

import { isIPv6 } from 'node:net';

const groupsOfAddress = 8;
const groupsOfNetwork = 4;
/** 0:0:0:0:0:ffff:a.b.c.d, as the URL standard writes it (RFC 4291, 2.5.5.2). */
const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/u;

/**
 * By what requests of one caller are counted together: an IPv4 address, or the /64 of an IPv6 address, all of whose
 * addresses one line or one machine has to itself (RFC 6177).
 */
export function networkOf(address: string): string {
  const plain = address.replace(/%.*$/u, '');
  if (!isIPv6(plain)) return address;
  const canonical = new URL(`http://[${plain}]`).hostname.slice(1, -1);
  const [, high, low] = mapped.exec(canonical) ?? [];
  if (high !== undefined && low !== undefined) return [high, low].flatMap(bytesOf).join('.');
  const [head, tail] = canonical.split('::').map((part) => (part === '' ? [] : part.split(':')));
  const before = head ?? [];
  const behind = tail ?? [];
  const middle = Array.from({ length: groupsOfAddress - before.length - behind.length }, () => '0');
  return `${[...before, ...middle, ...behind].slice(0, groupsOfNetwork).join(':')}::/64`;
}

function bytesOf(group: string): readonly number[] {
  const value = Number.parseInt(group, 16);
  return [value >> 8, value & 255];
}

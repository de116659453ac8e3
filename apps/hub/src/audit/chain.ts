import { createHmac } from 'node:crypto';

/** One line of the trail: who did what to which thing. Neither personal data of buyers nor secrets stand in `details`. */
export interface AuditLine {
  readonly sequence: number;
  /** ISO 8601. */
  readonly at: string;
  /** Login of a person, `key:<name>` of a program, or `system`. */
  readonly by: string;
  readonly action: string;
  /** `<kind>:<id>`. */
  readonly object: string;
  readonly shopId: string | null;
  readonly details: unknown;
}

/**
 * The hash of a line, over the hash of the line before it. Keyed: whoever can write to the database alone cannot
 * make a chain that holds.
 */
export function chainHash(key: Buffer, previous: Buffer, line: AuditLine): Buffer {
  const { sequence, at, by, action, object, shopId, details } = line;
  const text = JSON.stringify([sequence, at, by, action, object, shopId, JSON.stringify(details)]);
  return createHmac('sha256', key).update(previous).update(text, 'utf8').digest();
}

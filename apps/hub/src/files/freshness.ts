/** What is known of one part of an order. */
export interface KnownPart {
  readonly hash: string;
  /** What the part says is not older than this. */
  readonly knownAt: Date;
}

/** What a file says of the same part. */
export interface FreshPart {
  readonly hash: string;
  /** When the file was made; null where nobody knows. */
  readonly madeAt: Date | null;
}

/** The order's own stamps (the cart's time of change), as the known parts and the new ones read; null: none. */
export interface Stamps {
  readonly known: string | null;
  readonly fresh: string | null;
}

export type Freshness = 'new' | 'same' | 'newer' | 'older';

/**
 * Whether a part of a file may replace what is known. The order's own stamps decide; without them, or where they are
 * equal, the time at which the file was made does. What cannot be proven newer and differs counts as older: a person
 * is asked.
 */
export function freshnessOf(known: KnownPart | undefined, fresh: FreshPart, stamps: Stamps): Freshness {
  if (!known) return 'new';
  if (known.hash === fresh.hash) return 'same';
  const ahead = stamps.known && stamps.fresh ? Date.parse(stamps.fresh) - Date.parse(stamps.known) : 0;
  if (ahead !== 0) return ahead > 0 ? 'newer' : 'older';
  return fresh.madeAt && fresh.madeAt > known.knownAt ? 'newer' : 'older';
}

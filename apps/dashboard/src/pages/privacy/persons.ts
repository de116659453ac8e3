import type { BuyerMatch } from '@np-hub/model';

/** One buyer among those whom a search has found, with what is theirs. */
export interface Person {
  readonly buyer: number;
  /** Their newest order: it tells who they are. */
  readonly newest: BuyerMatch;
  readonly matches: readonly BuyerMatch[];
}

export const matchKey = ({ shopId, id }: Pick<BuyerMatch, 'shopId' | 'id'>): string => `${shopId} ${id}`;

/** The buyers behind these transactions, in the order of first sight. */
export function personsOf(matches: readonly BuyerMatch[]): readonly Person[] {
  const of = new Map<number, BuyerMatch[]>();
  for (const match of matches) of.set(match.buyer, [...(of.get(match.buyer) ?? []), match]);
  return [...of].flatMap(([buyer, theirs]) => {
    const [newest] = theirs;
    return newest ? [{ buyer, newest, matches: theirs }] : [];
  });
}

/** What is chosen at first: everything of the one buyer there is, and nothing among namesakes. */
export const firstChoice = (matches: readonly BuyerMatch[]): ReadonlySet<string> =>
  new Set(personsOf(matches).length === 1 ? matches.map(matchKey) : []);

import type { Keyring } from '../security/keyring.js';
import { hashPayload } from '../security/payload-hash.js';
import type { OrderRead } from './taken.js';

/** By what a record is told from another. Each is compared, stored and compared again: its hashes are made once. */
export class ReadHashes {
  private readonly whole = new WeakMap<OrderRead, string>();
  private readonly wordless = new WeakMap<OrderRead, string>();

  constructor(private readonly keyring: Keyring) {}

  /** Tells whether the cart's record is the same to the letter. */
  reading(read: OrderRead): string {
    return read.print ?? once(this.whole, read, () => hashPayload(this.keyring, JSON.stringify(read.raw)));
  }

  /** The same without the NP word, which the hub itself changes there. */
  content(read: OrderRead): string {
    const { raw, order } = read;
    const withoutWord = (_: string, value: unknown): unknown => (value === order.npWord ? null : value);
    return once(this.wordless, read, () =>
      order.npWord === null
        ? this.reading(read)
        : hashPayload(this.keyring, JSON.stringify(raw, withoutWord)),
    );
  }
}

function once(known: WeakMap<OrderRead, string>, read: OrderRead, make: () => string): string {
  const value = known.get(read) ?? make();
  known.set(read, value);
  return value;
}

import { inspectTable, readTable, type FileLayout, type TableHead, type TableOptions } from '@np-hub/kit';

/** A row of a deposit file without the buyer: what cannot be read as such has no id, and nothing of it goes further. */
export interface DepositRow {
  readonly line: number;
  readonly serial: string;
  readonly np_transaction_id: string;
  readonly shop_transaction_id: string;
  readonly total_yen: number | null;
  readonly fee_yen: number | null;
  readonly tax_yen: number | null;
  readonly paid_yen: number | null;
}

/** An upload whose beginning is looked at before all of it is read; only that beginning is ever held. */
export class DepositUpload {
  private readonly source: AsyncIterator<Uint8Array>;
  private readonly seen: Uint8Array[] = [];

  constructor(source: AsyncIterable<Uint8Array>) {
    this.source = source[Symbol.asyncIterator]();
  }

  /** What the file turns out to be. Call it first. */
  head(layout: FileLayout<never>, options: TableOptions): Promise<TableHead> {
    return inspectTable(this.chunks(true), layout, options);
  }

  /** All rows, a thousand at a time. */
  async *rows(head: TableHead): AsyncGenerator<readonly DepositRow[]> {
    for await (const batch of readTable(this.chunks(false), head))
      yield batch.map(({ line, row, problem }) => rowOf(line, problem === null ? row : {}));
  }

  /** Reads what is left and forgets it, so that an answer can be given. */
  async drain(): Promise<void> {
    while (!(await this.source.next()).done);
  }

  private async *chunks(keep: boolean): AsyncGenerator<Uint8Array> {
    yield* keep ? [] : this.seen.splice(0);
    for (;;) {
      const next = await this.source.next();
      if (next.done) return;
      if (keep) this.seen.push(next.value);
      yield next.value;
    }
  }
}

const unreadable = {
  serial: '',
  np_transaction_id: '',
  shop_transaction_id: '',
  total_yen: null,
  fee_yen: null,
  tax_yen: null,
  paid_yen: null,
};

function rowOf(line: number, cells: Readonly<Record<string, string>>): DepositRow {
  const [serial, npId, shopId] = [
    textOf(cells['serial']),
    textOf(cells['npTransactionId']),
    textOf(cells['shopTransactionId']),
  ];
  const [total, fee, tax, paid] = [
    yenOf(cells['totalYen']),
    yenOf(cells['feeYen']),
    yenOf(cells['taxYen']),
    yenOf(cells['paidYen']),
  ];
  const isSound =
    /^\d{11}$/u.test(npId) &&
    /^\d{0,10}$/u.test(serial) &&
    /^[\w-]{0,40}$/u.test(shopId) &&
    total !== null &&
    fee !== null &&
    tax !== null &&
    paid !== null;
  if (!isSound) return { line, ...unreadable };
  return {
    line,
    serial,
    np_transaction_id: npId,
    shop_transaction_id: shopId,
    total_yen: total,
    fee_yen: fee,
    tax_yen: tax,
    paid_yen: paid,
  };
}

/** As spreadsheets leave it: widths, spaces, and the mark that keeps leading zeros. */
const textOf = (cell: string | undefined): string =>
  (cell ?? '').normalize('NFKC').trim().replace(/^'/u, '').slice(0, 60);

/** Whole yen, with commas or without; null for anything else. */
function yenOf(cell: string | undefined): number | null {
  const plain = textOf(cell)
    .replace(/^([-−▲△]?)[¥\\]/u, '$1')
    .replace(/円$/u, '')
    .replaceAll(',', '')
    .replace(/^[−▲△]/u, '-');
  return /^-?\d{1,12}$/u.test(plain) ? Number(plain) : null;
}

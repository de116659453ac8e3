import { Inject, Injectable } from '@nestjs/common';
import type { FileOrder, FileRow } from '@np-hub/kit';
import { DataSource, type EntityManager } from 'typeorm';
import { unnestRows } from '../database/bulk.js';
import { openJson, sealJson } from '../security/cipher.js';
import type { Keyring } from '../security/keyring.js';
import { hashPayload } from '../security/payload-hash.js';
import { KEYRING } from '../tokens.js';

/** Names one part: what one kind of file says of one order, or one row of it where rows add up. */
export interface PartKey {
  readonly orderNumber: string;
  readonly layout: string;
  /** Empty where a newer file replaces all rows of the order. */
  readonly rowKey: string;
}

/** A part without what it says: enough to tell whether a file says the same. */
export interface PartMark extends PartKey {
  readonly hash: string;
  /** What it says is not older than this. */
  readonly knownAt: Date;
  /** The import that brought this content. */
  readonly importId: string;
}

/** A part as it is kept. */
export interface StoredPart extends PartMark {
  readonly rows: readonly FileRow[];
}

type MarkRow = Readonly<{
  order_number: string;
  layout: string;
  row_key: string;
  hash: string;
  known_at: Date;
  import_id: string;
}>;

type PartRow = MarkRow & { readonly sealed: Buffer };

const markColumns = 'order_number, layout, row_key, hash, known_at, import_id';

const recordId = (shopId: string, { orderNumber, layout, rowKey }: PartKey): string =>
  JSON.stringify(['file-part', shopId, orderNumber, layout, rowKey]);

/** What files have said of each order: kept encrypted, so that orders can be read again without the files. */
@Injectable()
export class FileParts {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(KEYRING) private readonly keyring: Keyring,
  ) {}

  /** All that files have said of these orders; an order that no file has named is absent. */
  async ordersOf(shopId: string, orderNumbers: readonly string[]): Promise<ReadonlyMap<string, FileOrder>> {
    const parts = await this.find(this.database.manager, shopId, orderNumbers);
    return new Map([...parts].map(([orderNumber, of]) => [orderNumber, fileOrderOf(of)]));
  }

  /** The parts of these orders, by their numbers. */
  async find(
    manager: EntityManager,
    shopId: string,
    orderNumbers: readonly string[],
  ): Promise<ReadonlyMap<string, readonly StoredPart[]>> {
    if (orderNumbers.length === 0) return new Map();
    const rows = await manager.query<PartRow[]>(
      `select ${markColumns}, sealed from file_parts
       where shop_id = $1 and order_number = any($2) order by order_number, layout, row_key`,
      [shopId, orderNumbers],
    );
    return byOrder(rows.map((row) => this.open(shopId, row)));
  }

  /** As `find`, without what the parts say: nothing is decrypted. */
  async marks(
    manager: EntityManager,
    shopId: string,
    orderNumbers: readonly string[],
  ): Promise<ReadonlyMap<string, readonly PartMark[]>> {
    if (orderNumbers.length === 0) return new Map();
    const rows = await manager.query<MarkRow[]>(
      `select ${markColumns} from file_parts
       where shop_id = $1 and order_number = any($2) order by order_number, layout, row_key`,
      [shopId, orderNumbers],
    );
    return byOrder(rows.map(markOf));
  }

  /** What is known of these orders, by number: equal as long as neither a file nor the cart has said anything else of one. */
  async prints(
    manager: EntityManager,
    shopId: string,
    orderNumbers: readonly string[],
  ): Promise<ReadonlyMap<string, string>> {
    if (orderNumbers.length === 0) return new Map();
    const rows = await manager.query<{ number: string; print: string }[]>(
      `select n.number, encode(sha256(convert_to(
         concat_ws(' ', t.content_hash, (t.facts -> 'cart')::jsonb - 'npWord', p.hashes), 'UTF8')), 'hex') as print
       from unnest($2::text[]) as n(number)
       left join transactions t on t.shop_id = $1 and t.order_number = n.number
       left join lateral (select string_agg(concat_ws(' ', layout, row_key, hash), ' ' order by layout, row_key) as hashes
         from file_parts where shop_id = $1 and order_number = n.number) p on true`,
      [shopId, orderNumbers],
    );
    return new Map(rows.map(({ number, print }) => [number, print]));
  }

  /** Tells whether two parts say the same to the letter. */
  hashOf(rows: readonly FileRow[]): string {
    const canonical = rows.map((row) => Object.entries(row).sort(([one], [other]) => (one < other ? -1 : 1)));
    return hashPayload(this.keyring, JSON.stringify(canonical));
  }

  /** Tells whether an order is made of the same parts to the letter, by their hashes alone. */
  printOf(parts: readonly PartMark[]): string {
    const marks = inOrder(parts).map(({ layout, rowKey, hash }) => [layout, rowKey, hash]);
    return hashPayload(this.keyring, JSON.stringify(marks));
  }

  /** Notes that these parts were said still at a time; one that says something else by now is left alone. */
  async confirm(
    manager: EntityManager,
    shopId: string,
    parts: readonly PartMark[],
    knownAt: Date,
  ): Promise<void> {
    const earlier = parts.filter((part) => part.knownAt < knownAt);
    if (earlier.length === 0) return;
    const columns = { order_number: 'text', layout: 'text', row_key: 'text', hash: 'text' };
    const { sql, parameters } = unnestRows(columns, earlier.map(markRow), 3);
    await manager.query(
      `update file_parts p set known_at = $2 from ${sql} n
       where p.shop_id = $1 and p.order_number = n.order_number and p.layout = n.layout and p.row_key = n.row_key
         and p.hash = n.hash and p.known_at < $2`,
      [shopId, knownAt, ...parameters],
    );
  }

  /** Keeps these parts in place of those of the same names. */
  async put(manager: EntityManager, shopId: string, parts: readonly StoredPart[]): Promise<void> {
    if (parts.length === 0) return;
    const values = parts.map((part) => ({
      ...markRow(part),
      sealed: sealJson(this.keyring, recordId(shopId, part), part.rows),
    }));
    const columns = {
      order_number: 'text',
      layout: 'text',
      row_key: 'text',
      sealed: 'bytea',
      hash: 'text',
      known_at: 'timestamptz',
      import_id: 'uuid',
    };
    const names = Object.keys(columns).join(', ');
    const { sql, parameters } = unnestRows(columns, values, 2);
    await manager.query(
      `insert into file_parts (shop_id, ${names}) select $1, ${names} from ${sql} n
       on conflict (shop_id, order_number, layout, row_key) do update set sealed = excluded.sealed,
         hash = excluded.hash, known_at = excluded.known_at, import_id = excluded.import_id`,
      [shopId, ...parameters],
    );
  }

  /** Forgets orders that are not the hub's to keep. */
  async forget(shopId: string, orderNumbers: readonly string[]): Promise<void> {
    if (orderNumbers.length === 0) return;
    await this.database.query('delete from file_parts where shop_id = $1 and order_number = any($2)', [
      shopId,
      orderNumbers,
    ]);
  }

  private open(shopId: string, row: PartRow): StoredPart {
    const mark = markOf(row);
    return {
      ...mark,
      rows: openJson(this.keyring, recordId(shopId, mark), row.sealed) as readonly FileRow[],
    };
  }
}

const markOf = (row: MarkRow): PartMark => ({
  orderNumber: row.order_number,
  layout: row.layout,
  rowKey: row.row_key,
  hash: row.hash,
  knownAt: row.known_at,
  importId: row.import_id,
});

const markRow = (part: PartMark): MarkRow => ({
  order_number: part.orderNumber,
  layout: part.layout,
  row_key: part.rowKey,
  hash: part.hash,
  known_at: part.knownAt,
  import_id: part.importId,
});

function byOrder<Part extends PartKey>(parts: readonly Part[]): ReadonlyMap<string, readonly Part[]> {
  const orders = new Map<string, Part[]>();
  for (const part of parts) {
    const known = orders.get(part.orderNumber);
    if (known) known.push(part);
    else orders.set(part.orderNumber, [part]);
  }
  return orders;
}

/** Always the same way, whichever file came first: by layout, and by key where rows add up. */
const inOrder = <Part extends Pick<PartKey, 'layout' | 'rowKey'>>(parts: readonly Part[]): readonly Part[] =>
  parts.toSorted((one, other) => compare(one.layout, other.layout) || compare(one.rowKey, other.rowKey));

const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other));

/** The parts of one order as its adapter reads them: rows by layout, those that add up in the order of their keys. */
export function fileOrderOf(parts: readonly Pick<StoredPart, 'layout' | 'rows' | 'rowKey'>[]): FileOrder {
  const order: Record<string, FileRow[]> = {};
  for (const { layout, rows } of inOrder(parts)) order[layout] = [...(order[layout] ?? []), ...rows];
  return order;
}

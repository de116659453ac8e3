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

/** A part as it is kept. */
export interface StoredPart extends PartKey {
  readonly rows: readonly FileRow[];
  readonly hash: string;
  /** What it says is not older than this. */
  readonly knownAt: Date;
  /** The import that brought this content. */
  readonly importId: string;
}

interface PartRow {
  readonly order_number: string;
  readonly layout: string;
  readonly row_key: string;
  readonly sealed: Buffer;
  readonly hash: string;
  readonly known_at: Date;
  readonly import_id: string;
}

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
      `select order_number, layout, row_key, sealed, hash, known_at, import_id from file_parts
       where shop_id = $1 and order_number = any($2) order by order_number, layout, row_key`,
      [shopId, orderNumbers],
    );
    const parts = new Map<string, StoredPart[]>();
    for (const row of rows) {
      const part = this.open(shopId, row);
      parts.set(part.orderNumber, [...(parts.get(part.orderNumber) ?? []), part]);
    }
    return parts;
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

  /** Keeps these parts in place of those of the same names. */
  async put(manager: EntityManager, shopId: string, parts: readonly StoredPart[]): Promise<void> {
    if (parts.length === 0) return;
    const values = parts.map((part) => ({
      order_number: part.orderNumber,
      layout: part.layout,
      row_key: part.rowKey,
      sealed: sealJson(this.keyring, recordId(shopId, part), part.rows),
      hash: part.hash,
      known_at: part.knownAt,
      import_id: part.importId,
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
    const key = { orderNumber: row.order_number, layout: row.layout, rowKey: row.row_key };
    const rows = openJson(this.keyring, recordId(shopId, key), row.sealed) as readonly FileRow[];
    return { ...key, rows, hash: row.hash, knownAt: row.known_at, importId: row.import_id };
  }
}

/** The parts of one order as its adapter reads them: rows by layout, those that add up in the order of their keys. */
export function fileOrderOf(parts: readonly Pick<StoredPart, 'layout' | 'rows' | 'rowKey'>[]): FileOrder {
  const order: Record<string, FileRow[]> = {};
  const sorted = [...parts].sort((one, other) => (one.rowKey < other.rowKey ? -1 : 1));
  for (const { layout, rows } of sorted) order[layout] = [...(order[layout] ?? []), ...rows];
  return order;
}

import type { EntityManager } from 'typeorm';

/** Where a statement goes whose result nobody asks for: into the database at once, or to others that wait (`Together`). */
export interface Writes {
  query(sql: string, parameters: unknown[]): Promise<unknown>;
}

/**
 * Statements that leave together, as one: each way to the database and back costs more than most of them. They must not
 * build on each other, for they all see what was there before, and their order is PostgreSQL's; none names a row of another.
 */
export class Together implements Writes {
  readonly #statements: string[] = [];
  readonly #parameters: unknown[] = [];

  /** Keeps a statement until `run`. */
  query(sql: string, parameters: unknown[]): Promise<void> {
    const before = this.#parameters.length;
    this.#statements.push(sql.replace(/\$(\d+)/gu, (_, number: string) => `$${Number(number) + before}`));
    this.#parameters.push(...parameters);
    return Promise.resolve();
  }

  /** Sends what has been kept; nothing where nothing was. */
  async run(manager: EntityManager): Promise<void> {
    if (this.#statements.length === 0) return;
    const parts = this.#statements.map((sql, index) => `w${index} as (${sql})`);
    await manager.query(`with ${parts.join(',\n')} select 1`, this.#parameters);
  }
}

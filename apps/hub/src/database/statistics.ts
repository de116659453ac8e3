import { Inject, Injectable } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { DataSource } from 'typeorm';
import { Tick } from '../scheduler/tick.js';

/** Enough to tell how many there are: of 300 times as many rows the first column is looked at. */
const fewRows = 5;
/** Smaller tables are read whole as fast as by any plan. */
const fewestPages = 8;

/**
 * Tells the planner of tables that have doubled since it last heard of them. Autovacuum comes by once a minute, and until
 * then sessions keep the plans that they made for nearly empty tables: the check of a foreign key then reads all orders
 * of the shop for each row, by an index that cost no more than the right one while the table was empty.
 */
@Injectable()
export class Statistics extends Tick {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(SchedulerRegistry) registry: SchedulerRegistry,
  ) {
    super(registry, { name: 'statistics', pauseMs: 5_000, work: () => this.refresh() });
  }

  /** Gives the names of the tables that were looked at; none where nothing has grown so much. */
  async refresh(): Promise<readonly string[]> {
    // How large it is, the planner hears with the first column too. The others are left to autovacuum: some are long.
    const grown = await this.database.query<{ name: string; column: string }[]>(
      `select c.oid::regclass::text as name, quote_ident(a.attname) as column
       from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum = 1
       where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace
         and pg_relation_size(c.oid) / current_setting('block_size')::int > 2 * greatest(c.relpages, ${fewestPages})`,
    );
    for (const { name, column } of grown)
      await this.database.transaction(async (manager) => {
        await manager.query(`set local default_statistics_target = ${fewRows}`);
        // Another hub that is at the same table is left alone with it.
        await manager.query(`analyze (skip_locked) ${name} (${column})`);
      });
    return grown.map(({ name }) => name);
  }
}

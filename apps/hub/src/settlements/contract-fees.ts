import { Inject, Injectable } from '@nestjs/common';
import type { Clock, ContractFees, FeeInput } from '@np-hub/model';
import { DataSource } from 'typeorm';
import { Audit } from '../audit/audit.js';
import { unnestRows } from '../database/bulk.js';
import { problemOf } from '../http/problem.js';
import { Connections, gatewayOf } from '../shops/connections.js';
import { CLOCK } from '../tokens.js';

/** SBPS names its fee without tax (seed 000); consumption tax on it. */
const gatewayTaxPercent = 10;

interface StoredFees {
  readonly connection_id: string;
  readonly rate_basis_points: number;
  readonly per_transaction_yen: number;
  readonly tax_percent: number;
}

/** What each contract charges: entered by an operator, or public with the gateway. Where neither is, nothing is guessed. */
@Injectable()
export class ContractFeeBook {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Connections) private readonly connections: Connections,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Those of all connections, or of the ones that the shops of a scope use. */
  async list(scope: readonly string[] | null): Promise<readonly ContractFees[]> {
    const connections = await this.connections.list(scope);
    const ids = connections.map(({ id }) => id);
    const [terms, stored] = await Promise.all([
      this.connections.termsOf(ids),
      this.database.query<StoredFees[]>('select * from contract_fees where connection_id = any($1)', [ids]),
    ]);
    const set = new Map(stored.map((row) => [row.connection_id, row]));
    return connections.map(({ id, name, gateway }) => {
      const connection = { connectionId: id, name, deposits: gatewayOf(gateway).depositFile !== undefined };
      return feesOf(connection, set.get(id), terms.get(id)?.fees ?? null);
    });
  }

  /** Keeps what an operator has read in the contract. Throws 404. */
  async set(connectionId: string, fees: FeeInput, by: string): Promise<ContractFees> {
    const before = (await this.list(null)).find((one) => one.connectionId === connectionId);
    if (!before) throw problemOf(404);
    await this.database.transaction(async (manager) => {
      await manager.query(
        `insert into contract_fees (connection_id, rate_basis_points, per_transaction_yen, tax_percent, by_login, changed_at)
         values ($1, $2, $3, $4, $5, $6) on conflict (connection_id) do update set
           rate_basis_points = excluded.rate_basis_points, per_transaction_yen = excluded.per_transaction_yen,
           tax_percent = excluded.tax_percent, by_login = excluded.by_login, changed_at = excluded.changed_at`,
        [connectionId, fees.rateBasisPoints, fees.perTransactionYen, fees.taxPercent, by, this.clock.now()],
      );
      const details = { before, after: fees };
      await this.audit.record(manager, {
        by,
        action: 'fees-set',
        object: `connection:${connectionId}`,
        details,
      });
    });
    return { ...before, ...fees, source: 'set' };
  }
}

function feesOf(
  connection: Pick<ContractFees, 'connectionId' | 'name' | 'deposits'>,
  set: StoredFees | undefined,
  gateway: { readonly transactionYen: number } | null,
): ContractFees {
  if (set)
    return {
      ...connection,
      source: 'set',
      rateBasisPoints: set.rate_basis_points,
      perTransactionYen: set.per_transaction_yen,
      taxPercent: set.tax_percent,
    };
  return {
    ...connection,
    source: gateway ? 'gateway' : 'unknown',
    rateBasisPoints: gateway ? 0 : null,
    perTransactionYen: gateway?.transactionYen ?? null,
    taxPercent: gateway ? gatewayTaxPercent : null,
  };
}

/**
 * SQL: billings of `where` with what is expected for each, as `p`. The fee is a part of the billed amount, rounded down,
 * and a sum a transaction; of a cancelled one only the sum, and nothing if cancelled on the day of the report (seed 000
 * says so of SBPS; that NP does the same, and the rounding, is assumed). `first` is the number of its first parameter.
 */
export function pricedBillings(fees: readonly ContractFees[], where: string, first: number) {
  const known = fees.filter(({ source }) => source !== 'unknown');
  const { sql, parameters } = unnestRows(
    { connection_id: 'uuid', rate: 'int', per: 'int', tax: 'int' },
    known.map(({ connectionId, rateBasisPoints, perTransactionYen, taxPercent }) => ({
      connection_id: connectionId,
      rate: rateBasisPoints,
      per: perTransactionYen,
      tax: taxPercent,
    })),
    first,
  );
  const day = (column: string) => `(b.${column} at time zone 'Asia/Tokyo')::date`;
  return {
    parameters,
    sql: `(
      select q.*, floor(q.fee_yen * q.tax / 100.0)::bigint as tax_yen,
        (case when q.cancelled_at is null then q.billed_yen else 0 end)
          - q.fee_yen - floor(q.fee_yen * q.tax / 100.0)::bigint as payout_yen
      from (
        select b.*, ${day('reported_at')} as reported_on, ${day('cancelled_at')} as cancelled_on, f.tax,
          case when f.connection_id is null or b.billed_yen is null then null
            when ${day('cancelled_at')} = ${day('reported_at')} then 0
            when b.cancelled_at is not null then f.per
            else floor(b.billed_yen * f.rate / 10000.0)::bigint + f.per end as fee_yen
        from billings b left join ${sql} f on f.connection_id = b.connection_id
        where b.reported_at is not null and ${where}) q)`,
  };
}

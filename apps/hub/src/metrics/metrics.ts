import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@np-hub/model';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { DataSource } from 'typeorm';
import { CLOCK } from '../tokens.js';
import { callSeconds, callsTotal } from './calls.js';
import { gaugeQueries } from './gauges.js';

type Row = Readonly<Record<string, string | number>> & { readonly value: number };

/** Figures for Prometheus: of this process, and of the database that all hubs share. */
@Injectable()
export class Metrics {
  private registry: Registry | undefined;

  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** In Prometheus' own text. */
  text(): Promise<string> {
    this.registry ??= this.makeRegistry();
    return this.registry.metrics();
  }

  get contentType(): string {
    return Registry.PROMETHEUS_CONTENT_TYPE;
  }

  /** Made at the first scrape: a hub that nobody watches measures nothing. */
  private makeRegistry(): Registry {
    const registry = new Registry();
    collectDefaultMetrics({ register: registry });
    registry.registerMetric(callsTotal);
    registry.registerMetric(callSeconds);
    for (const { name, help, labels, sql } of gaugeQueries) {
      const database = this.database;
      const clock = this.clock;
      const gauge = new Gauge({
        name,
        help,
        labelNames: [...labels],
        registers: [],
        async collect() {
          const rows = await database.query<Row[]>(sql, [clock.now()]);
          this.reset();
          for (const row of rows) {
            const names = Object.fromEntries(labels.map((label) => [label, String(row[label])]));
            this.set(names, Number(row.value));
          }
        },
      });
      registry.registerMetric(gauge);
    }
    return registry;
  }
}

import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ShopPolicies } from '@np-hub/model';

/** The credentials of one merchant at one gateway. `settings` is encrypted. */
@Entity('connections')
export class ConnectionEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') name!: string;
  @Column('text') gateway!: string;
  /** Names the merchant at the gateway: connections of one merchant share it. */
  @Column('text') merchant!: string;
  @Column('bytea') settings!: Buffer;
  /** What the gateway last complained of as a whole; null while calls go through. */
  @Column('text', { nullable: true }) trouble!: string | null;
  @Column('timestamptz', { name: 'paused_until', nullable: true }) pausedUntil!: Date | null;
  /** `down`: only a small question is asked now and then. `trying`: single lines go out (backpressure/recovery.ts). */
  @Column('text', { nullable: true }) recovery!: 'down' | 'trying' | null;
  @Column('text', { nullable: true }) failing!: string | null;
  @Column('int', { default: 0 }) failures!: number;
  @Column('timestamptz', { name: 'trouble_since', nullable: true }) troubleSince!: Date | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
}

/** One shop of one cart. `settings` is encrypted. */
@Entity('shops')
export class ShopEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') name!: string;
  @Column('text') adapter!: string;
  @Column('uuid', { name: 'connection_id' }) connectionId!: string;
  @Column('bytea') settings!: Buffer;
  @Column('jsonb') policies!: ShopPolicies;
  @Column('text') mode!: 'draft' | 'live' | 'paused';
  /** The hub is responsible for orders from here on. */
  @Column('timestamptz', { name: 'takeover_at', nullable: true }) takeoverAt!: Date | null;
  /** Out of service: orders placed from then on are left alone. */
  @Column('timestamptz', { name: 'retired_at', nullable: true }) retiredAt!: Date | null;
  @Column('timestamptz', { name: 'next_run_at', nullable: true }) nextRunAt!: Date | null;
  @Column('timestamptz', { name: 'hinted_at', nullable: true }) hintedAt!: Date | null;
  @Column('timestamptz', { name: 'swept_at', nullable: true }) sweptAt!: Date | null;
  @Column('timestamptz', { name: 'reconcile_at', nullable: true }) reconcileAt!: Date | null;
  @Column('int', { name: 'quiet_runs', default: 0 }) quietRuns!: number;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
}

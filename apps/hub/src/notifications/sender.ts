import { Inject, Injectable } from '@nestjs/common';
import type { ChannelTest, Clock, IdSource } from '@np-hub/model';
import { DataSource } from 'typeorm';
import type { SignedInUser } from '../accounts/sessions.js';
import type { Environment } from '../env.js';
import type { Timing } from '../timing.js';
import { CLOCK, ENVIRONMENT, IDS, TIMING } from '../tokens.js';
import { send } from '../webhooks-out/send.js';
import type { Alert } from './alerts.js';
import { Channels, isWanted, type ChannelRow } from './channels.js';
import { Mailer, type Outcome } from './mailer.js';
import { messageOf, testMessage, type Message } from './messages.js';
import { nextMinute, quietUntil } from './quiet.js';
import { callOf } from './targets.js';

const leaseMs = 60_000;
const channelsPerRun = 20;
/** After the first alert others are waited for, so that many orders are one message. */
const batchMs = 30_000;
const mostRead = 500;
const longestPauseMs = 3_600_000;

/**
 * Tells each channel what it has not been told, in one message, at least once: its place moves on only when the
 * message has been taken. A channel that does not answer is tried again later and holds up no other.
 */
@Injectable()
export class AlertSender {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Channels) private readonly channels: Channels,
    @Inject(Mailer) private readonly mailer: Mailer,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: IdSource,
    @Inject(TIMING) private readonly timing: Pick<Timing, 'retryMs'>,
    @Inject(ENVIRONMENT) private readonly environment: Pick<Environment, 'webhookPrivate' | 'publicUrl'>,
  ) {}

  /** Sends what is due; waits for all of it. */
  async run(): Promise<void> {
    const token = this.ids.next();
    const rows = await this.claim(token);
    await Promise.all(rows.map((row) => this.deliver(row, token)));
  }

  /** One message now, for a person to see whether it arrives. */
  async test(user: SignedInUser, id: string): Promise<ChannelTest> {
    const row = await this.channels.row(user, id);
    const { ok, trouble } = await this.bring(row, testMessage(row.language), []);
    return { ok, message: trouble ?? 'done' };
  }

  private async claim(token: string): Promise<readonly ChannelRow[]> {
    const now = this.clock.now();
    const [rows] = await this.database.query<[ChannelRow[], number]>(
      `update channels c set lease_token = $1, lease_until = $2 from (
         select c.id from channels c join users u on u.id = c.user_id
         where not c.paused and not u.disabled and c.next_at <= $3 and (c.lease_until is null or c.lease_until < $3)
           and c.position < (select coalesce(max(id), 0) from alerts)
         order by c.next_at limit ${channelsPerRun} for update of c skip locked) d
       where c.id = d.id returning c.*`,
      [token, new Date(now.getTime() + leaseMs), now],
    );
    return rows;
  }

  private async deliver(row: ChannelRow, token: string): Promise<void> {
    const now = this.clock.now();
    const hours = { quietFrom: row.quiet_from, quietTo: row.quiet_to, digestAt: row.digest_at };
    const { alerts, more, end } = await this.waiting(row);
    const [first] = alerts;
    if (!first) return this.settle(row, token, { position: end, nextAt: this.later(row, now), failures: 0 });
    const quiet = quietUntil(now, hours);
    const batch = new Date(first.at.getTime() + batchMs);
    const notBefore = quiet ?? (row.digest_at === null && batch > now ? batch : null);
    if (notBefore)
      return this.settle(row, token, { position: row.position, nextAt: notBefore, failures: row.failures });
    const link = this.environment.publicUrl;
    const digest = row.digest_at !== null;
    const message = messageOf(alerts, { language: row.language, link, digest, more });
    const outcome = await this.bring(row, message, alerts);
    if (outcome.ok) {
      const sent = { position: end, nextAt: this.later(row, now), failures: 0, sentAt: now };
      return this.settle(row, token, sent);
    }
    const pauseMs = Math.min(this.timing.retryMs * 2 ** Math.min(row.failures, 12), longestPauseMs);
    const nextAt = new Date(now.getTime() + pauseMs);
    const { trouble } = outcome;
    return this.settle(row, token, { position: row.position, nextAt, failures: row.failures + 1, trouble });
  }

  /** When the channel is looked at next, once there is something. */
  private later({ digest_at: digestAt }: ChannelRow, now: Date): Date {
    return digestAt === null ? now : nextMinute(now, digestAt);
  }

  private async waiting(row: ChannelRow): Promise<{ alerts: readonly Alert[]; more: number; end: string }> {
    const [last] = await this.database.query<{ id: string }[]>(
      'select coalesce(max(id), 0) as id from alerts',
    );
    const end = last?.id ?? row.position;
    const wanted = `from alerts a join channels c on c.id = $1 join users u on u.id = c.user_id
      where a.id > $2 and a.id <= $3 and ${isWanted}`;
    const alerts = await this.database.query<Alert[]>(
      `select a.id, a.at, a.topic, a.shop_id as "shopId", a.connection_id as "connectionId", a.body,
         (select name from shops s where s.id = a.shop_id) as "shopName" ${wanted} order by a.id limit ${mostRead}`,
      [row.id, row.position, end],
    );
    if (alerts.length < mostRead) return { alerts, more: 0, end };
    const [all] = await this.database.query<{ count: number }[]>(`select count(*)::int as count ${wanted}`, [
      row.id,
      row.position,
      end,
    ]);
    return { alerts, more: (all?.count ?? alerts.length) - alerts.length, end };
  }

  private async bring(row: ChannelRow, message: Message, alerts: readonly Alert[]): Promise<Outcome> {
    const target = this.channels.open(row);
    if (target.kind === 'mail') return this.mailer.send(target.address, message);
    const call = callOf(target, { id: this.ids.next(), at: this.clock.now(), message, alerts });
    const { outcome, status } = await send(call, this.environment.webhookPrivate);
    if (outcome === 'done') return { ok: true, trouble: null };
    return { ok: false, trouble: status === null ? outcome : `${outcome}: HTTP ${status}` };
  }

  /** Gives the channel back; nothing is said of one that people have changed, or another hub holds, meanwhile. */
  private async settle(
    { id, position: from }: ChannelRow,
    token: string,
    {
      position,
      nextAt,
      failures,
      trouble = null,
      sentAt = null,
    }: {
      readonly position: string;
      readonly nextAt: Date;
      readonly failures: number;
      readonly trouble?: string | null;
      readonly sentAt?: Date | null;
    },
  ): Promise<void> {
    await this.database.query(
      `update channels set lease_token = null, lease_until = null, position = $4, next_at = $5, failures = $6,
         trouble = $7, sent_at = coalesce($8, sent_at)
       where id = $1 and lease_token = $2 and position = $3`,
      [id, token, from, position, nextAt, failures, trouble, sentAt],
    );
  }
}

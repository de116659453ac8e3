import { Inject, Injectable } from '@nestjs/common';
import type {
  ChannelKind,
  ChannelsView,
  ChannelView,
  Clock,
  IdSource,
  NewChannelView,
  Topic,
} from '@np-hub/model';
import { DataSource } from 'typeorm';
import { refuseWiderScope } from '../accounts/scope.js';
import type { SignedInUser } from '../accounts/sessions.js';
import { Audit } from '../audit/audit.js';
import type { Environment } from '../env.js';
import { ApiProblem, problemOf, wrongField } from '../http/problem.js';
import { wrongFields } from '../http/validation.js';
import { openJson, sealJson } from '../security/cipher.js';
import type { Keyring } from '../security/keyring.js';
import { CLOCK, ENVIRONMENT, IDS, KEYRING } from '../tokens.js';
import { newSecret } from '../webhooks-out/signature.js';
import { refusePrivateUrl } from '../webhooks-out/url-rule.js';
import { Mailer } from './mailer.js';
import { nextMinute, type Hours } from './quiet.js';
import { shownTarget, targetSchema, type Target } from './targets.js';

export interface ChannelRow {
  readonly id: string;
  readonly user_id: string;
  readonly name: string;
  readonly kind: ChannelKind;
  readonly sealed: Buffer;
  readonly topics: Topic[];
  readonly shop_ids: string[] | null;
  readonly language: 'ja' | 'en';
  readonly quiet_from: number | null;
  readonly quiet_to: number | null;
  readonly digest_at: number | null;
  readonly paused: boolean;
  readonly position: string;
  readonly failures: number;
  readonly trouble: string | null;
  readonly sent_at: Date | null;
}

export interface ChannelSettings extends Hours {
  readonly name: string;
  readonly topics: readonly Topic[];
  readonly shopIds: readonly string[] | null;
  readonly language: 'ja' | 'en';
}

export interface NewChannel extends ChannelSettings {
  readonly target: Readonly<Record<string, unknown>>;
}

export interface ChannelChange extends Partial<ChannelSettings> {
  readonly paused?: boolean | undefined;
}

const mostPerPerson = 20;
export const channelRecordId = (id: string): string => `channel:${id}`;

/** The alerts that a channel `c` of the person `u` is to tell: by topic, by shops, and by what the person may see. */
export const isWanted = `a.topic = any(c.topics)
  and (a.shop_id is null or c.shop_ids is null or a.shop_id = any(c.shop_ids))
  and (a.shop_id is null or u.shop_ids is null or a.shop_id = any(u.shop_ids))
  and (a.connection_id is null or (c.shop_ids is null and u.shop_ids is null) or exists (
    select from shops s where s.connection_id = a.connection_id
      and (c.shop_ids is null or s.id = any(c.shop_ids)) and (u.shop_ids is null or s.id = any(u.shop_ids))))`;

/** Where people have the hub tell them things: each manages their own. */
@Injectable()
export class Channels {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Mailer) private readonly mailer: Mailer,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: IdSource,
    @Inject(KEYRING) private readonly keyring: Keyring,
    @Inject(ENVIRONMENT) private readonly environment: Pick<Environment, 'webhookPrivate'>,
  ) {}

  async list(user: SignedInUser): Promise<ChannelsView> {
    const rows = await this.database.query<(ChannelRow & { waiting: number })[]>(
      `select c.*, (select count(*)::int from (select from alerts a where a.id > c.position and ${isWanted} limit 1000) w)
         as waiting
       from channels c join users u on u.id = c.user_id where c.user_id = $1 order by c.created_at, c.id`,
      [user.id],
    );
    return { channels: rows.map((row) => this.viewOf(row, row.waiting)), mail: this.mailer.isReady };
  }

  async create(user: SignedInUser, given: NewChannel): Promise<NewChannelView> {
    await refuseWiderScope(this.database, user, given.shopIds ?? user.shopIds);
    const target = this.targetOf(given.target);
    const [own] = await this.database.query<{ count: number }[]>(
      'select count(*)::int as count from channels where user_id = $1',
      [user.id],
    );
    if ((own?.count ?? 0) >= mostPerPerson) throw new ApiProblem(409, 'too-many-channels', tooMany);
    const id = this.ids.next();
    const now = this.clock.now();
    await this.database.transaction(async (manager) => {
      await manager.query(
        `insert into channels (id, user_id, name, kind, sealed, topics, shop_ids, language, quiet_from, quiet_to,
           digest_at, position, next_at, created_at)
         select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, coalesce(max(id), 0), $12, $13 from alerts`,
        [
          id,
          user.id,
          given.name,
          target.kind,
          sealJson(this.keyring, channelRecordId(id), target),
          given.topics,
          given.shopIds,
          given.language,
          given.quietFrom,
          given.quietTo,
          given.digestAt,
          given.digestAt === null ? now : nextMinute(now, given.digestAt),
          now,
        ],
      );
      const { name, topics, shopIds } = given;
      const details = { name, kind: target.kind, topics, shopIds };
      await this.audit.record(manager, {
        by: user.login,
        action: 'channel-made',
        object: channelRecordId(id),
        details,
      });
    });
    const secret = target.kind === 'webhook' ? target.secret : null;
    return { channel: this.viewOf(await this.row(user, id), 0), secret };
  }

  async change(user: SignedInUser, id: string, change: ChannelChange): Promise<ChannelView> {
    const row = await this.row(user, id);
    const before = this.viewOf(row, 0);
    if (change.shopIds !== undefined)
      await refuseWiderScope(this.database, user, change.shopIds ?? user.shopIds);
    const next = { ...before, ...withoutAbsent(change) };
    const now = this.clock.now();
    await this.database.transaction(async (manager) => {
      await manager.query(
        `update channels set name = $2, topics = $3, shop_ids = $4, language = $5, quiet_from = $6, quiet_to = $7,
           digest_at = $8, paused = $9, next_at = $10, failures = 0, trouble = null,
           -- What came during a pause is old: it stands in the inbox.
           position = case when paused and not $9 then (select coalesce(max(id), 0) from alerts) else position end
         where id = $1`,
        [
          id,
          next.name,
          next.topics,
          next.shopIds,
          next.language,
          next.quietFrom,
          next.quietTo,
          next.digestAt,
          next.paused,
          next.digestAt === null ? now : nextMinute(now, next.digestAt),
        ],
      );
      const details = { name: next.name, topics: next.topics, shopIds: next.shopIds, paused: next.paused };
      await this.audit.record(manager, {
        by: user.login,
        action: 'channel-changed',
        object: channelRecordId(id),
        details,
      });
    });
    return this.viewOf(await this.row(user, id), 0);
  }

  async remove(user: SignedInUser, id: string): Promise<void> {
    await this.row(user, id);
    await this.database.transaction(async (manager) => {
      await manager.query('delete from channels where id = $1', [id]);
      await this.audit.record(manager, {
        by: user.login,
        action: 'channel-removed',
        object: channelRecordId(id),
      });
    });
  }

  /** One of a person's own. Throws 404. */
  async row(user: SignedInUser, id: string): Promise<ChannelRow> {
    const [row] = await this.database.query<ChannelRow[]>(
      'select * from channels where id = $1 and user_id = $2',
      [id, user.id],
    );
    if (!row) throw problemOf(404);
    return row;
  }

  open({ id, sealed }: Pick<ChannelRow, 'id' | 'sealed'>): Target {
    return targetSchema.parse(openJson(this.keyring, channelRecordId(id), sealed));
  }

  private targetOf(given: Readonly<Record<string, unknown>>): Target {
    const withSecret = given['kind'] === 'webhook' ? { ...given, secret: newSecret() } : given;
    const read = targetSchema.safeParse(withSecret);
    if (!read.success) {
      const fields = wrongFields(read.error.issues).map((one) => ({ ...one, field: `target.${one.field}` }));
      throw new ApiProblem(400, 'invalid-input', wrong, fields);
    }
    const { data } = read;
    if (data.kind === 'mail' && !this.mailer.isReady) throw wrongField('target.kind', noMail);
    if ('url' in data) refusePrivateUrl(data.url, this.environment.webhookPrivate, 'target.url');
    return data;
  }

  private viewOf(row: ChannelRow, waiting: number): ChannelView {
    return {
      id: row.id,
      name: row.name,
      kind: row.kind,
      target: shownTarget(this.open(row)),
      topics: row.topics,
      shopIds: row.shop_ids,
      language: row.language,
      quietFrom: row.quiet_from,
      quietTo: row.quiet_to,
      digestAt: row.digest_at,
      paused: row.paused,
      waiting,
      failures: row.failures,
      trouble: row.trouble,
      sentAt: row.sent_at?.toISOString() ?? null,
    };
  }
}

const withoutAbsent = (change: ChannelChange): Partial<ChannelView> =>
  Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));

const wrong = { ja: '入力内容を確認してください。', en: 'Please check what was entered.' };
const tooMany = {
  ja: `通知先は1人${mostPerPerson}件までです。`,
  en: `A person has ${mostPerPerson} channels at most.`,
};
const noMail = {
  ja: 'メールサーバーが設定されていません（NP_HUB_SMTP_URL、NP_HUB_MAIL_FROM）。',
  en: 'The hub has no mail server (NP_HUB_SMTP_URL, NP_HUB_MAIL_FROM).',
};

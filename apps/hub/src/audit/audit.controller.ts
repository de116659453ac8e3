import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { auditPageSchema, type AuditLineView, type AuditPage } from '@np-hub/model';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { CurrentUser, Roles } from '../accounts/session-guard.js';
import type { SignedInUser } from '../accounts/sessions.js';
import { Described } from '../http/described.js';

const querySchema = z.object({
  before: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  by: z
    .string()
    .max(200)
    .regex(/^\P{Cc}*$/u)
    .optional(),
});

interface Row extends Omit<AuditLineView, 'sequence' | 'at'> {
  readonly sequence: string;
  readonly at: Date;
}

/** The audit trail. Whoever has some shops sees the lines of those alone. */
@ApiTags('audit')
@Roles('operator')
@Controller('audit')
export class AuditController {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  @Described('Who has changed what, the newest first', auditPageSchema)
  @Get()
  async page(
    @CurrentUser() user: SignedInUser,
    @Query({ schema: querySchema }) query: z.infer<typeof querySchema>,
  ): Promise<AuditPage> {
    const rows = await this.database.query<Row[]>(
      `select sequence, at, by_login as by, action, object, shop_id as "shopId", details from audit
       where ($1::bigint is null or sequence < $1) and ($2::uuid[] is null or shop_id = any($2))
         and ($3::text is null or by_login = $3)
       order by sequence desc limit $4`,
      [query.before ?? null, user.shopIds, query.by ?? null, query.limit],
    );
    const lines = rows.map(({ sequence, at, ...row }) => ({
      ...row,
      sequence: Number(sequence),
      at: at.toISOString(),
    }));
    return { rows: lines, next: rows.length === query.limit ? (lines.at(-1)?.sequence ?? null) : null };
  }
}

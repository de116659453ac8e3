import { Readable } from 'node:stream';
import { Controller, Get, Inject, Query, StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { gatePageSchema, gateSchema, japaneseDay, type Clock, type GatePage } from '@np-hub/model';
import { z } from 'zod';
import { visibleShops } from '../accounts/scope.js';
import { CurrentUser } from '../accounts/session-guard.js';
import type { SignedInUser } from '../accounts/sessions.js';
import { Described, DescribedFile } from '../http/described.js';
import { CLOCK } from '../tokens.js';
import { ShipGates } from './gate.js';

/** A shop and an order number, as `next` gives them; a NUL is no text to PostgreSQL. */
const isPlace = (text: string): boolean =>
  z.uuid().safeParse(text.split('_', 1)[0]).success && text.includes('_') && !text.includes('\u0000');

const filterSchema = z.object({ gate: gateSchema.optional(), shopId: z.uuid().optional() });
const pageSchema = filterSchema.extend({
  after: z
    .string()
    .max(300)
    .refine(isPlace, '前回の応答の next を指定してください。 / Give the `next` of an earlier answer.')
    .optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(200),
});
const exportSchema = filterSchema.extend({ encoding: z.enum(['cp932', 'utf8']).default('cp932') });

/** Ship, wait or stop: what the warehouse asks before goods leave. Also for API keys. */
@ApiTags('gate')
@Controller('gate')
export class GateController {
  constructor(
    @Inject(ShipGates) private readonly gates: ShipGates,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Described('Ship, wait or stop with the reason, for orders whose shipment is not reported', gatePageSchema)
  @Get()
  page(
    @CurrentUser() user: SignedInUser,
    @Query({ schema: pageSchema }) { shopId, ...query }: z.infer<typeof pageSchema>,
  ): Promise<GatePage> {
    return this.gates.page({ ...query, shopIds: visibleShops(user, shopId) });
  }

  @DescribedFile('What may be shipped and what may not, for a spreadsheet')
  @Get('export.csv')
  file(
    @CurrentUser() user: SignedInUser,
    @Query({ schema: exportSchema }) { gate, shopId, encoding }: z.infer<typeof exportSchema>,
  ): StreamableFile {
    const csv = this.gates.csv({ gate, shopIds: visibleShops(user, shopId) }, encoding);
    return new StreamableFile(Readable.from(csv), {
      type: `text/csv; charset=${encoding === 'utf8' ? 'utf-8' : 'Shift_JIS'}`,
      disposition: `attachment; filename="ship-gate-${japaneseDay(this.clock.now())}.csv"`,
    });
  }
}

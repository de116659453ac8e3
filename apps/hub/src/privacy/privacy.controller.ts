import { Body, Controller, Get, Inject, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  buyerMatchesSchema,
  retentionPreviewSchema,
  retentionSchema,
  type BuyerMatches,
  type RetentionPreview,
  type RetentionView,
} from '@np-hub/model';
import { z } from 'zod';
import { CurrentUser, EveryShop, PeopleOnly, Roles } from '../accounts/session-guard.js';
import type { SignedInUser } from '../accounts/sessions.js';
import { Described } from '../http/described.js';
import { Buyers } from './buyers.js';
import { Retention } from './retention.js';

const searchSchema = z.object({
  q: z
    .string()
    .min(1)
    .max(200)
    .transform((text) => text.replaceAll('\u0000', '').trim()),
});
const keysSchema = z.object({
  keys: z
    .array(z.object({ shopId: z.uuid(), id: z.uuid() }))
    .min(1)
    .max(200),
});

/** What buyers may ask of whoever holds their data, and how long it is held. The search comes in the body: no log has it. */
@ApiTags('privacy')
@Roles('operator')
@PeopleOnly()
@Controller('privacy')
export class PrivacyController {
  constructor(
    @Inject(Buyers) private readonly buyers: Buyers,
    @Inject(Retention) private readonly retention: Retention,
  ) {}

  @Described('Transactions of people with a name, phone or mail', buyerMatchesSchema)
  @Post('buyers/find')
  find(
    @CurrentUser() user: SignedInUser,
    @Body({ schema: searchSchema }) { q }: z.infer<typeof searchSchema>,
  ): Promise<BuyerMatches> {
    return this.buyers.find(user, q);
  }

  @Described('Everything that is held about the people of these transactions', z.array(z.unknown()))
  @Post('buyers/export')
  export(
    @CurrentUser() user: SignedInUser,
    @Body({ schema: keysSchema }) { keys }: z.infer<typeof keysSchema>,
  ): Promise<readonly object[]> {
    return this.buyers.export(user, keys);
  }

  @Described('Forgets the people of these finished transactions for good', z.object({ erased: z.int() }))
  @Post('buyers/erase')
  erase(
    @CurrentUser() user: SignedInUser,
    @Body({ schema: keysSchema }) { keys }: z.infer<typeof keysSchema>,
  ): Promise<{ readonly erased: number }> {
    return this.buyers.erase(user, keys);
  }

  @Described('How long each kind of data is kept', retentionSchema)
  @EveryShop()
  @Get('retention')
  show(): Promise<RetentionView> {
    return this.retention.show();
  }

  @Described('Changes how long each kind of data is kept', retentionSchema)
  @Roles('owner')
  @EveryShop()
  @Put('retention')
  change(
    @CurrentUser() user: SignedInUser,
    @Body({ schema: retentionSchema }) body: z.infer<typeof retentionSchema>,
  ): Promise<RetentionView> {
    return this.retention.change(user.login, body);
  }

  @Described(
    'What the next run would erase if data were kept so long; changes nothing',
    retentionPreviewSchema,
  )
  @Roles('owner')
  @EveryShop()
  @Post('retention/preview')
  preview(
    @Body({ schema: retentionSchema }) body: z.infer<typeof retentionSchema>,
  ): Promise<RetentionPreview> {
    return this.retention.preview(body);
  }
}

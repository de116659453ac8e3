import { Body, Controller, Inject, Ip, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type BuyerPage, buyerPageSchema, correctablePaths } from '@np-hub/model';
import { z } from 'zod';
import { Public } from '../accounts/session-guard.js';
import { Described } from '../http/described.js';
import { BuyerCorrections } from './buyer.js';

// In the body, and never in an address: addresses stand in logs.
const tokenSchema = z.object({ token: z.string().min(1).max(100) });
const correctSchema = tokenSchema.extend({
  fields: z.partialRecord(z.enum(correctablePaths), z.string().max(300)),
});

/** The buyer's page. Public: whoever has the link may use it once; nothing else opens anything. */
@ApiTags('buyer-link')
@Public()
@Controller('buyer-link')
export class BuyerController {
  constructor(@Inject(BuyerCorrections) private readonly buyer: BuyerCorrections) {}

  @Described('What a buyer sees behind a link', buyerPageSchema)
  @Post('read')
  read(
    @Ip() address: string,
    @Body({ schema: tokenSchema }) body: z.infer<typeof tokenSchema>,
  ): Promise<BuyerPage> {
    return this.buyer.page(body.token, address);
  }

  @Described('What a buyer corrects behind a link', null, 204)
  @Post('correct')
  correct(
    @Ip() address: string,
    @Body({ schema: correctSchema }) { token, fields }: z.infer<typeof correctSchema>,
  ): Promise<void> {
    return this.buyer.correct(token, address, fields);
  }
}

import { Body, Controller, HttpCode, Inject, Ip, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { correctablePaths, type BuyerPage } from '@np-hub/model';
import { z } from 'zod';
import { Public } from '../accounts/session-guard.js';
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

  @Post('read')
  @HttpCode(200)
  read(
    @Ip() address: string,
    @Body({ schema: tokenSchema }) body: z.infer<typeof tokenSchema>,
  ): Promise<BuyerPage> {
    return this.buyer.page(body.token, address);
  }

  @Post('correct')
  @HttpCode(204)
  correct(
    @Ip() address: string,
    @Body({ schema: correctSchema }) { token, fields }: z.infer<typeof correctSchema>,
  ): Promise<void> {
    return this.buyer.correct(token, address, fields);
  }
}

import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { wordAxisSchema, type UnmappedWordView, type WordMapView } from '@np-hub/model';
import { z } from 'zod';
import { requireShop, visibleShops } from '../accounts/scope.js';
import { CurrentUser, Roles } from '../accounts/session-guard.js';
import type { SignedInUser } from '../accounts/sessions.js';
import { Words } from './words.js';

const idSchema = z.uuid();
const filterSchema = z.object({ shopId: z.uuid().optional() });
const wordSchema = z.object({ axis: wordAxisSchema, raw: z.string().max(500) });
const mapSchema = wordSchema.extend({ value: z.string().max(100) });

/** Words of carts that nobody understands yet, and what operators say that they mean. */
@ApiTags('words')
@Controller()
export class WordsController {
  constructor(@Inject(Words) private readonly words: Words) {}

  @Get('unmapped')
  unmapped(
    @CurrentUser() user: SignedInUser,
    @Query({ schema: filterSchema }) { shopId }: z.infer<typeof filterSchema>,
  ): Promise<readonly UnmappedWordView[]> {
    return this.words.unmapped(visibleShops(user, shopId), user.shopIds);
  }

  @Get('shops/:id/words')
  mapped(
    @CurrentUser() user: SignedInUser,
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<readonly WordMapView[]> {
    requireShop(user, id);
    return this.words.mapped(id);
  }

  @Roles('operator')
  @Put('shops/:id/words')
  async map(
    @CurrentUser() user: SignedInUser,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: mapSchema }) body: z.infer<typeof mapSchema>,
  ): Promise<{ resolved: number }> {
    requireShop(user, id);
    return { resolved: await this.words.map(id, body, user) };
  }

  @Roles('operator')
  @Delete('shops/:id/words')
  @HttpCode(204)
  async forget(
    @CurrentUser() user: SignedInUser,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: wordSchema }) body: z.infer<typeof wordSchema>,
  ): Promise<void> {
    requireShop(user, id);
    await this.words.forget(id, body, user.login);
  }
}

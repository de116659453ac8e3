import { Body, Controller, Delete, Get, Inject, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  type UnmappedWordView,
  unmappedWordViewSchema,
  wordAxisSchema,
  type WordMapView,
  wordMapViewSchema,
} from '@np-hub/model';
import { z } from 'zod';
import { requireShop, visibleShops } from '../accounts/scope.js';
import { CurrentUser, Roles } from '../accounts/session-guard.js';
import type { SignedInUser } from '../accounts/sessions.js';
import { Described } from '../http/described.js';
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

  @Described('Words of carts that nobody has given a meaning yet', z.array(unmappedWordViewSchema))
  @Get('unmapped')
  unmapped(
    @CurrentUser() user: SignedInUser,
    @Query({ schema: filterSchema }) { shopId }: z.infer<typeof filterSchema>,
  ): Promise<readonly UnmappedWordView[]> {
    return this.words.unmapped(visibleShops(user, shopId), user.shopIds);
  }

  @Described('Words of a shop that have been given a meaning', z.array(wordMapViewSchema))
  @Get('shops/:id/words')
  mapped(
    @CurrentUser() user: SignedInUser,
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<readonly WordMapView[]> {
    requireShop(user, id);
    return this.words.mapped(id);
  }

  @Described('Gives a word a meaning; says how many orders it frees', z.object({ resolved: z.int() }))
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

  @Described('Takes a meaning back', null, 204)
  @Roles('operator')
  @Delete('shops/:id/words')
  async forget(
    @CurrentUser() user: SignedInUser,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: wordSchema }) body: z.infer<typeof wordSchema>,
  ): Promise<void> {
    requireShop(user, id);
    await this.words.forget(id, body, user.login);
  }
}

import { Body, Controller, Get, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  moveChangeSchema,
  moveInputSchema,
  moveViewSchema,
  type MoveChange,
  type MoveInput,
  type MoveView,
} from '@np-hub/model';
import { z } from 'zod';
import { CurrentUser, Roles } from '../accounts/session-guard.js';
import type { SignedInUser } from '../accounts/sessions.js';
import { Described } from '../http/described.js';
import { Moves } from './moves.js';

const idSchema = z.uuid();
const shopSchema = z.object({ shopId: z.uuid() });
const tickSchema = z.strictObject({
  step: z.string().min(1).max(150),
  done: z.boolean(),
  /** Known: it cannot be taken back, or the hub sees something still open. */
  accept: z.boolean().default(false),
});

/** Guided moves of a shop: from batch to real time, or from a cart's own link to the hub. */
@ApiTags('moves')
@Roles('operator')
@Controller('moves')
export class MovesController {
  constructor(@Inject(Moves) private readonly moves: Moves) {}

  @Described('The moves of a shop, the latest first', z.array(moveViewSchema))
  @Get()
  list(
    @CurrentUser() user: SignedInUser,
    @Query({ schema: shopSchema }) { shopId }: z.infer<typeof shopSchema>,
  ): Promise<readonly MoveView[]> {
    return this.moves.list(user, shopId);
  }

  @Described('Begins a move', moveViewSchema, 201)
  @Post()
  begin(
    @CurrentUser() user: SignedInUser,
    @Body({ schema: moveInputSchema }) input: MoveInput,
  ): Promise<MoveView> {
    return this.moves.begin(user, input);
  }

  @Described('One move, with what is open now', moveViewSchema)
  @Get(':moveId')
  one(
    @CurrentUser() user: SignedInUser,
    @Param('moveId', { schema: idSchema }) id: string,
  ): Promise<MoveView> {
    return this.moves.one(user, id);
  }

  @Described('Another day or other settings, before the switch', moveViewSchema)
  @Patch(':moveId')
  change(
    @CurrentUser() user: SignedInUser,
    @Param('moveId', { schema: idSchema }) id: string,
    @Body({ schema: moveChangeSchema }) change: MoveChange,
  ): Promise<MoveView> {
    return this.moves.change(user, id, change);
  }

  @Described('Ticks a step, or takes the tick back', moveViewSchema)
  @Post(':moveId/steps')
  tick(
    @CurrentUser() user: SignedInUser,
    @Param('moveId', { schema: idSchema }) id: string,
    @Body({ schema: tickSchema }) body: z.infer<typeof tickSchema>,
  ): Promise<MoveView> {
    return this.moves.tick(user, id, body);
  }

  @Described('Ticks what the hub sees to be done', moveViewSchema)
  @Post(':moveId/check')
  check(
    @CurrentUser() user: SignedInUser,
    @Param('moveId', { schema: idSchema }) id: string,
  ): Promise<MoveView> {
    return this.moves.check(user, id);
  }

  @Described('Switches: there is no way back', moveViewSchema)
  @Post(':moveId/switch')
  switch(
    @CurrentUser() user: SignedInUser,
    @Param('moveId', { schema: idSchema }) id: string,
  ): Promise<MoveView> {
    return this.moves.switch(user, id);
  }

  @Described('Gives a move up before its switch', moveViewSchema)
  @Post(':moveId/abandon')
  abandon(
    @CurrentUser() user: SignedInUser,
    @Param('moveId', { schema: idSchema }) id: string,
  ): Promise<MoveView> {
    return this.moves.abandon(user, id);
  }

  @Described('Ends a move of which nothing is open any more', moveViewSchema)
  @Post(':moveId/finish')
  finish(
    @CurrentUser() user: SignedInUser,
    @Param('moveId', { schema: idSchema }) id: string,
  ): Promise<MoveView> {
    return this.moves.finish(user, id);
  }
}

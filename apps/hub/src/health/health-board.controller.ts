import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { healthSchema, type Health } from '@np-hub/model';
import { CurrentUser, Roles } from '../accounts/session-guard.js';
import type { SignedInUser } from '../accounts/sessions.js';
import { Described } from '../http/described.js';
import { HealthBoard } from './health-board.js';

/** How shops and connections fare. Whether the hub itself is up is asked elsewhere (/health). */
@ApiTags('shops')
@Roles('support')
@Controller('health-board')
export class HealthBoardController {
  constructor(@Inject(HealthBoard) private readonly health: HealthBoard) {}

  @Described('Last success, lag, failures and troubles of each shop and connection', healthSchema)
  @Get()
  board(@CurrentUser() user: SignedInUser): Promise<Health> {
    return this.health.board(user.shopIds);
  }
}

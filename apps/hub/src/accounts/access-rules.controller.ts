import { Body, Controller, Get, Inject, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { accessRulesSchema, type AccessRulesView } from '@np-hub/model';
import { Described } from '../http/described.js';
import { AccessRules } from './access-rules.js';
import { CurrentUser, EveryShop, PeopleOnly, Roles } from './session-guard.js';
import type { SignedInUser } from './sessions.js';

@ApiTags('users')
@Roles('operator')
@PeopleOnly()
@Controller('access-rules')
export class AccessRulesController {
  constructor(@Inject(AccessRules) private readonly rules: AccessRules) {}

  @Described('What is demanded of people who sign in', accessRulesSchema)
  @Get()
  show(): Promise<AccessRulesView> {
    return this.rules.show();
  }

  @Described('Changes of whom a second factor is demanded; holds at once', accessRulesSchema)
  @Roles('owner')
  @EveryShop()
  @Put()
  change(
    @CurrentUser() user: SignedInUser,
    @Body({ schema: accessRulesSchema }) body: AccessRulesView,
  ): Promise<AccessRulesView> {
    return this.rules.change(user, body);
  }
}

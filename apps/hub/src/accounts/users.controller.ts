import { Body, Controller, Get, Inject, Param, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  invitedUserSchema,
  roleSchema,
  userViewSchema,
  type InvitedUser,
  type UserView,
} from '@np-hub/model';
import { z } from 'zod';
import { Described } from '../http/described.js';
import { Accounts } from './accounts.js';
import { loginSchema } from './login-name.js';
import { CurrentUser, PeopleOnly, Roles } from './session-guard.js';
import type { SignedInUser } from './sessions.js';

const name = z.string().trim().min(1).max(100);
const shopIds = z.array(z.uuid()).min(1).max(1_000).nullable();

// The reserved ones stand in the history for the buyer and for programs.
const login = loginSchema.refine(
  (text) => !/^(?:buyer-link$|key:)/iu.test(text),
  'この名前は使えません。 / This name is reserved.',
);
const newUserSchema = z.strictObject({ login, name, role: roleSchema, shopIds: shopIds.optional() });
const userChangeSchema = z.strictObject({ name, role: roleSchema, disabled: z.boolean(), shopIds }).partial();
const idSchema = z.uuid();

@ApiTags('users')
@Roles('operator')
@PeopleOnly()
@Controller('users')
export class UsersController {
  constructor(@Inject(Accounts) private readonly accounts: Accounts) {}

  @Described('The people within reach of who asks', z.array(userViewSchema))
  @Get()
  list(@CurrentUser() user: SignedInUser): Promise<readonly UserView[]> {
    return this.accounts.list(user);
  }

  @Described(
    'A new person, and the link to set a password with; only this answer holds it',
    invitedUserSchema,
    201,
  )
  @Post()
  invite(
    @CurrentUser() user: SignedInUser,
    @Body({ schema: newUserSchema }) body: z.infer<typeof newUserSchema>,
  ): Promise<InvitedUser> {
    return this.accounts.invite(user, body);
  }

  @Described('Changes name, role or shops, or shuts somebody out', userViewSchema)
  @Patch(':id')
  change(
    @CurrentUser() user: SignedInUser,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: userChangeSchema }) change: z.infer<typeof userChangeSchema>,
  ): Promise<UserView> {
    return this.accounts.change(user, id, change);
  }

  @Described(
    'Takes password, second factor and sessions away, and gives a link for new ones',
    invitedUserSchema,
  )
  @Post(':id/reset')
  reset(
    @CurrentUser() user: SignedInUser,
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<InvitedUser> {
    return this.accounts.reset(user, id);
  }
}

import { Body, Controller, Get, Inject, Param, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { roleSchema } from '@np-hub/model';
import { z } from 'zod';
import { Accounts, type UserView } from './accounts.js';
import { PeopleOnly, Roles } from './session-guard.js';

const password = z.string().min(12, '12文字以上で入力してください。 / At least 12 characters.').max(1_000);
const shopIds = z.array(z.uuid()).max(1_000).nullable();

const newUserSchema = z.object({
  login: z
    .string()
    .trim()
    .min(1)
    .max(100)
    // These stand in the history for the buyer and for programs.
    .refine(
      (login) => !/^(?:buyer-link$|key:)/iu.test(login),
      'この名前は使えません。 / This name is reserved.',
    ),
  name: z.string().trim().min(1).max(100),
  role: roleSchema,
  password,
  shopIds: shopIds.optional(),
});
const userChangeSchema = z.object({ role: roleSchema, disabled: z.boolean(), password, shopIds }).partial();

@ApiTags('users')
@Roles('operator')
@PeopleOnly()
@Controller('users')
export class UsersController {
  constructor(@Inject(Accounts) private readonly accounts: Accounts) {}

  @Get()
  list(): Promise<readonly UserView[]> {
    return this.accounts.list();
  }

  @Post()
  create(@Body({ schema: newUserSchema }) user: z.infer<typeof newUserSchema>): Promise<UserView> {
    return this.accounts.create(user);
  }

  @Patch(':id')
  change(
    @Param('id', { schema: z.uuid() }) id: string,
    @Body({ schema: userChangeSchema }) change: z.infer<typeof userChangeSchema>,
  ): Promise<UserView> {
    return this.accounts.change(id, change);
  }
}

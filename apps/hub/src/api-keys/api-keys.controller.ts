import { Body, Controller, Delete, Get, Inject, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  apiKeyViewSchema,
  newApiKeyViewSchema,
  keyRoleSchema,
  type ApiKeyView,
  type NewApiKeyView,
} from '@np-hub/model';
import { z } from 'zod';
import { CurrentUser, PeopleOnly, Roles } from '../accounts/session-guard.js';
import type { SignedInUser } from '../accounts/sessions.js';
import { Described } from '../http/described.js';
import { ApiKeys } from './api-keys.js';

const newKeySchema = z.object({
  name: z.string().trim().min(1).max(100),
  role: keyRoleSchema,
  shopIds: z.array(z.uuid()).min(1).max(1_000).nullable().optional(),
  expiresAt: z.iso.datetime({ offset: true }).nullable().optional(),
});

@ApiTags('api-keys')
@Roles('operator')
@PeopleOnly()
@Controller('api-keys')
export class ApiKeysController {
  constructor(@Inject(ApiKeys) private readonly keys: ApiKeys) {}

  @Described('API keys, without their secrets', z.array(apiKeyViewSchema))
  @Get()
  list(@CurrentUser() user: SignedInUser): Promise<readonly ApiKeyView[]> {
    return this.keys.list(user);
  }

  @Described('A new API key; only this answer holds the key itself', newApiKeyViewSchema, 201)
  @Post()
  create(
    @CurrentUser() user: SignedInUser,
    @Body({ schema: newKeySchema }) body: z.infer<typeof newKeySchema>,
  ): Promise<NewApiKeyView> {
    return this.keys.create(user, body);
  }

  @Described('Revokes a key at once', null, 204)
  @Delete(':id')
  revoke(@CurrentUser() user: SignedInUser, @Param('id', { schema: z.uuid() }) id: string): Promise<void> {
    return this.keys.revoke(user, id);
  }
}

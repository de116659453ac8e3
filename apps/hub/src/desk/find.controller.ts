import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { findViewSchema, type FindView } from '@np-hub/model';
import { z } from 'zod';
import { CurrentUser } from '../accounts/session-guard.js';
import type { SignedInUser } from '../accounts/sessions.js';
import { Described } from '../http/described.js';
import { searchSchema } from '../transactions/number-spellings.js';
import { Find } from './find.js';

const findSchema = z.object({ q: searchSchema });

/** One search over everything that a person may see. */
@ApiTags('desk')
@Controller('find')
export class FindController {
  constructor(@Inject(Find) private readonly finder: Find) {}

  @Described('Finds transactions by number, slip, name, phone or mail address', findViewSchema)
  @Get()
  find(
    @CurrentUser() user: SignedInUser,
    @Query({ schema: findSchema }) { q }: z.infer<typeof findSchema>,
  ): Promise<FindView> {
    return this.finder.find(user, q);
  }
}

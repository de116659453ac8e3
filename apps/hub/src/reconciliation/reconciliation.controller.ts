import { Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import {
  findingPageSchema,
  findingViewSchema,
  reconciliationsViewSchema,
  reconciliationViewSchema,
  type FindingPage,
  type FindingView,
  type ReconciliationsView,
  type ReconciliationView,
} from '@np-hub/model';
import { z } from 'zod';
import { requireShop } from '../accounts/scope.js';
import { CurrentUser, Roles } from '../accounts/session-guard.js';
import type { SignedInUser } from '../accounts/sessions.js';
import { Described } from '../http/described.js';
import { problemOf } from '../http/problem.js';
import { Shops } from '../shops/shops.js';
import { FindingList, findingQuerySchema, type FindingQuery } from './finding-list.js';
import { Reconciler } from './reconciler.js';
import { Repairs } from './repairs.js';
import { Runs } from './runs.js';

const idSchema = z.uuid();
const runSchema = z.object({ id: z.uuid(), runId: z.uuid() });

/** 照合: the hub against NP and against the cart, on demand, and what it found. */
@ApiTags('reconciliation')
@ApiBearerAuth()
@Controller()
export class ReconciliationController {
  constructor(
    @Inject(Runs) private readonly runs: Runs,
    @Inject(Reconciler) private readonly reconciler: Reconciler,
    @Inject(FindingList) private readonly findings: FindingList,
    @Inject(Repairs) private readonly repairs: Repairs,
    @Inject(Shops) private readonly shops: Shops,
  ) {}

  @Described('The last reconciliations of a shop, newest first', reconciliationsViewSchema)
  @Get('shops/:id/reconciliations')
  async list(
    @CurrentUser() user: SignedInUser,
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<ReconciliationsView> {
    requireShop(user, id);
    return this.findings.overview(id);
  }

  @Described(
    'Asks for one now; the one under way is answered where there is one',
    reconciliationViewSchema,
    202,
  )
  @Roles('support')
  @Post('shops/:id/reconciliations')
  async ask(
    @CurrentUser() user: SignedInUser,
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<ReconciliationView> {
    requireShop(user, id);
    await this.shops.open(id);
    const run = await this.runs.ask(id, user.login);
    await this.reconciler.begin();
    return run;
  }

  @Described('One reconciliation, with its progress', reconciliationViewSchema)
  @Get('shops/:id/reconciliations/:runId')
  async one(
    @CurrentUser() user: SignedInUser,
    @Param({ schema: runSchema }) { id, runId }: z.infer<typeof runSchema>,
  ): Promise<ReconciliationView> {
    requireShop(user, id);
    const run = await this.runs.one(id, runId);
    if (!run) throw problemOf(404);
    return run;
  }

  @Described('Differences, the newest first', findingPageSchema)
  @Get('findings')
  page(
    @CurrentUser() user: SignedInUser,
    @Query({ schema: findingQuerySchema }) query: FindingQuery,
  ): Promise<FindingPage> {
    return this.findings.page(user, query);
  }

  @Described('Does what is offered for a difference', findingViewSchema)
  @Roles('support')
  @Post('findings/:id/repair')
  repair(
    @CurrentUser() user: SignedInUser,
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<FindingView> {
    return this.repairs.repair(user, id);
  }

  @Described('Puts a difference aside', findingViewSchema)
  @Roles('support')
  @Post('findings/:id/dismiss')
  dismiss(
    @CurrentUser() user: SignedInUser,
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<FindingView> {
    return this.repairs.dismiss(user, id);
  }
}

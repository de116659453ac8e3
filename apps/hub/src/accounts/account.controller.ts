import { Body, Controller, Delete, Get, Inject, Param, Post, Put, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  accountViewSchema,
  recoveryCodesViewSchema,
  totpViewSchema,
  type AccountView,
  type RecoveryCodesView,
  type TotpView,
} from '@np-hub/model';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Environment } from '../env.js';
import { Described } from '../http/described.js';
import { ENVIRONMENT } from '../tokens.js';
import { OwnAccount } from './own-account.js';
import { newPasswordSchema } from './password-rules.js';
import { deviceOf, setSessionCookie } from './session-cookie.js';
import { BeforeSecondFactor, CurrentUser, PeopleOnly } from './session-guard.js';
import type { SignedInUser } from './sessions.js';

const presentPassword = z.string().min(1).max(1_000);
const passwordSchema = z.object({ password: presentPassword });
const passwordChangeSchema = passwordSchema.extend({ fresh: newPasswordSchema });
const codeSchema = z.object({ code: z.string().trim().min(1).max(40) });

/** One's own account. */
@ApiTags('account')
@PeopleOnly()
@BeforeSecondFactor()
@Controller('account')
export class AccountController {
  constructor(
    @Inject(OwnAccount) private readonly account: OwnAccount,
    @Inject(ENVIRONMENT) private readonly environment: Pick<Environment, 'publicUrl'>,
  ) {}

  @Described('Who is signed in, and where', accountViewSchema)
  @Get()
  show(@CurrentUser() user: SignedInUser): Promise<AccountView> {
    return this.account.show(user);
  }

  @Described('Changes the password; every other session ends', null, 204)
  @Put('password')
  async changePassword(
    @CurrentUser() user: SignedInUser,
    @Body({ schema: passwordChangeSchema }) body: z.infer<typeof passwordChangeSchema>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const given = { present: body.password, fresh: body.fresh };
    this.giveSession(request, reply, await this.account.changePassword(user, given, deviceOf(request)));
  }

  @Described(
    'A secret for an authenticator app, which counts once a code of it was given',
    totpViewSchema,
    201,
  )
  @Post('second-factor')
  begin(
    @CurrentUser() user: SignedInUser,
    @Body({ schema: passwordSchema }) { password }: z.infer<typeof passwordSchema>,
    @Req() request: FastifyRequest,
  ): Promise<TotpView> {
    return this.account.beginSecondFactor(user, password, deviceOf(request));
  }

  @Described('Turns the second factor on; only this answer holds the recovery codes', recoveryCodesViewSchema)
  @Post('second-factor/confirm')
  async confirm(
    @CurrentUser() user: SignedInUser,
    @Body({ schema: codeSchema }) { code }: z.infer<typeof codeSchema>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RecoveryCodesView> {
    const { codes, token } = await this.account.confirmSecondFactor(user, code, deviceOf(request));
    this.giveSession(request, reply, token);
    return codes;
  }

  @Described('Turns the second factor off', null, 204)
  @Post('second-factor/end')
  end(
    @CurrentUser() user: SignedInUser,
    @Body({ schema: passwordSchema }) { password }: z.infer<typeof passwordSchema>,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    return this.account.endSecondFactor(user, password, deviceOf(request));
  }

  @Described('Ends one of one’s own sessions', null, 204)
  @Delete('sessions/:id')
  endSession(
    @CurrentUser() user: SignedInUser,
    @Param('id', { schema: z.uuid() }) id: string,
  ): Promise<void> {
    return this.account.endSession(user, id);
  }

  private giveSession(request: FastifyRequest, reply: FastifyReply, token: string): void {
    setSessionCookie(request, reply, { token, publicUrl: this.environment.publicUrl });
  }
}

import { Body, Controller, Inject, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { linkOwnerViewSchema, type LinkOwnerView } from '@np-hub/model';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Described } from '../http/described.js';
import { OwnAccount } from './own-account.js';
import { newPasswordSchema } from './password-rules.js';
import { deviceOf } from './session-cookie.js';
import { Public } from './session-guard.js';

const tokenSchema = z.object({ token: z.string().min(1).max(100) });
const acceptSchema = tokenSchema.extend({ password: newPasswordSchema });

/** Invitations and resets: who has the link sets the password. The token comes in the body, so that no log has it. */
@ApiTags('links')
@Public()
@Controller('links')
export class LinksController {
  constructor(@Inject(OwnAccount) private readonly account: OwnAccount) {}

  @Described('Whom a link belongs to', linkOwnerViewSchema)
  @Post('show')
  show(
    @Body({ schema: tokenSchema }) { token }: z.infer<typeof tokenSchema>,
    @Req() request: FastifyRequest,
  ): Promise<LinkOwnerView> {
    return this.account.ownerOf(token, deviceOf(request));
  }

  @Described('Sets the password of whom the link belongs to, once', null, 204)
  @Post('accept')
  accept(
    @Body({ schema: acceptSchema }) { token, password }: z.infer<typeof acceptSchema>,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    return this.account.acceptLink(token, password, deviceOf(request));
  }
}

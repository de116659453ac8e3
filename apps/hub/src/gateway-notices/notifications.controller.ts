import { Body, Controller, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Public } from '../accounts/session-guard.js';
import { NoticeInbox } from './inbox.js';

/** Calls of gateways. Public: each proves itself by its own signature, and learns nothing but OK or NG. */
@ApiExcludeController()
@Controller('gateways')
export class NotificationsController {
  constructor(@Inject(NoticeInbox) private readonly inbox: NoticeInbox) {}

  @Public()
  @Post(':connectionId/notifications')
  @HttpCode(200)
  async receive(
    @Param('connectionId', { schema: z.uuid() }) connectionId: string,
    @Body() body: Buffer | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
    const answer = await this.inbox.receive(connectionId, bytes);
    await reply.type(answer.type).send(answer.body);
  }
}

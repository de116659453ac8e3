import { Body, Controller, Delete, Get, Inject, Param, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  channelsViewSchema,
  channelTestSchema,
  channelViewSchema,
  newChannelViewSchema,
  topicSchema,
  type ChannelsView,
  type ChannelTest,
  type ChannelView,
  type NewChannelView,
} from '@np-hub/model';
import { z } from 'zod';
import { CurrentUser, PeopleOnly, Roles } from '../accounts/session-guard.js';
import type { SignedInUser } from '../accounts/sessions.js';
import { Described } from '../http/described.js';
import { Channels } from './channels.js';
import { AlertSender } from './sender.js';

const minute = z.int().min(0).max(1439).nullable();
const settings = z.object({
  name: z.string().trim().min(1).max(100),
  topics: z.array(topicSchema).min(1),
  shopIds: z.array(z.uuid()).min(1).max(1_000).nullable(),
  language: z.enum(['ja', 'en']),
  quietFrom: minute,
  quietTo: minute,
  digestAt: minute,
});
const newSchema = settings.extend({ target: z.record(z.string(), z.unknown()) });
const changeSchema = settings.extend({ paused: z.boolean() }).partial();
const idSchema = z.object({ id: z.uuid() });

/** Where the one who asks is told things: everybody has channels of their own. */
@ApiTags('notifications')
@PeopleOnly()
@Roles('support')
@Controller('notifications/channels')
export class NotificationsController {
  constructor(
    @Inject(Channels) private readonly channels: Channels,
    @Inject(AlertSender) private readonly sender: AlertSender,
  ) {}

  @Described('One’s own channels', channelsViewSchema)
  @Get()
  list(@CurrentUser() user: SignedInUser): Promise<ChannelsView> {
    return this.channels.list(user);
  }

  @Described('A new channel; only this answer holds the secret of a webhook', newChannelViewSchema, 201)
  @Post()
  create(
    @CurrentUser() user: SignedInUser,
    @Body({ schema: newSchema }) body: z.infer<typeof newSchema>,
  ): Promise<NewChannelView> {
    return this.channels.create(user, body);
  }

  @Described('Changes what is told when, pauses or resumes', channelViewSchema)
  @Patch(':id')
  change(
    @CurrentUser() user: SignedInUser,
    @Param({ schema: idSchema }) { id }: z.infer<typeof idSchema>,
    @Body({ schema: changeSchema }) body: z.infer<typeof changeSchema>,
  ): Promise<ChannelView> {
    return this.channels.change(user, id, body as Parameters<Channels['change']>[2]);
  }

  @Described('Removes a channel', null, 204)
  @Delete(':id')
  remove(
    @CurrentUser() user: SignedInUser,
    @Param({ schema: idSchema }) { id }: z.infer<typeof idSchema>,
  ): Promise<void> {
    return this.channels.remove(user, id);
  }

  @Described('Sends a test message now, and tells how it ended', channelTestSchema)
  @Post(':id/test')
  test(
    @CurrentUser() user: SignedInUser,
    @Param({ schema: idSchema }) { id }: z.infer<typeof idSchema>,
  ): Promise<ChannelTest> {
    return this.sender.test(user, id);
  }
}

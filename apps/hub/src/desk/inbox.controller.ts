import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Colleague, DeskView, InboxPage, NewBuyerLink } from '@np-hub/model';
import { z } from 'zod';
import { CurrentUser, Roles } from '../accounts/session-guard.js';
import type { SignedInUser } from '../accounts/sessions.js';
import { problemOf } from '../http/problem.js';
import { ChangeFeed } from '../http/stream.js';
import { TransactionList } from '../transactions/list.js';
import { DeskEntries } from './entries.js';
import { Inbox, inboxQuerySchema, type InboxQuery } from './inbox.js';
import { BuyerLinks, newLinkSchema, type NewLinkInput } from './links.js';
import { DeskMarks, markSchema, type MarkInput } from './marks.js';

const keySchema = z.object({ shopId: z.uuid(), id: z.uuid() });
type Key = z.infer<typeof keySchema>;
const linkKeySchema = keySchema.extend({ linkId: z.uuid() });
const noteSchema = z.object({
  text: z
    .string()
    .trim()
    .min(1, 'メモを入力してください。 / Please write something.')
    .max(4_000, '4,000文字以内で入力してください。 / At most 4,000 characters.'),
});

/** What needs a person, over all shops, and what people put on it. */
@ApiTags('desk')
@Controller('inbox')
export class InboxController {
  constructor(
    @Inject(Inbox) private readonly inbox: Inbox,
    @Inject(DeskMarks) private readonly marks: DeskMarks,
  ) {}

  @Get()
  page(
    @CurrentUser() user: SignedInUser,
    @Query({ schema: inboxQuerySchema }) query: InboxQuery,
  ): Promise<InboxPage> {
    return this.inbox.page(user, query);
  }

  @Get('people')
  people(@CurrentUser() user: SignedInUser): Promise<readonly Colleague[]> {
    return this.marks.colleagues(user);
  }

  @Roles('support')
  @Post('marks')
  @HttpCode(200)
  mark(
    @CurrentUser() user: SignedInUser,
    @Body({ schema: markSchema }) body: MarkInput,
  ): Promise<{ marked: number }> {
    return this.marks.mark(user, body);
  }
}

/** The desk's part of one transaction: who looks after it, notes, and links to its buyer. */
@ApiTags('desk')
@Controller('transactions/:shopId/:id')
export class TransactionDeskController {
  constructor(
    @Inject(TransactionList) private readonly list: TransactionList,
    @Inject(DeskMarks) private readonly marks: DeskMarks,
    @Inject(DeskEntries) private readonly entries: DeskEntries,
    @Inject(BuyerLinks) private readonly links: BuyerLinks,
    @Inject(ChangeFeed) private readonly feed: ChangeFeed,
  ) {}

  @Get('desk')
  async view(
    @CurrentUser() user: SignedInUser,
    @Param({ schema: keySchema }) { shopId, id }: Key,
  ): Promise<DeskView> {
    const key = { shopId, transactionId: id };
    const linkFields = await this.links.possibleFields(user, key);
    const [mark, entries, links] = await Promise.all([
      this.marks.of(key),
      this.entries.of(user, key),
      this.links.of(key),
    ]);
    return { mark, entries, links, linkFields: [...linkFields] };
  }

  @Roles('support')
  @Post('notes')
  @HttpCode(204)
  async note(
    @CurrentUser() user: SignedInUser,
    @Param({ schema: keySchema }) { shopId, id }: Key,
    @Body({ schema: noteSchema }) { text }: z.infer<typeof noteSchema>,
  ): Promise<void> {
    if (!(await this.list.find(user, shopId, id))) throw problemOf(404);
    await this.entries.add([{ shopId, transactionId: id, kind: 'note', by: user.login, text }]);
    this.feed.notify([shopId]);
  }

  @Roles('support')
  @Post('links')
  makeLink(
    @CurrentUser() user: SignedInUser,
    @Param({ schema: keySchema }) { shopId, id }: Key,
    @Body({ schema: newLinkSchema }) body: NewLinkInput,
  ): Promise<NewBuyerLink> {
    return this.links.make(user, { shopId, transactionId: id }, body);
  }

  @Roles('support')
  @Delete('links/:linkId')
  @HttpCode(204)
  async revokeLink(
    @CurrentUser() user: SignedInUser,
    @Param({ schema: linkKeySchema }) { shopId, id, linkId }: z.infer<typeof linkKeySchema>,
  ): Promise<void> {
    if (!(await this.list.find(user, shopId, id))) throw problemOf(404);
    await this.links.revoke(user, { shopId, transactionId: id }, linkId);
  }
}

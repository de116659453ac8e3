import { Body, Controller, Delete, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  type Colleague,
  colleagueSchema,
  type DeskView,
  deskViewSchema,
  type InboxPage,
  inboxPageSchema,
  type NewBuyerLink,
  newBuyerLinkSchema,
} from '@np-hub/model';
import { z } from 'zod';
import { CurrentUser, Roles } from '../accounts/session-guard.js';
import type { SignedInUser } from '../accounts/sessions.js';
import { Described } from '../http/described.js';
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

  @Described('Orders that need a person, the most urgent first', inboxPageSchema)
  @Get()
  page(
    @CurrentUser() user: SignedInUser,
    @Query({ schema: inboxQuerySchema }) query: InboxQuery,
  ): Promise<InboxPage> {
    return this.inbox.page(user, query);
  }

  @Described('Who may be given an order', z.array(colleagueSchema))
  @Get('people')
  people(@CurrentUser() user: SignedInUser): Promise<readonly Colleague[]> {
    return this.marks.colleagues(user);
  }

  @Described('Assigns, puts off or brings back many orders', z.object({ marked: z.int() }))
  @Roles('support')
  @Post('marks')
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

  @Described('Notes, marks and links of one order', deskViewSchema)
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

  @Described('Writes a note on an order', null, 204)
  @Roles('support')
  @Post('notes')
  async note(
    @CurrentUser() user: SignedInUser,
    @Param({ schema: keySchema }) { shopId, id }: Key,
    @Body({ schema: noteSchema }) { text }: z.infer<typeof noteSchema>,
  ): Promise<void> {
    if (!(await this.list.find(user, shopId, id))) throw problemOf(404);
    await this.entries.add([{ shopId, transactionId: id, kind: 'note', by: user.login, text }]);
    this.feed.notify([shopId]);
  }

  @Described('Makes a link by which the buyer corrects the order', newBuyerLinkSchema, 201)
  @Roles('support')
  @Post('links')
  makeLink(
    @CurrentUser() user: SignedInUser,
    @Param({ schema: keySchema }) { shopId, id }: Key,
    @Body({ schema: newLinkSchema }) body: NewLinkInput,
  ): Promise<NewBuyerLink> {
    return this.links.make(user, { shopId, transactionId: id }, body);
  }

  @Described('Takes a link back', null, 204)
  @Roles('support')
  @Delete('links/:linkId')
  async revokeLink(
    @CurrentUser() user: SignedInUser,
    @Param({ schema: linkKeySchema }) { shopId, id, linkId }: z.infer<typeof linkKeySchema>,
  ): Promise<void> {
    if (!(await this.list.find(user, shopId, id))) throw problemOf(404);
    await this.links.revoke(user, { shopId, transactionId: id }, linkId);
  }
}

import { Body, Controller, Delete, Get, Inject, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  actorSchema,
  codeCardViewSchema,
  unknownCodeSchema,
  type CodeCardView,
  type UnknownCode,
} from '@np-hub/model';
import { z } from 'zod';
import { CurrentUser, PeopleOnly, Roles } from '../accounts/session-guard.js';
import type { SignedInUser } from '../accounts/sessions.js';
import { Described } from '../http/described.js';
import { CodeCards } from './code-cards.js';

const words = (most: number) => z.string().trim().min(1).max(most).optional();
const text = (most: number) =>
  z
    .object({ ja: words(most), en: words(most) })
    .refine(
      ({ ja, en }) => ja !== undefined || en !== undefined,
      '日本語か英語のどちらかを入力してください。 / Write it in Japanese or in English.',
    );
const cardSchema = z.object({
  title: text(100),
  explanation: text(1_000),
  fix: text(1_000),
  buyerText: text(2_000).nullable().optional(),
  actor: actorSchema,
});
const codeSchema = z.object({ code: z.string().regex(/^[\x21-\x7e]{1,40}$/u) });

/** The dictionary of codes, and the cards of staff. */
@ApiTags('codes')
@Controller('codes')
export class CodeCardsController {
  constructor(@Inject(CodeCards) private readonly cards: CodeCards) {}

  @Described('What each code means, who has to act and how', z.array(codeCardViewSchema))
  @Get()
  list(): Promise<readonly CodeCardView[]> {
    return this.cards.list();
  }

  @Described('Codes that came and that nobody has explained', z.array(unknownCodeSchema))
  @Get('unknown')
  unknown(@CurrentUser() user: SignedInUser): Promise<readonly UnknownCode[]> {
    return this.cards.unknown(user.shopIds);
  }

  @Described('Writes the card of a code that no dictionary explains', codeCardViewSchema)
  @PeopleOnly()
  @Roles('support')
  @Put(':code')
  save(
    @CurrentUser() user: SignedInUser,
    @Param({ schema: codeSchema }) { code }: z.infer<typeof codeSchema>,
    @Body({ schema: cardSchema }) body: z.infer<typeof cardSchema>,
  ): Promise<CodeCardView> {
    return this.cards.save(code, body, user.login);
  }

  @Described('Takes the card of staff away', null, 204)
  @PeopleOnly()
  @Roles('support')
  @Delete(':code')
  remove(
    @CurrentUser() user: SignedInUser,
    @Param({ schema: codeSchema }) { code }: z.infer<typeof codeSchema>,
  ): Promise<void> {
    return this.cards.remove(code, user.login);
  }
}

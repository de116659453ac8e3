import { Controller, Get, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import {
  billingPageSchema,
  depositDifferenceSchema,
  depositFileViewSchema,
  depositRowPageSchema,
  fileEncodingSchema,
  type BillingPage,
  type DepositFileView,
  type DepositRowPage,
} from '@np-hub/model';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CurrentUser, EveryShop, Roles } from '../accounts/session-guard.js';
import type { SignedInUser } from '../accounts/sessions.js';
import { bodyOf } from '../files/upload-stream.js';
import { Described } from '../http/described.js';
import { Deposits } from './deposits.js';

const idSchema = z.uuid();
const placeSchema = z.string().max(500).optional();
/** A file beside its bytes: its name, how to read it, and the days of report that it settles. */
const uploadSchema = z
  .object({
    name: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .refine(
        (name) => !/\p{Cc}/u.test(name),
        'ファイル名に使えない文字があります。 / The file name has letters that cannot be kept.',
      ),
    encoding: fileEncodingSchema.optional(),
    fromDay: z.iso.date().optional(),
    toDay: z.iso.date().optional(),
    serial: placeSchema,
    npTransactionId: placeSchema,
    shopTransactionId: placeSchema,
    totalYen: placeSchema,
    feeYen: placeSchema,
    taxYen: placeSchema,
    paidYen: placeSchema,
  })
  .refine(({ fromDay, toDay }) => (fromDay === undefined) === (toDay === undefined), {
    path: ['toDay'],
    message: '開始日と終了日の両方を指定してください。 / Name both the first and the last day.',
  })
  .refine(({ fromDay = '', toDay = '' }) => fromDay <= toDay, {
    path: ['toDay'],
    message: '終了日は開始日以降にしてください。 / The last day comes before the first.',
  });
const rowsSchema = z.object({
  difference: depositDifferenceSchema.or(z.literal('any')).optional(),
  after: z.coerce.number().int().min(0).max(2_147_483_647).optional(),
});
const missingSchema = z.object({
  after: z
    .string()
    .regex(/^\d{4}-\d\d-\d\dT[\d:.]+Z_[0-9a-f-]{36}_\d{1,6}$/u)
    .optional(),
});

/** NP's CSV of deposits (サブスクストア takes in the same), and how it differs from what is expected. */
@ApiTags('settlements')
@Roles('support')
@EveryShop()
@Controller('deposits')
export class DepositsController {
  constructor(@Inject(Deposits) private readonly deposits: Deposits) {}

  @Described('The latest deposit files', z.array(depositFileViewSchema))
  @Get()
  list(): Promise<readonly DepositFileView[]> {
    return this.deposits.list();
  }

  @ApiConsumes('application/octet-stream')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @Described('Reads a file and shows how it differs; nothing counts yet', depositFileViewSchema)
  @Post(':connectionId')
  preview(
    @CurrentUser() user: SignedInUser,
    @Param('connectionId', { schema: idSchema }) connectionId: string,
    @Query({ schema: uploadSchema }) query: z.infer<typeof uploadSchema>,
    @Req() request: FastifyRequest,
  ): Promise<DepositFileView> {
    const { name, encoding, fromDay, toDay, ...places } = query;
    const map = Object.fromEntries(
      Object.entries(places).flatMap(([column, place]) => (place === undefined ? [] : [[column, place]])),
    );
    return this.deposits.preview(user, connectionId, {
      name,
      source: bodyOf(request.raw),
      days: fromDay !== undefined && toDay !== undefined ? { fromDay, toDay } : null,
      options: {
        ...(Object.keys(map).length > 0 ? { map } : {}),
        ...(encoding ? { encoding } : {}),
      },
    });
  }

  @Described('Takes a file in that was looked at', depositFileViewSchema)
  @Post('files/:fileId/take')
  take(
    @CurrentUser() user: SignedInUser,
    @Param('fileId', { schema: idSchema }) fileId: string,
  ): Promise<DepositFileView> {
    return this.deposits.take(user, fileId);
  }

  @Described('The rows of a file', depositRowPageSchema)
  @Get('files/:fileId/rows')
  rows(
    @Param('fileId', { schema: idSchema }) fileId: string,
    @Query({ schema: rowsSchema }) { difference, after }: z.infer<typeof rowsSchema>,
  ): Promise<DepositRowPage> {
    return this.deposits.rows(fileId, { difference, after });
  }

  @Described('What was expected in the days of a file, and no file names', billingPageSchema)
  @Get('files/:fileId/missing')
  missing(
    @Param('fileId', { schema: idSchema }) fileId: string,
    @Query({ schema: missingSchema }) { after }: z.infer<typeof missingSchema>,
  ): Promise<BillingPage> {
    return this.deposits.missing(fileId, after);
  }
}

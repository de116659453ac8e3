import { Controller, Get, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import type { TableOptions } from '@np-hub/kit';
import {
  fileEncodingSchema,
  type NpFilePreview,
  npFilePreviewSchema,
  type NpFileView,
  npFileViewSchema,
  type NpListSource,
  npListSourceSchema,
  npRowKindSchema,
  type NpRowPage,
  npRowPageSchema,
} from '@np-hub/model';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CurrentUser, Roles } from '../accounts/session-guard.js';
import type { SignedInUser } from '../accounts/sessions.js';
import { bodyOf } from '../files/upload-stream.js';
import { Described } from '../http/described.js';
import { wholeOf } from './np-list-text.js';
import { NpLists } from './np-lists.js';

const idSchema = z.uuid();
const placeSchema = z.string().max(500).optional();
/** A header as it stands in the list; a number is a place from 0, for lists without a header. */
const readingSchema = z.object({
  shopTransactionId: placeSchema,
  npTransactionId: placeSchema,
  encoding: fileEncodingSchema.optional(),
  header: z.enum(['0', '1']).optional(),
});
type Reading = z.infer<typeof readingSchema>;
const takeSchema = readingSchema.extend({
  name: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .refine(
      (name) => !/\p{Cc}/u.test(name),
      'ファイル名に使えない文字があります。 / The file name has letters that cannot be kept.',
    ),
  remember: z.literal('1').optional(),
});
const rowsSchema = z.object({
  kind: npRowKindSchema.optional(),
  after: z.coerce.number().int().min(0).max(2_147_483_647).optional(),
});

/** NP's own lists of transactions, by which registrations get the ids that were lost. */
@ApiTags('np-lists')
@Roles('support')
@Controller('np-lists')
export class NpListsController {
  constructor(@Inject(NpLists) private readonly lists: NpLists) {}

  @Described('Connections with the files of NP that were imported', z.array(npListSourceSchema))
  @Get()
  sources(@CurrentUser() user: SignedInUser): Promise<readonly NpListSource[]> {
    return this.lists.sources(user);
  }

  @Described('What a file of NP would match; nothing is written', npFilePreviewSchema)
  @ApiConsumes('application/octet-stream')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @Post(':connectionId/preview')
  async preview(
    @CurrentUser() user: SignedInUser,
    @Param('connectionId', { schema: idSchema }) connectionId: string,
    @Query({ schema: readingSchema }) reading: Reading,
    @Req() request: FastifyRequest,
  ): Promise<NpFilePreview> {
    const content = await wholeOf(bodyOf(request.raw));
    return this.lists.preview(user, connectionId, content, optionsOf(reading));
  }

  @Described('Imports a file of NP: ids of orders whose answer was lost', npFileViewSchema)
  @ApiConsumes('application/octet-stream')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @Post(':connectionId')
  async take(
    @CurrentUser() user: SignedInUser,
    @Param('connectionId', { schema: idSchema }) connectionId: string,
    @Query({ schema: takeSchema }) query: z.infer<typeof takeSchema>,
    @Req() request: FastifyRequest,
  ): Promise<NpFileView> {
    const content = await wholeOf(bodyOf(request.raw));
    const { name, remember } = query;
    const options = optionsOf(query);
    return this.lists.take(user, connectionId, { name, content, options, remember: remember !== undefined });
  }

  @Described('The rows of such a file', npRowPageSchema)
  @Get(':connectionId/:fileId/rows')
  rows(
    @CurrentUser() user: SignedInUser,
    @Param('connectionId', { schema: idSchema }) connectionId: string,
    @Param('fileId', { schema: idSchema }) fileId: string,
    @Query({ schema: rowsSchema }) { kind, after }: z.infer<typeof rowsSchema>,
  ): Promise<NpRowPage> {
    return this.lists.page(user, { connectionId, fileId, kind, after });
  }
}

function optionsOf({ shopTransactionId, npTransactionId, encoding, header }: Reading): TableOptions {
  const placed = { shopTransactionId, npTransactionId };
  const map = Object.fromEntries(
    Object.entries(placed).flatMap(([column, place]) =>
      place === undefined ? [] : [[column, header === '0' ? Number(place) : place]],
    ),
  );
  return {
    ...(Object.keys(map).length > 0 ? { map } : {}),
    ...(encoding ? { encoding } : {}),
    ...(header ? { header: header === '1' } : {}),
  };
}

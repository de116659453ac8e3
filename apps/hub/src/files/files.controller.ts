import { basename, join } from 'node:path';
import {
  Body,
  Controller,
  Get,
  Inject,
  Param,
  Post,
  Put,
  Query,
  Req,
  Res,
  StreamableFile,
} from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import {
  fileEncodingSchema,
  type ImportPage,
  importPageSchema,
  importRowKindSchema,
  type ImportRowPage,
  importRowPageSchema,
  type ImportView,
  importViewSchema,
  type ResultFileView,
  resultFileViewSchema,
  type ResultsView,
  resultsViewSchema,
  type ShopFilesView,
  shopFilesViewSchema,
} from '@np-hub/model';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CurrentUser, Roles } from '../accounts/session-guard.js';
import type { SignedInUser } from '../accounts/sessions.js';
import type { Environment } from '../env.js';
import { Described, DescribedFile } from '../http/described.js';
import { problemOf } from '../http/problem.js';
import type { OpenShop } from '../shops/shops.js';
import { ENVIRONMENT } from '../tokens.js';
import { checkColumns, ColumnMaps, layoutOf } from './column-maps.js';
import { ImportActions } from './import-actions.js';
import { ImportRows } from './import-rows.js';
import { Imports } from './imports.js';
import { RefusedRows } from './refused-rows.js';
import { ResultFiles } from './result-files.js';
import { bodyOf } from './upload-stream.js';
import { Uploads } from './uploads.js';

const idSchema = z.uuid();
const columnsSchema = z.record(
  z.string().max(100),
  z.union([z.string().max(500), z.int().min(0).max(999), z.null()]),
);
const fileNameSchema = z
  .string()
  .max(500)
  .transform((name) => basename(name.replaceAll('\\', '/')).trim())
  .refine(
    (name) => name !== '' && name.length <= 200 && !/\p{Cc}/u.test(name),
    '1文字以上200文字以内のファイル名を指定してください。 / Give a file name of 1 to 200 characters.',
  );
const uploadSchema = z.object({
  name: fileNameSchema,
  layout: z.string().optional(),
  madeAt: z.iso.datetime({ offset: true }).optional(),
  start: z.literal('1').optional(),
});
const readingSchema = z
  .object({
    layout: z.string(),
    columns: columnsSchema,
    encoding: fileEncodingSchema,
    header: z.boolean(),
  })
  .partial();
const startSchema = readingSchema.extend({ remember: z.boolean().optional() });
const pageSchema = z.object({ after: z.string().max(100).optional() });
const rowsSchema = pageSchema.extend({ kind: importRowKindSchema.optional() });
const columnMapSchema = z.object({ columns: columnsSchema });

/** Files of shops: what is understood, imports, and result files. */
@ApiTags('files')
@Roles('support')
@Controller('shops/:id')
export class FilesController {
  constructor(
    @Inject(ImportActions) private readonly actions: ImportActions,
    @Inject(Uploads) private readonly uploads: Uploads,
    @Inject(Imports) private readonly imports: Imports,
    @Inject(ImportRows) private readonly rows: ImportRows,
    @Inject(RefusedRows) private readonly refused: RefusedRows,
    @Inject(ColumnMaps) private readonly maps: ColumnMaps,
    @Inject(ResultFiles) private readonly results: ResultFiles,
    @Inject(ENVIRONMENT) private readonly environment: Pick<Environment, 'exchangeDir'>,
  ) {}

  @Described('The files that a shop takes and gives, with their columns', shopFilesViewSchema)
  @Get('files')
  async files(
    @CurrentUser() user: SignedInUser,
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<ShopFilesView> {
    const shop = await this.shop(user, id);
    const maps = await this.maps.of(id);
    const layouts = (shop.adapter.file?.layouts ?? []).map((layout) => ({
      id: layout.id,
      label: layout.label,
      help: layout.help,
      columns: Object.entries(layout.columns).map(([name, column]) => {
        const mapped = maps.get(layout.id)?.[name];
        return {
          name,
          label: column.label,
          headers: [...column.headers],
          required: column.required ?? false,
          position: column.position ?? null,
          ...(mapped === undefined ? {} : { mapped }),
        };
      }),
    }));
    const { exchangeDir } = this.environment;
    return {
      layouts,
      results: { pending: await this.results.pending(id) },
      folder: exchangeDir && join(exchangeDir, id),
    };
  }

  @Described('Names the columns of a file in the words of the shop', shopFilesViewSchema)
  @Roles('operator')
  @Put('files/:layout/columns')
  async saveColumns(
    @CurrentUser() user: SignedInUser,
    @Param('id', { schema: idSchema }) id: string,
    @Param('layout') layoutId: string,
    @Body({ schema: columnMapSchema }) { columns }: z.infer<typeof columnMapSchema>,
  ): Promise<ShopFilesView> {
    const layout = layoutOf(await this.shop(user, id), layoutId);
    checkColumns(layout, columns);
    await this.maps.save(id, layout.id, columns, user.login);
    return this.files(user, id);
  }

  @Described('Uploads a file of the cart; nothing happens before it is started', importViewSchema, 201)
  @ApiConsumes('application/octet-stream')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @Post('imports')
  async upload(
    @CurrentUser() user: SignedInUser,
    @Param('id', { schema: idSchema }) id: string,
    @Query({ schema: uploadSchema }) query: z.infer<typeof uploadSchema>,
    @Req() request: FastifyRequest,
  ): Promise<ImportView> {
    const shop = await this.shop(user, id);
    if (query.start) this.actions.refuseDraft(shop);
    const { name, layout, madeAt } = query;
    const view = await this.uploads.receive(shop, {
      name,
      layout,
      madeAt: madeAt === undefined ? undefined : new Date(madeAt),
      by: user.login,
      source: bodyOf(request.raw),
    });
    return query.start ? this.actions.startIfClear(shop, view.id, user.login) : view;
  }

  @Described('Imports of a shop, the newest first', importPageSchema)
  @Get('imports')
  async list(
    @CurrentUser() user: SignedInUser,
    @Param('id', { schema: idSchema }) id: string,
    @Query({ schema: pageSchema }) { after }: z.infer<typeof pageSchema>,
  ): Promise<ImportPage> {
    await this.shop(user, id);
    return this.imports.page(id, after);
  }

  @Described('One import, with its progress', importViewSchema)
  @Get('imports/:importId')
  async one(
    @CurrentUser() user: SignedInUser,
    @Param('id', { schema: idSchema }) id: string,
    @Param('importId', { schema: idSchema }) importId: string,
  ): Promise<ImportView> {
    await this.shop(user, id);
    return this.actions.view(id, importId);
  }

  @Described('Reads the file under other columns or another encoding', importViewSchema)
  @Post('imports/:importId/preview')
  async preview(
    @CurrentUser() user: SignedInUser,
    @Param('id', { schema: idSchema }) id: string,
    @Param('importId', { schema: idSchema }) importId: string,
    @Body({ schema: readingSchema }) reading: z.infer<typeof readingSchema>,
  ): Promise<ImportView> {
    return this.actions.preview(await this.shop(user, id), importId, reading);
  }

  @Described('Takes the rows in', importViewSchema)
  @Post('imports/:importId/start')
  async start(
    @CurrentUser() user: SignedInUser,
    @Param('id', { schema: idSchema }) id: string,
    @Param('importId', { schema: idSchema }) importId: string,
    @Body({ schema: startSchema }) body: z.infer<typeof startSchema>,
  ): Promise<ImportView> {
    return this.actions.start(await this.shop(user, id), importId, { ...body, by: user.login });
  }

  @Described('Takes in rows that are older than what is known', importViewSchema)
  @Post('imports/:importId/accept-older')
  async acceptOlder(
    @CurrentUser() user: SignedInUser,
    @Param('id', { schema: idSchema }) id: string,
    @Param('importId', { schema: idSchema }) importId: string,
  ): Promise<ImportView> {
    return this.actions.acceptOlder(await this.shop(user, id), importId);
  }

  @Described('Throws the file away', importViewSchema)
  @Post('imports/:importId/discard')
  async discard(
    @CurrentUser() user: SignedInUser,
    @Param('id', { schema: idSchema }) id: string,
    @Param('importId', { schema: idSchema }) importId: string,
  ): Promise<ImportView> {
    return this.actions.discard(await this.shop(user, id), importId);
  }

  @Described('Rows of an import, with what became of them', importRowPageSchema)
  @Get('imports/:importId/rows')
  async importRows(
    @CurrentUser() user: SignedInUser,
    @Param('id', { schema: idSchema }) id: string,
    @Param('importId', { schema: idSchema }) importId: string,
    @Query({ schema: rowsSchema }) { kind, after }: z.infer<typeof rowsSchema>,
  ): Promise<ImportRowPage> {
    await this.shop(user, id);
    await this.imports.find(id, importId);
    return this.rows.page(importId, kind, after);
  }

  @DescribedFile('The refused rows with their reasons, to be corrected and uploaded again')
  @Get('imports/:importId/refused.csv')
  async refusedRows(
    @CurrentUser() user: SignedInUser,
    @Param('id', { schema: idSchema }) id: string,
    @Param('importId', { schema: idSchema }) importId: string,
  ): Promise<StreamableFile> {
    const { name, content } = await this.refused.file(await this.shop(user, id), importId);
    return new StreamableFile(content, { type: 'text/csv', disposition: attachment(name) });
  }

  @Described('Files for the cart, and how many orders wait for the next', resultsViewSchema)
  @Get('results')
  async resultFiles(
    @CurrentUser() user: SignedInUser,
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<ResultsView> {
    await this.shop(user, id);
    return this.results.list(id);
  }

  @Described(
    'Makes a file of what the cart has not been told; empty where there is nothing',
    resultFileViewSchema,
    201,
  )
  @Post('results')
  async makeResults(
    @CurrentUser() user: SignedInUser,
    @Param('id', { schema: idSchema }) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ResultFileView | undefined> {
    const file = await this.results.make(await this.shop(user, id), { by: user.login });
    if (!file) void reply.status(204);
    return file ?? undefined;
  }

  @DescribedFile('The file itself')
  @Get('results/:fileId/content')
  async resultContent(
    @CurrentUser() user: SignedInUser,
    @Param('id', { schema: idSchema }) id: string,
    @Param('fileId', { schema: idSchema }) fileId: string,
  ): Promise<StreamableFile> {
    await this.shop(user, id);
    const { name, bytes } = await this.results.content(id, fileId);
    return new StreamableFile(bytes, { type: 'text/csv', disposition: attachment(name) });
  }

  private shop(user: SignedInUser, id: string): Promise<OpenShop> {
    if (user.shopIds && !user.shopIds.includes(id)) throw problemOf(404);
    return this.actions.shop(id);
  }
}

/** A download under its own name, whatever letters it has. */
const attachment = (name: string): string => `attachment; filename*=UTF-8''${encodeURIComponent(name)}`;

import { z } from 'zod';

/** What the HTTP API answers about files: what a shop's files look like, imports, and result files. */

const moment = z.iso.datetime();
const localText = z.object({ ja: z.string(), en: z.string() });

/** Header as it stands in the shop's files, or position from 0; null: the shop's files do not have it. */
const columnPlaceSchema = z.union([z.string(), z.int().min(0), z.null()]);

export const fileEncodingSchema = z.enum(['cp932', 'utf8']);

/** How one kind of file is read for one shop. `mapped` is what people have set; absent: matched by header. */
export const fileLayoutViewSchema = z.object({
  id: z.string(),
  label: localText,
  help: localText,
  columns: z.array(
    z.object({
      name: z.string(),
      label: localText,
      headers: z.array(z.string()),
      required: z.boolean(),
      position: z.int().nullable(),
      mapped: columnPlaceSchema.optional(),
    }),
  ),
});
export type FileLayoutView = z.infer<typeof fileLayoutViewSchema>;

export const shopFilesViewSchema = z.object({
  layouts: z.array(fileLayoutViewSchema),
  /** How many orders have a word that no result file has carried yet. */
  results: z.object({ pending: z.int() }),
  /** The watched folder of this shop; null where the hub watches none. */
  folder: z.string().nullable(),
});
export type ShopFilesView = z.infer<typeof shopFilesViewSchema>;

/**
 * `uploaded`: nothing is taken in before somebody starts it. `waiting`: started, and the shop is paused. `asking`: some
 * rows would bring older data back.
 */
export const importStateSchema = z.enum([
  'uploaded',
  'waiting',
  'running',
  'asking',
  'done',
  'failed',
  'discarded',
]);
export type ImportState = z.infer<typeof importStateSchema>;

export const importPreviewSchema = z.object({
  encoding: fileEncodingSchema,
  /** The file's first line is a header. */
  header: z.boolean(),
  /** What the layout knows, and where this file has it: `header` and `position` are null where it has it nowhere. */
  columns: z.array(
    z.object({
      name: z.string(),
      label: localText,
      required: z.boolean(),
      header: z.string().nullable(),
      position: z.int().nullable(),
      /** What the first rows hold there. */
      sample: z.array(z.string()),
    }),
  ),
  /** All headers of the file in their order; empty where it has none. */
  headers: z.array(z.string()),
  /** How many cells a row has. */
  width: z.int(),
  /** Headers that no column claims; what stands there is kept. While `header` is false: a header that nobody knows. */
  unknown: z.array(z.string()),
  /** Required columns that the file lacks, and the `misfits`: it cannot be started like this. */
  missing: z.array(z.string()),
  /** Columns known by their place alone that hold something else there. Absent in previews of earlier versions. */
  misfits: z.array(z.string()).optional(),
  /** Layouts that the file may be, the chosen one first. */
  layouts: z.array(z.string()),
});
export type ImportPreview = z.infer<typeof importPreviewSchema>;

export const importCountsSchema = z.object({
  taken: z.int(),
  unchanged: z.int(),
  waiting: z.int(),
  older: z.int(),
  refused: z.int(),
  ignored: z.int(),
  newWords: z.int(),
});
export type ImportCounts = z.infer<typeof importCountsSchema>;

export const importViewSchema = z.object({
  id: z.string(),
  shopId: z.string(),
  name: z.string(),
  /** Null as long as nobody has said, and the file fits none or several. */
  layout: z.string().nullable(),
  state: importStateSchema,
  /** When the file was made; null where neither its name nor the sender says. */
  madeAt: moment.nullable(),
  uploadedAt: moment,
  startedAt: moment.nullable(),
  finishedAt: moment.nullable(),
  /** Login, name of an API key, or `folder`. */
  by: z.string(),
  bytes: z.int(),
  preview: importPreviewSchema.nullable(),
  /** Rows without the header. `rowsTotal` is null until they are counted. */
  progress: z.object({ rows: z.int(), rowsTotal: z.int().nullable() }),
  counts: importCountsSchema,
  newWords: z.array(z.object({ axis: z.string(), raw: z.string() })),
  /** An earlier import of the very same content into this shop. */
  sameAs: z.object({ id: z.string(), uploadedAt: moment }).nullable(),
  /** Somebody has said that the older rows are to count. */
  olderAccepted: z.boolean(),
  error: localText.nullable(),
});
export type ImportView = z.infer<typeof importViewSchema>;

export const importPageSchema = z.object({ rows: z.array(importViewSchema), next: z.string().nullable() });
export type ImportPage = z.infer<typeof importPageSchema>;

export const importRowKindSchema = z.enum(['taken', 'unchanged', 'waiting', 'older', 'refused', 'ignored']);
export type ImportRowKind = z.infer<typeof importRowKindSchema>;

/** What became of one row of a file. `line` counts records from 1, the header included. */
export const importRowSchema = z.object({
  line: z.int(),
  /** Empty where the row names none. */
  orderNumber: z.string(),
  kind: importRowKindSchema,
  reasons: z.array(localText),
});
export type ImportRow = z.infer<typeof importRowSchema>;

export const importRowPageSchema = z.object({ rows: z.array(importRowSchema), next: z.string().nullable() });
export type ImportRowPage = z.infer<typeof importRowPageSchema>;

/** A file that tells a cart what the hub knows. It can be fetched again for 90 days. */
export const resultFileViewSchema = z.object({
  id: z.string(),
  shopId: z.string(),
  name: z.string(),
  createdAt: moment,
  /** Login, name of an API key, or `folder`. */
  by: z.string(),
  bytes: z.int(),
  rows: z.int(),
  /** Characters that the file's encoding cannot carry: they stand as 〓 there, and are named here. */
  lost: z.array(z.object({ orderNumber: z.string(), column: z.string(), characters: z.string() })),
});
export type ResultFileView = z.infer<typeof resultFileViewSchema>;

export const resultsViewSchema = z.object({
  pending: z.int(),
  files: z.array(resultFileViewSchema),
});
export type ResultsView = z.infer<typeof resultsViewSchema>;

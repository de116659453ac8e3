import { FileChunks } from './chunks.js';
import { ColumnMaps } from './column-maps.js';
import { Exchange } from './exchange.js';
import { FileParts } from './file-parts.js';
import { FileSurvey } from './file-survey.js';
import { FilesLife } from './files-life.js';
import { ImportActions } from './import-actions.js';
import { ImportBatches } from './import-batches.js';
import { ImportRows } from './import-rows.js';
import { ImportRun } from './import-run.js';
import { Imports } from './imports.js';
import { ImportJobs } from './jobs.js';
import { Previews } from './previews.js';
import { RefusedRows } from './refused-rows.js';
import { ResultFiles } from './result-files.js';
import { Uploads } from './uploads.js';
import { StatusUpdates } from '../status-push/updates.js';

/** Everything about files, for the composition root. */
export const fileProviders = [
  StatusUpdates,
  FileChunks,
  ColumnMaps,
  FileParts,
  Previews,
  Imports,
  ImportRows,
  ImportBatches,
  FileSurvey,
  ImportRun,
  ImportJobs,
  Uploads,
  ImportActions,
  RefusedRows,
  ResultFiles,
  Exchange,
  FilesLife,
];

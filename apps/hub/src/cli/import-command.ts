import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ReadableStream as WebStream } from 'node:stream/web';
import type { ImportView } from '@np-hub/model';
import { call, CommandError, fileStream, importFrom, type HubAccess } from './hub-api.js';
import { Progress, type Output } from './progress.js';

/** What the command is told. */
export interface ImportOrder {
  /** Absolute. */
  readonly file: string;
  readonly shopId: string;
  readonly layout: string | undefined;
  readonly madeAt: string | undefined;
  readonly acceptOlder: boolean;
  /** Where to save the refused rows, absolute. */
  readonly refused: string | undefined;
}

/** How the command ends. */
export const exitCodes = { done: 0, failed: 1, usage: 2, refusedRows: 3, olderRows: 4 } as const;

const pollMs = 500;
/** A hub that restarts is waited for. */
const patienceMs = 120_000;

/** Uploads a file, follows its import to the end, and says what became of it. Gives the exit code. */
export async function importFile(access: HubAccess, order: ImportOrder, output: Output): Promise<number> {
  const uploaded = await upload(access, order, output);
  if (uploaded.state === 'uploaded') {
    output.write(`${told(uploaded.error)}\n`);
    return exitCodes.failed;
  }
  if (uploaded.sameAs)
    output.write(
      '同じ内容のファイルを取り込み済みです。変更はありません。 / The same file was taken in before.\n',
    );
  let view = await follow(access, uploaded, output);
  if (view.state === 'asking' && order.acceptOlder) {
    const path = `${pathOf(view)}/accept-older`;
    view = await follow(access, await importFrom(await call(access, 'POST', path)), output);
  }
  output.write(summary(view));
  if (order.refused && view.counts.refused > 0) await saveRefused(access, view, order.refused, output);
  return codeOf(view);
}

const pathOf = ({ shopId, id }: Pick<ImportView, 'shopId' | 'id'>): string =>
  `/shops/${shopId}/imports/${id}`;

async function upload(access: HubAccess, order: ImportOrder, output: Output): Promise<ImportView> {
  const found = await stat(order.file).catch(() => null);
  if (!found?.isFile())
    throw new CommandError(`ファイルがありません。 / There is no such file: ${order.file}`);
  const query = new URLSearchParams({ name: basename(order.file), start: '1' });
  if (order.layout !== undefined) query.set('layout', order.layout);
  if (order.madeAt !== undefined) query.set('madeAt', order.madeAt);
  const progress = new Progress(output, '送信   / upload');
  let sent = 0;
  const stream = fileStream(order.file, (bytes) => {
    sent += bytes;
    progress.show(sent, found.size);
  });
  const path = `/shops/${encodeURIComponent(order.shopId)}/imports?${query.toString()}`;
  try {
    return await importFrom(await call(access, 'POST', path, stream));
  } finally {
    progress.end();
  }
}

async function follow(access: HubAccess, started: ImportView, output: Output): Promise<ImportView> {
  const progress = new Progress(output, '取り込み / import');
  let view = started;
  if (view.state === 'waiting')
    output.write(
      'ショップは一時停止中です。再開後に取り込みます。 / The shop is paused: the import waits for it.\n',
    );
  let answeredAt = Date.now();
  while (view.state === 'running') {
    await sleep(pollMs);
    const answer = await call(access, 'GET', pathOf(view)).catch((error: unknown) => {
      if (Date.now() - answeredAt > patienceMs) throw error;
      return null;
    });
    if (!answer) continue;
    answeredAt = Date.now();
    view = await importFrom(answer);
    progress.show(view.progress.rows, view.progress.rowsTotal);
  }
  progress.end();
  return view;
}

const told = (text: ImportView['error']): string => (text ? `${text.ja} / ${text.en}` : '');

const countLabels = {
  taken: '取り込み / taken',
  unchanged: '変更なし / unchanged',
  waiting: '別ファイル待ち / waiting',
  older: '古い可能性あり / older',
  refused: '取り込み不可 / refused',
  ignored: '対象外 / ignored',
} as const;

function summary(view: ImportView): string {
  const counts = Object.entries(countLabels).map(
    ([kind, label]) => `  ${label}: ${view.counts[kind as keyof typeof countLabels]}`,
  );
  const words = view.newWords.map(({ axis, raw }) => `  未設定の名称 / unknown word: ${raw} (${axis})`);
  const error = view.error ? [told(view.error)] : [];
  const older =
    view.state === 'asking'
      ? [
          '古い可能性のある行は取り込んでいません。取り込むには --accept-older を付けてください。 / Add --accept-older to take the older rows.',
        ]
      : [];
  return `${[`${view.name}: ${view.state}`, ...counts, ...words, ...error, ...older].join('\n')}\n`;
}

async function saveRefused(access: HubAccess, view: ImportView, path: string, output: Output): Promise<void> {
  const { body } = await call(access, 'GET', `${pathOf(view)}/refused.csv`);
  if (!body) return;
  await pipeline(Readable.fromWeb(body as WebStream), createWriteStream(resolve(path)));
  output.write(`取り込めなかった行を保存しました。 / The refused rows were saved: ${path}\n`);
}

function codeOf({ state, counts }: ImportView): number {
  if (state === 'asking') return exitCodes.olderRows;
  if (state !== 'done' && state !== 'waiting') return exitCodes.failed;
  return counts.refused > 0 ? exitCodes.refusedRows : exitCodes.done;
}

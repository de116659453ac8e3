import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readEnvironment, type CommandEnvironment } from '../env.js';
import { databaseCommandOf, runDatabaseCommand } from './database-commands.js';
import { CommandError } from './hub-api.js';
import { exitCodes, importFile } from './import-command.js';
import type { Output } from './progress.js';

const usage = `使い方 / usage:
  npm run hub -- import <file> --shop <shop id> [options]

  --layout <id>        ファイルの種類 / the kind of the file (found out where left out)
  --made-at <time>     作成日時 (ISO 8601) / when it was made, where its name does not say
  --accept-older       古い可能性のある行も取り込む / take rows that may be older, too
  --refused <path>     取り込めなかった行の保存先 / where to save the refused rows
  --url <url>          ハブのURL / address of the hub (default: NP_HUB_URL, http://127.0.0.1:4000)

  npm run hub -- backup <file>            データベースを暗号化して保存 / saves the database, encrypted
  npm run hub -- restore <file>           空のデータベースに復元 / fills an empty database from a backup
  npm run hub -- keys rotate              新しい鍵で暗号化し直す / seals everything with the newest key
  npm run hub -- audit verify [<head>]    監査ログの改ざんを調べる / checks the audit trail

  APIキーは NP_HUB_API_KEY に設定します。 / The API key comes from NP_HUB_API_KEY.
  終了コード / exit codes: 0 完了 / done, 1 失敗 / failed, 2 引数の誤り / wrong usage,
  3 取り込めなかった行あり / rows were refused, 4 古い可能性のある行あり / rows may be older
`;

const options = {
  shop: { type: 'string' },
  layout: { type: 'string' },
  'made-at': { type: 'string' },
  'accept-older': { type: 'boolean', default: false },
  refused: { type: 'string' },
  url: { type: 'string' },
} as const;

/** Runs one command line; gives the exit code. Never throws for what a person can put right. */
export async function runCommand(
  args: readonly string[],
  environment: CommandEnvironment,
  output: Output,
): Promise<number> {
  const work = databaseCommandOf(args);
  if (work) return toldOf(output, () => onDatabase(work, environment, output));
  const told = readArguments(args);
  if (!told) {
    output.write(usage);
    return exitCodes.usage;
  }
  const { file, shopId, values } = told;
  if (environment.apiKey === null) {
    output.write('NP_HUB_API_KEY にAPIキーを設定してください。 / Set NP_HUB_API_KEY to an API key.\n');
    return exitCodes.usage;
  }
  const access = { url: (values.url ?? environment.url).replace(/\/+$/u, ''), apiKey: environment.apiKey };
  const order = {
    file: resolve(environment.folder, file),
    shopId,
    layout: values.layout,
    madeAt: values['made-at'],
    acceptOlder: values['accept-older'],
    refused: values.refused && resolve(environment.folder, values.refused),
  };
  return toldOf(output, () => importFile(access, order, output));
}

async function onDatabase(
  work: NonNullable<ReturnType<typeof databaseCommandOf>>,
  { folder }: CommandEnvironment,
  output: Output,
): Promise<number> {
  const done = await runDatabaseCommand(work, readEnvironment(), output, folder);
  return done ? exitCodes.done : exitCodes.failed;
}

async function toldOf(output: Output, work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    output.write(`${error.message}\n`);
    return exitCodes.failed;
  }
}

function readArguments(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [command, file, ...more] = positionals;
    if (command !== 'import' || file === undefined || more.length > 0 || !values.shop) return null;
    return { file, shopId: values.shop, values };
  } catch {
    return null;
  }
}

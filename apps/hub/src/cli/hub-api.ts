import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import type { ErrorView, ImportView } from '@np-hub/model';

/** The hub said no, or could not be reached. The message is for people, in Japanese and English. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/** Where the hub is, and the key that opens it. */
export interface HubAccess {
  readonly url: string;
  readonly apiKey: string;
}

const unreachable = (url: string): CommandError =>
  new CommandError(`ハブに接続できません。 / The hub cannot be reached: ${url}`);

/** One call of the hub's API. Throws `CommandError` with what the hub says, or where it cannot be reached. */
export async function call(
  { url, apiKey }: HubAccess,
  method: 'GET' | 'POST',
  path: string,
  body?: Readable,
): Promise<Response> {
  const stream = body && { body: Readable.toWeb(body) as ReadableStream, duplex: 'half' as const };
  const response = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${apiKey}`,
      'content-type': body ? 'application/octet-stream' : 'application/json',
    },
    ...(stream ?? (method === 'POST' ? { body: '{}' } : {})),
  }).catch(() => {
    throw unreachable(url);
  });
  if (response.ok) return response;
  throw new CommandError(await problemText(response));
}

async function problemText(response: Response): Promise<string> {
  const text = await response.text().catch(() => '');
  const problem = parsed(text);
  const fields = (problem?.fields ?? []).map(
    ({ field, message }) => `  ${field}: ${message.ja} / ${message.en}`,
  );
  const told = problem
    ? `${problem.message.ja} / ${problem.message.en}`
    : '予期しない応答です。 / Unexpected answer.';
  return [`${told} (${response.status})`, ...fields].join('\n');
}

function parsed(text: string): ErrorView | null {
  try {
    const value = JSON.parse(text) as Partial<ErrorView>;
    return value.message ? ({ fields: [], ...value } as ErrorView) : null;
  } catch {
    return null;
  }
}

/** The bytes of a file as they are read, told as they go. */
export function fileStream(path: string, onBytes: (bytes: number) => void): Readable {
  const stream = createReadStream(path, { highWaterMark: 256 * 1024 });
  return Readable.from(
    (async function* (): AsyncGenerator<Buffer> {
      for await (const chunk of stream) {
        onBytes((chunk as Buffer).length);
        yield chunk as Buffer;
      }
    })(),
  );
}

export const importFrom = async (response: Response): Promise<ImportView> =>
  (await response.json()) as ImportView;

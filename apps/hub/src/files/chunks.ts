import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ApiProblem } from '../http/problem.js';
import { openBytes, sealBytes } from '../security/cipher.js';
import type { Keyring } from '../security/keyring.js';
import { KEYRING } from '../tokens.js';

/** The largest file that is taken in. */
export const largestFileBytes = 200 * 1024 * 1024;
const chunkBytes = 1024 * 1024;

const recordId = (importId: string, number: number): string => `import-chunk:${importId}:${number}`;

/** 413 with the limit named. */
export const tooLarge = (): ApiProblem =>
  new ApiProblem(413, 'file-too-large', {
    ja: `ファイルが大きすぎます(上限 ${largestFileBytes / 1024 / 1024} MB)。分けて取り込んでください。`,
    en: `The file is too large (at most ${largestFileBytes / 1024 / 1024} MB). Split it and take the parts in.`,
  });

/** The content of imported files: kept encrypted, in pieces, and never whole in memory. */
@Injectable()
export class FileChunks {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(KEYRING) private readonly keyring: Keyring,
  ) {}

  /** Stores a file as it arrives. Gives its size and a keyed hash of its content; throws 413 where it is too large. */
  async store(
    importId: string,
    source: AsyncIterable<Uint8Array>,
  ): Promise<{ bytes: number; contentHash: string }> {
    const hash = createHmac('sha256', this.keyring.payloadHashKey);
    let bytes = 0;
    let number = 0;
    for await (const chunk of evenChunks(source)) {
      bytes += chunk.length;
      if (bytes > largestFileBytes) throw tooLarge();
      hash.update(chunk);
      await this.database.query('insert into import_chunks (import_id, number, sealed) values ($1, $2, $3)', [
        importId,
        number,
        sealBytes(this.keyring, recordId(importId, number), chunk),
      ]);
      number += 1;
    }
    return { bytes, contentHash: hash.digest('hex') };
  }

  /** The file from its beginning, a piece at a time. */
  async *read(importId: string): AsyncGenerator<Buffer> {
    for (let number = 0; ; number += 1) {
      const [row] = await this.database.query<{ sealed: Buffer }[]>(
        'select sealed from import_chunks where import_id = $1 and number = $2',
        [importId, number],
      );
      if (!row) return;
      yield openBytes(this.keyring, recordId(importId, number), row.sealed);
    }
  }
}

/** What comes in pieces of any size, in pieces of the same size. */
async function* evenChunks(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let waiting: Uint8Array[] = [];
  let length = 0;
  for await (const piece of source) {
    waiting.push(piece);
    length += piece.length;
    if (length < chunkBytes) continue;
    yield Buffer.concat(waiting);
    waiting = [];
    length = 0;
  }
  if (length > 0) yield Buffer.concat(waiting);
}
